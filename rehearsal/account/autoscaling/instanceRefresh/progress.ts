import type { GroupMember, LaunchSource } from "../shapes";
import type { InstanceRefresh, SettledPreferences } from "./shapes";

/** Milliseconds since 1970. */
export type Instant = number;

/** What is known of a refresh beside what AWS tells of it. It stays for a while after its end, until the group is whole. */
export interface Progress {
  refresh: InstanceRefresh;
  preferences: SettledPreferences;
  /** What the replacements come from; without it, whatever the group launches at that moment. */
  source?: LaunchSource;
  /** How many members the group has, those in standby left out. */
  size: number;
  /** The ids of those that were in standby when it was last looked. */
  standby: Set<string>;
  /** The ids of what is to be replaced. */
  outdated: Set<string>;
  /** The replacements, and from when each has warmed up, once it is in service. */
  fresh: Map<string, { readyAt?: Instant }>;
  /** How many are replaced in all, and how many of them have been taken out of service so far. */
  total: number;
  retired: number;
  /** How many were terminated in standby, with nothing in their place. */
  endedInStandby: number;
  /** When something last went on: it fails an hour later. */
  progressedAt: Instant;
  /** Until when it waits to begin, at a checkpoint, to bake or to be cancelled. */
  until?: Instant;
  /** How many checkpoints have been reached. */
  checkpoints: number;
  /** Until which moment everything has been done. */
  seenAt: Instant;
}

/** An instance that is on its way, and when it gets there. It does, whatever becomes of the refresh that sent it. */
export interface Transition {
  instanceId: string;
  groupName: string;
  to: "inService" | "gone" | "forgotten";
  at: Instant;
}

export function isIgnored(
  { ScaleInProtectedInstances, StandbyInstances }: SettledPreferences,
  { LifecycleState, ProtectedFromScaleIn }: GroupMember,
): boolean {
  return (
    (ProtectedFromScaleIn && ScaleInProtectedInstances === "Ignore") ||
    (LifecycleState === "Standby" && StandbyInstances === "Ignore")
  );
}

/** Whether somebody has to do something before this one can be replaced. */
export function isWaitedFor(
  { ScaleInProtectedInstances, StandbyInstances }: SettledPreferences,
  { LifecycleState, ProtectedFromScaleIn }: GroupMember,
): boolean {
  return (
    (ProtectedFromScaleIn && ScaleInProtectedInstances === "Wait") ||
    (LifecycleState === "Standby" && StandbyInstances === "Wait")
  );
}
