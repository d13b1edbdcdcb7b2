import type { AccountState } from "../../state";
import type { AutoScalingGroup } from "../shapes";
import { isMatching } from "./matching";
import { isIgnored, type Progress } from "./progress";
import type { InstanceRefresh, SettledPreferences } from "./shapes";

const PENDING_SECONDS = 5;

export function begin(
  account: AccountState,
  group: AutoScalingGroup,
  refresh: InstanceRefresh,
  preferences: SettledPreferences,
): Progress {
  const { refreshing } = account.autoscaling;
  const there = group.Instances.filter(({ LifecycleState }) => LifecycleState !== "Terminating");
  const source = refresh.DesiredConfiguration;
  const outdated = preferences.SkipMatching
    ? there.filter((member) => !isMatching(account, source ?? group, member, refresh.Strategy))
    : there;
  const standby = there.filter(({ LifecycleState }) => LifecycleState === "Standby");
  const now = account.clock.now().getTime();
  return {
    refresh,
    preferences,
    source,
    // Where an earlier refresh was just cancelled, a member of the group may still be missing.
    size: refreshing.get(group.AutoScalingGroupName)?.size ?? there.length - standby.length,
    standby: new Set(standby.map(({ InstanceId }) => InstanceId)),
    outdated: new Set(outdated.map(({ InstanceId }) => InstanceId)),
    fresh: new Map(),
    total: outdated.filter((member) => !isIgnored(preferences, member)).length,
    retired: 0,
    endedInStandby: 0,
    progressedAt: now,
    until: now + PENDING_SECONDS * 1000,
    checkpoints: 0,
    seenAt: now,
  };
}
