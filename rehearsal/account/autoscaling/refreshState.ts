import type { ResolvedPreferences } from "./refreshPreferences";
import type { InstanceRefresh, LaunchSource } from "./shapes";

/** What is known of a refresh that goes on, beside what AWS answers of it. */
export interface Refreshing {
  refresh: InstanceRefresh;
  groupName: string;
  preferences: ResolvedPreferences;
  /** What the group launched from when it began. */
  saved: LaunchSource;
  /** With a desired configuration, what the group is to launch from. */
  desired?: LaunchSource;
  /** Instances that are still to be replaced, and how many there were. */
  olds: string[];
  total: number;
  /** New ones, until they count. The one that each replaces goes then, where it has not gone before. */
  warming: { id: string; countsAt?: number; replaces?: string }[];
  leaving: { id: string; goneAt: number }[];
  /** Replaced so far, and the new instances that may have to be replaced once more. */
  done: string[];
  checkpoints: number[];
  pausedUntil?: number;
  bakedAt?: number;
  cancelledAt?: number;
  /** When anything was achieved last. */
  progressAt: number;
  isBack: boolean;
}
