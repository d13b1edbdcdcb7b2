import { imagesOf } from "../account/autoscaling/instanceRefresh/fleet";
import type { FleetImage, InstanceRefresh } from "../account/autoscaling/instanceRefresh/shapes";
import type { AccountState } from "../account/state";
import type { Night } from "../nights/run";
import { type Check, faultless } from "./check";
import { type GroupStanding, groupStanding, launchedImages } from "./standing";

/** Whether instances were replaced in a night. */
export function refreshesOf(account: AccountState, groupName: string, night: Night): InstanceRefresh[] {
  const [begin, end] = [new Date(night.startedAt), new Date(night.endedAt)];
  return (account.autoscaling.instanceRefreshes.get(groupName) ?? []).filter(
    ({ StartTime: at }) => at !== undefined && at >= begin && at <= end,
  );
}

/** After a night in which instances were replaced all of them run what the group launches, and enough were healthy throughout. */
export function fleetChecks(account: AccountState, groupName: string, night: Night): Check[] {
  const refreshes = refreshesOf(account, groupName, night);
  const now = groupStanding(account, groupName);
  return refreshes.length === 0
    ? []
    : [
        instancesRun(account, groupName, launchedImages(now), "every instance runs what the group launches"),
        ...refreshes.map((refresh) => enoughWereHealthy(account, refresh)),
      ];
}

/**
 * After a night with a bad image the group is what it was, and so are all of its instances where somebody replaces them once
 * more; elsewhere those stay that are new, and the run has said which.
 */
export function wentBackChecks(
  account: AccountState,
  groupName: string,
  night: Night,
  before: GroupStanding | undefined,
): Check[] {
  const images = launchedImages(before);
  const now = launchedImages(groupStanding(account, groupName));
  const failed = night.runs.filter(({ parent, runbook }) => parent === undefined && runbook !== "retire");
  return [
    {
      check: "the night ended Failed, and says that the refresh did not succeed",
      ok: failed.every(({ status, failureMessage = "" }) => {
        return (
          ["Failed", "TimedOut"].includes(status) &&
          /Instance refresh \S+ of Auto Scaling group/.test(failureMessage)
        );
      }),
      detail: failed.map(({ runbook, status }) => `${runbook} is ${status}`).join(", "),
    },
    {
      check: `group ${groupName} launches what it launched before`,
      ok: images.join() === now.join(),
      detail: `it launches ${now.join(", ") || "nothing"}`,
    },
    ...(isReplacedOnceMore(account, groupName, night)
      ? [instancesRun(account, groupName, images, "every instance runs what the group launched before")]
      : []),
    ...refreshesOf(account, groupName, night).map((refresh) => enoughWereHealthy(account, refresh)),
  ];
}

/** By AWS where it has a desired configuration, and by the runbook where the group has a launch configuration. */
function isReplacedOnceMore(account: AccountState, groupName: string, night: Night): boolean {
  return (
    account.autoscaling.groups.get(groupName)?.LaunchConfigurationName !== undefined ||
    refreshesOf(account, groupName, night).every((refresh) => refresh.DesiredConfiguration !== undefined)
  );
}

function instancesRun(account: AccountState, groupName: string, images: string[], check: string): Check {
  const found = countImages(account, groupName);
  const others = found.filter(({ imageId, other }) => !images.includes(imageId) || other > 0);
  return faultless(
    check,
    others.map(
      ({ imageId, healthy, other }) => `${healthy} healthy and ${other} other instances run ${imageId}`,
    ),
    found.map(({ imageId, healthy }) => `${healthy} of ${imageId}`).join(", ") || "there is none",
  );
}

function enoughWereHealthy({ autoscaling }: AccountState, refresh: InstanceRefresh): Check {
  const { AutoScalingGroupName: groupName, InstanceRefreshId: id } = refresh;
  const { MinHealthyPercentage: percentage = 0 } = refresh.Preferences ?? {};
  const desired = autoscaling.groups.get(groupName)?.DesiredCapacity ?? 0;
  const least = Math.ceil((desired * percentage) / 100);
  const counts = autoscaling.fleet
    .filter(({ refreshId }) => refreshId === id)
    .map(({ images }) => images.reduce((sum, { healthy }) => sum + healthy, 0));
  const fewest = Math.min(...counts);
  return {
    check: `never fewer than ${percentage} per cent of its instances were healthy`,
    ok: fewest >= least,
    detail: `${fewest} of ${desired} at the fewest`,
  };
}

/** Which images the instances of a group run, but for those that are on their way out. */
export function countImages(account: AccountState, groupName: string): FleetImage[] {
  account.catchUp();
  const group = account.autoscaling.groups.get(groupName);
  const stay = group?.Instances.filter(({ LifecycleState }) => LifecycleState !== "Terminating");
  return group === undefined ? [] : imagesOf(account, { ...group, Instances: stay ?? [] });
}
