import type { AutoScalingGroup, GroupMember } from "../shapes";
import { type Instant, isIgnored, isWaitedFor, type Progress } from "./progress";

/** How the members of a group stand to its refresh at one moment. */
export interface Census {
  /** What can be replaced now, those first whom nobody would miss. */
  replaceable: GroupMember[];
  /** How many of these nobody would miss: they are not healthy, or still coming. */
  unready: number;
  /** What cannot be replaced before somebody has done something. */
  waitedFor: GroupMember[];
  /** What is to be terminated in standby. */
  inStandby: GroupMember[];
  /** The replacements that are coming or in service. */
  fresh: GroupMember[];
  /** How many are in service, healthy and warmed up. */
  ready: number;
  /** How many of the replacements are that. */
  updated: number;
  /** How many count towards the most that there may be. Those on their way out do, so that never more are paid for. */
  occupied: number;
  /** How many replacements are missing. */
  missing: number;
  /** Whether an old one is still on its way out. */
  isLeaving: boolean;
  /** Replacements that are healthy, and still warm up. */
  warming: GroupMember[];
}

export function takeCensus(group: AutoScalingGroup, progress: Progress, at: Instant): Census {
  const { preferences, outdated, fresh } = progress;
  const isOld = ({ InstanceId }: GroupMember) => outdated.has(InstanceId);
  const isFresh = ({ InstanceId }: GroupMember) => fresh.has(InstanceId);
  const isReady = (member: GroupMember) => isHealthy(member) && isWarm(progress, member, at);
  const all = group.Instances;
  const live = all.filter(isLive);
  const old = all.filter(
    (member) => isOld(member) && member.LifecycleState !== "Terminating" && !isIgnored(preferences, member),
  );
  const [waitedFor, free] = [true, false].map((waits) =>
    old.filter((member) => isWaitedFor(preferences, member) === waits),
  );
  const replaceable = free.filter(isLive);
  const unready = replaceable.filter((one) => !isReady(one));
  const freshOnes = live.filter(isFresh);
  const others = live.length - replaceable.length - freshOnes.length;
  return {
    replaceable: [...unready, ...replaceable.filter(isReady)],
    unready: unready.length,
    waitedFor,
    inStandby: free.filter(({ LifecycleState }) => LifecycleState === "Standby"),
    fresh: freshOnes,
    ready: live.filter(isReady).length,
    updated: freshOnes.filter(isReady).length,
    occupied: all.filter(({ LifecycleState }) => LifecycleState !== "Standby").length,
    missing: progress.size - freshOnes.length - others,
    isLeaving: all.some((member) => isOld(member) && member.LifecycleState === "Terminating"),
    warming: freshOnes.filter((one) => isHealthy(one) && !isReady(one)),
  };
}

/** Coming, or in service, healthy or not. */
export function isLive({ LifecycleState }: GroupMember): boolean {
  return ["Pending", "InService", "ReplacingRootVolume"].includes(LifecycleState);
}

export function isHealthy({ LifecycleState, HealthStatus }: GroupMember): boolean {
  return LifecycleState === "InService" && HealthStatus === "Healthy";
}

/** What was there before has warmed up long ago. */
function isWarm({ fresh }: Progress, { InstanceId }: GroupMember, at: Instant): boolean {
  const own = fresh.get(InstanceId);
  return own === undefined || (own.readyAt !== undefined && own.readyAt <= at);
}
