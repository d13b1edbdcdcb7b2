import { sourceOf } from "../launchSource";
import type { AutoScalingGroup, GroupMember } from "../shapes";
import { boundsOf } from "./bounds";
import { type Census, takeCensus } from "./census";
import type { Refreshing } from "./ending";
import type { Progress } from "./progress";
import { endStandby, heedStandby } from "./standby";
import { launch, replaceRootVolume, terminate } from "./transitions";

/** Launches and terminates what the preferences allow at this moment, up to so many of those that are replaced. */
export function replace(refreshing: Refreshing, upTo: number): void {
  heedStandby(refreshing);
  endStandby(refreshing, upTo);
  if (refreshing.progress.refresh.Strategy === "ReplaceRootVolume") {
    replaceVolumes(refreshing, upTo);
    return;
  }
  launchMissing(refreshing, upTo);
  retireOld(refreshing, upTo);
}

function launchMissing({ account, group, progress, at }: Refreshing, upTo: number): void {
  const { fresh, missing, occupied } = takeCensus(group, progress, at);
  const { most } = boundsOf(group.DesiredCapacity, progress.preferences);
  const wanted = Math.min(missing, upTo - progress.endedInStandby - fresh.length, most - occupied);
  for (let count = 0; count < wanted; count += 1) {
    const member = launch(account, group, progress.source ?? sourceOf(group), at);
    if (member) {
      progress.fresh.set(member.InstanceId, {});
      progress.progressedAt = at;
    }
  }
}

function retireOld(refreshing: Refreshing, upTo: number): void {
  const { account, group, progress, at } = refreshing;
  forEachSpare(refreshing, upTo, (member) => {
    const isGoing = terminate(account, group, member, at);
    progress.retired += isGoing ? 1 : 0;
    return isGoing;
  });
}

/** Nothing is launched: an instance is out of service while its root volume is replaced. */
function replaceVolumes(refreshing: Refreshing, upTo: number): void {
  const { account, group, progress, at } = refreshing;
  forEachSpare(refreshing, upTo, (member) => {
    const source = progress.source ?? sourceOf(group);
    const isGoing = replaceRootVolume(account, group, member, source, at);
    if (isGoing) {
      progress.outdated.delete(member.InstanceId);
      progress.fresh.set(member.InstanceId, {});
      progress.retired += 1;
    }
    return isGoing;
  });
}

/** Those of the old ones whom the group can spare at this moment. Who is not ready can always be spared. */
function forEachSpare(
  { group, progress, at }: Refreshing,
  upTo: number,
  act: (member: GroupMember) => boolean,
): void {
  const { replaceable, unready, ready } = takeCensus(group, progress, at);
  const spare = Math.max(0, ready - leastOf(group, progress));
  for (const member of replaceable.slice(0, unready + spare)) {
    if (progress.retired < upTo && act(member)) {
      progress.progressedAt = at;
    }
  }
}

function leastOf({ DesiredCapacity: desired }: AutoScalingGroup, { preferences, refresh }: Progress): number {
  const { least } = boundsOf(desired, preferences);
  return refresh.Strategy === "ReplaceRootVolume" ? Math.min(least, desired - 1) : least;
}

/** Whether everything that is to be replaced has been, and has warmed up. */
export function isReplaced(progress: Progress, census: Census): boolean {
  return (
    !census.isLeaving &&
    census.missing <= 0 &&
    census.updated === census.fresh.length &&
    [census.replaceable, census.waitedFor, census.inStandby].every((one) => one.length === 0)
  );
}
