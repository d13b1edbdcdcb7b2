import type { Clock } from "../clock";
import type { Snapshot, Tag } from "./shapes";

/** A snapshot as it ends up, and from when on it is so, in milliseconds since 1970. */
interface SnapshotRecord {
  snapshot: Snapshot;
  readyAt: number;
}

/** The snapshots of a Region, of whomever. */
export class Snapshots {
  private readonly records = new Map<string, SnapshotRecord>();

  constructor(private readonly clock: Clock) {}

  add(snapshot: Snapshot, readyAt: Date): void {
    this.records.set(snapshot.SnapshotId, { snapshot, readyAt: readyAt.getTime() });
  }

  remove(snapshotId: string): void {
    this.records.delete(snapshotId);
  }

  /** Also one that is pending gets them. */
  setTags(snapshotId: string, tags: Tag[]): void {
    const record = this.records.get(snapshotId);
    if (record) {
      record.snapshot.Tags = tags;
    }
  }

  get(snapshotId: string): Snapshot | undefined {
    const record = this.records.get(snapshotId);
    return record && asItIs(record, this.clock.now().getTime());
  }

  all(): Snapshot[] {
    const now = this.clock.now().getTime();
    return [...this.records.values()].map((record) => asItIs(record, now));
  }
}

function asItIs({ snapshot, readyAt }: SnapshotRecord, now: number): Snapshot {
  return readyAt <= now ? snapshot : { ...snapshot, State: "pending", Progress: "0%" };
}
