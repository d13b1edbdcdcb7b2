import type { Clock } from "./clock";
import type { Image, Instance, Snapshot, StateReason, Volume } from "./ec2/shapes";

/** An instance, and beside AWS's shape of it what its other APIs would tell. */
export interface InstanceRecord {
  instance: Instance;
  reservationId: string;
  /** The attached volumes, by device name. */
  volumes: Map<string, Volume>;
  /** Base64, as AWS keeps it. */
  userData?: string;
  /** How often an image that was made of it has rebooted it. */
  reboots: number;
}

/** An image as it ends up; until then it is pending, and at first not to be found. */
interface ImageRecord {
  image: Image;
  visibleAt: Date;
  readyAt: Date;
}

interface SnapshotRecord {
  snapshot: Snapshot;
  readyAt: Date;
}

/** EC2's state in one Region: instances, images and snapshots. */
export class Ec2 {
  readonly instances = new Map<string, InstanceRecord>();
  private readonly images = new Map<string, ImageRecord>();
  private readonly snapshots = new Map<string, SnapshotRecord>();

  /** How long DescribeImages does not know a new image. */
  visibleAfterSeconds = 20;

  /** How long CreateImage takes for volumes of so many GiB together: four minutes for the usual 8. */
  secondsToImage = (gibibytes: number): number => 120 + 15 * gibibytes;

  /** Set, it makes the images that are created from then on end as `failed`, for this reason. */
  imageFailure?: StateReason;

  constructor(private readonly clock: Clock) {}

  /** Adds an image that has been there for long, or one that is visible and ready only later. */
  addImage(image: Image, readyAt = this.clock.now(), visibleAt = this.clock.now()): void {
    this.images.set(image.ImageId, { image, visibleAt, readyAt });
  }

  addSnapshot(snapshot: Snapshot, readyAt = this.clock.now()): void {
    this.snapshots.set(snapshot.SnapshotId, { snapshot, readyAt });
  }

  /** The images as they are now, those that cannot be found yet included. */
  allImages(): Image[] {
    return [...this.images.values()].map((record) => this.imageNow(record));
  }

  /** The images that DescribeImages knows now. */
  visibleImages(): Image[] {
    const now = this.clock.now();
    return [...this.images.values()]
      .filter(({ visibleAt }) => visibleAt <= now)
      .map((record) => this.imageNow(record));
  }

  visibleImage(imageId: string): Image | undefined {
    return this.visibleImages().find((image) => image.ImageId === imageId);
  }

  allSnapshots(): Snapshot[] {
    return [...this.snapshots.values()].map((record) => this.snapshotNow(record));
  }

  private imageNow({ image, readyAt }: ImageRecord): Image {
    return this.isReady(readyAt) ? image : { ...image, State: "pending", StateReason: undefined };
  }

  private snapshotNow({ snapshot, readyAt }: SnapshotRecord): Snapshot {
    return this.isReady(readyAt) ? snapshot : { ...snapshot, State: "pending", Progress: "0%" };
  }

  private isReady(readyAt: Date): boolean {
    return readyAt <= this.clock.now();
  }
}
