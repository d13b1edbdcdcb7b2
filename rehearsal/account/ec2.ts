import type { Clock } from "./clock";
import type { TokenRecord } from "./ec2/clientTokens";
import { Images } from "./ec2/images";
import type { Fleet, LaunchTemplate } from "./ec2/launchTemplateShapes";
import type {
  Image,
  ImageReference,
  Instance,
  LaunchPermission,
  Snapshot,
  StateReason,
  Tag,
  Volume,
} from "./ec2/shapes";
import { Snapshots } from "./ec2/snapshots";

/** An instance, and beside AWS's shape of it what its other APIs would tell. */
export interface InstanceRecord {
  instance: Instance;
  reservationId: string;
  /** The attached volumes, by device name. */
  volumes: Map<string, Volume>;
  /** Base64, as AWS keeps it. */
  userData?: string;
  /** Where it is on its way to another state, and when it is there. */
  turning?: { to: "running" | "stopped"; at: number };
  /** When EC2 has changed its state, and what it was before; the oldest first. */
  changes: { at: Date; from: string }[];
  /** How often an image that was made of it has rebooted it. */
  reboots: number;
}

/** EC2's state in one Region: instances, images and snapshots, launch templates and fleets. */
export class Ec2 {
  readonly instances = new Map<string, InstanceRecord>();
  /** How long it takes to start an instance, and to stop one. */
  readonly turningSeconds = { running: 30, stopped: 60 };
  /** Those that are on their way to another state. */
  readonly turning = new Set<InstanceRecord>();
  /** By id. */
  readonly launchTemplates = new Map<string, LaunchTemplate>();
  readonly fleets: Fleet[] = [];
  private readonly images: Images;
  private readonly snapshots: Snapshots;

  /** Images of which no instance ever becomes healthy, by their ids. */
  readonly badImages = new Set<string>();

  /** Whom an image may be launched by beside its owner, by its id. */
  readonly launchPermissions = new Map<string, LaunchPermission[]>();

  /** What else DescribeImageReferences reports: parameters of Systems Manager, recipes of Image Builder. */
  readonly otherImageReferences: ImageReference[] = [];

  /** Whether the boto3 of Automation's machines is new enough to know DescribeImageReferences. */
  knowsImageReferences = true;

  /** Whether that boto3 is new enough to know DeregisterImage's DeleteAssociatedSnapshots. */
  knowsAssociatedSnapshots = true;

  /** Set, DeregisterImage deletes no snapshot from then on, and answers this code for each that it would delete. */
  snapshotDeletionFailure?: "internal-error" | "client-error";

  /** Whether DeregisterImage refuses images that are disabled. AWS does not say that it does. */
  keepsDisabledImages = false;

  /** How long DescribeImages does not know a new image. */
  visibleAfterSeconds = 20;

  /** How long CreateImage takes for volumes of so many GiB together: four minutes for the usual 8. */
  secondsToImage = (gibibytes: number): number => 120 + 15 * gibibytes;

  /** Set, it makes the images that are created from then on end as `failed`, for this reason. */
  imageFailure?: StateReason;

  /** The Region's quotas, at AWS's defaults: versions of each launch template. */
  readonly quotas = { launchTemplateVersions: 10_000 };

  /** Set, CreateLaunchTemplateVersion makes its versions from then on with this warning. */
  versionWarning?: { Code: string; Message: string };

  /** Set, the launch template versions that are created from then on have this image, whichever was asked for. */
  versionImage?: string;

  /** Set, DeleteLaunchTemplateVersions deletes no version from then on, for this reason. */
  versionDeletionFailure?: string;

  /** No page of an answer is longer than this, however many items were asked for. */
  longestPage = Infinity;

  /**
   * What DescribeSnapshots does with an id whose snapshot belongs to somebody else. AWS's text says that it is left out
   * of the answer, and that an invalid id is an error; which of the two such an id is has not been tried.
   */
  foreignSnapshots: "leftOut" | "notFound" = "leftOut";

  /** The requests that came with a client token, by API and token. */
  readonly clientTokens = new Map<string, TokenRecord>();

  constructor(private readonly clock: Clock) {
    this.images = new Images(clock);
    this.snapshots = new Snapshots(clock);
  }

  /** Adds an image that has been there for long, or one that is visible and ready only later. */
  addImage(image: Image, readyAt = this.clock.now(), visibleAt = this.clock.now()): void {
    this.images.add(image, readyAt, visibleAt);
  }

  /** Deregisters an image, whoever refers to it. Its snapshots stay. */
  removeImage(imageId: string): void {
    this.images.remove(imageId);
    this.launchPermissions.delete(imageId);
  }

  addSnapshot(snapshot: Snapshot, readyAt = this.clock.now()): void {
    this.snapshots.add(snapshot, readyAt);
  }

  removeSnapshot(snapshotId: string): void {
    this.snapshots.remove(snapshotId);
  }

  /** The images as they are now, those that cannot be found yet included. */
  allImages(): Image[] {
    return this.images.all();
  }

  /** The images that DescribeImages knows now. */
  visibleImages(): Image[] {
    return this.images.allVisible();
  }

  /** An image as it is now, though it may not be found yet. */
  image(imageId: string): Image | undefined {
    return this.images.get(imageId);
  }

  visibleImage(imageId: string): Image | undefined {
    return this.images.visible(imageId);
  }

  imagesNamed(name: string): Image[] {
    return this.images.withName(name);
  }

  /** The images, of whomever, that are made of a snapshot. */
  imagesOfSnapshot(snapshotId: string): Image[] {
    return this.images.ofSnapshot(snapshotId);
  }

  /** Whether there was such an image once. */
  wasDeregistered(imageId: string): boolean {
    return this.images.wasDeregistered(imageId);
  }

  /** Gives an image or a snapshot these tags, and no others. */
  setTags(resourceId: string, tags: Tag[]): void {
    this.images.setTags(resourceId, tags);
    this.snapshots.setTags(resourceId, tags);
  }

  allSnapshots(): Snapshot[] {
    return this.snapshots.all();
  }

  snapshot(snapshotId: string): Snapshot | undefined {
    return this.snapshots.get(snapshotId);
  }
}
