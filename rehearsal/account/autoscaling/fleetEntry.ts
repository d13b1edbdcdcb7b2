/** How many instances of a group run which image at a moment. */
export interface FleetEntry {
  at: Date;
  groupName: string;
  refreshId: string;
  status: string;
  images: { imageId: string; healthy: number; other: number }[];
}
