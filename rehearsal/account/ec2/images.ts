import type { Clock } from "../clock";
import { IdIndex } from "./idIndex";
import type { Image, Tag } from "./shapes";

/** An image as it ends up; until then it is pending, and at first not to be found. Times in milliseconds since 1970. */
interface ImageRecord {
  image: Image;
  visibleAt: number;
  readyAt: number;
  /** What it was found by when it was added. */
  name: string;
  snapshotIds: string[];
}

/** The images of a Region, of whomever. There can be very many: none is looked for by going through all of them. */
export class Images {
  private readonly records = new Map<string, ImageRecord>();
  /** Names are unique only among the images of one owner. */
  private readonly byName = new IdIndex();
  private readonly bySnapshot = new IdIndex();
  private readonly deregistered = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** Adds an image, or puts it into the place of the one with its id. */
  add(image: Image, readyAt: Date, visibleAt: Date): void {
    const { ImageId: id, Name: name } = image;
    this.forgetTexts(id);
    this.deregistered.delete(id);
    const snapshotIds = image.BlockDeviceMappings.map(({ Ebs }) => Ebs.SnapshotId);
    this.records.set(id, {
      image,
      readyAt: readyAt.getTime(),
      visibleAt: visibleAt.getTime(),
      name,
      snapshotIds,
    });
    this.byName.add(name, id);
    snapshotIds.forEach((snapshotId) => this.bySnapshot.add(snapshotId, id));
  }

  remove(imageId: string): void {
    this.forgetTexts(imageId);
    if (this.records.delete(imageId)) {
      this.deregistered.add(imageId);
    }
  }

  /** Also one that is pending gets them. */
  setTags(imageId: string, tags: Tag[]): void {
    const record = this.records.get(imageId);
    if (record) {
      record.image.Tags = tags;
    }
  }

  wasDeregistered(imageId: string): boolean {
    return this.deregistered.has(imageId);
  }

  /** An image as it is now, though it may not be found yet. */
  get(imageId: string): Image | undefined {
    const record = this.records.get(imageId);
    return record && asItIs(record, this.now());
  }

  visible(imageId: string): Image | undefined {
    const record = this.records.get(imageId);
    return record && record.visibleAt <= this.now() ? asItIs(record, this.now()) : undefined;
  }

  withName(name: string): Image[] {
    return this.withIds(this.byName.get(name));
  }

  /** Those that are made of a snapshot, among others. */
  ofSnapshot(snapshotId: string): Image[] {
    return this.withIds(this.bySnapshot.get(snapshotId));
  }

  all(): Image[] {
    const now = this.now();
    return Array.from(this.records.values(), (record) => asItIs(record, now));
  }

  allVisible(): Image[] {
    const now = this.now();
    const visible: Image[] = [];
    for (const record of this.records.values()) {
      if (record.visibleAt <= now) {
        visible.push(asItIs(record, now));
      }
    }
    return visible;
  }

  private withIds(ids: string[]): Image[] {
    return ids.map((id) => this.get(id)).filter((image) => image !== undefined);
  }

  private forgetTexts(imageId: string): void {
    const record = this.records.get(imageId);
    if (record) {
      this.byName.remove(record.name, imageId);
      record.snapshotIds.forEach((snapshotId) => this.bySnapshot.remove(snapshotId, imageId));
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function asItIs({ image, readyAt }: ImageRecord, now: number): Image {
  return readyAt <= now ? image : { ...image, State: "pending", StateReason: undefined };
}
