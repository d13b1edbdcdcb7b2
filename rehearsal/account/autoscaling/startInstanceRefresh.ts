import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";
import type { AccountState } from "../state";
import { validationError } from "./errors";
import { noteFleet } from "./fleet";
import { groupDemand } from "./groupDemand";
import { launchTemplateSpecification } from "./launchTemplateSpecification";
import { name } from "./limits";
import { mixedInstancesPolicy } from "./mixedInstancesPolicy";
import { replaceMore } from "./refreshing";
import type { Refreshing } from "./refreshState";
import { type RefreshPreferences, refreshPreferences, resolvePreferences } from "./refreshPreferences";
import { requestedSource } from "./requestedSource";
import type { AutoScalingGroup, GroupMember, InstanceRefresh, LaunchSource } from "./shapes";
import { dryRun } from "./updateAutoScalingGroup";

interface StartRequest {
  AutoScalingGroupName: string;
  Strategy?: "Rolling" | "ReplaceRootVolume";
  DesiredConfiguration?: Pick<LaunchSource, "LaunchTemplate" | "MixedInstancesPolicy">;
  Preferences?: RefreshPreferences;
}

const api = "StartInstanceRefresh";

export const startInstanceRefresh = operation<StartRequest>({
  api,
  input: structure(
    {
      AutoScalingGroupName: name(),
      Strategy: string({ enum: ["Rolling", "ReplaceRootVolume"] }),
      DesiredConfiguration: structure({
        LaunchTemplate: launchTemplateSpecification,
        MixedInstancesPolicy: mixedInstancesPolicy,
      }),
      Preferences: refreshPreferences,
    },
    ["AutoScalingGroupName"],
  ),
  demands: (account, { AutoScalingGroupName: groupName, DesiredConfiguration: desired, Preferences }) => {
    const group = account.autoscaling.groups.get(groupName);
    const { partition, region, accountId } = account.place;
    return [
      groupDemand(account, api, groupName),
      ...(Preferences?.AlarmSpecification?.Alarms ?? []).map((alarm) => ({
        // Whether AWS asks this of the caller it does not say.
        action: "cloudwatch:DescribeAlarms",
        resource: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${alarm}`,
        context: {},
      })),
      ...(group && desired ? dryRun(account, group, { AutoScalingGroupName: groupName, ...desired }) : []),
    ];
  },
  perform: (account, request) => {
    const { autoscaling } = account;
    const group = autoscaling.groups.get(request.AutoScalingGroupName);
    if (!group) {
      throw validationError("AutoScalingGroup name not found - null");
    }
    if (autoscaling.refreshing.has(request.AutoScalingGroupName)) {
      throw new AwsError(
        "InstanceRefreshInProgress",
        "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.",
      );
    }
    const one = begin(account, group, request);
    autoscaling.refreshing.set(one.groupName, one);
    autoscaling.instanceRefreshes.set(one.groupName, [
      ...(autoscaling.instanceRefreshes.get(one.groupName) ?? []),
      one.refresh,
    ]);
    const at = account.clock.now().getTime();
    noteFleet(account, one, at);
    replaceMore(account, one, group, at);
    return { InstanceRefreshId: one.refresh.InstanceRefreshId };
  },
});

function begin(account: AccountState, group: AutoScalingGroup, request: StartRequest): Refreshing {
  const { DesiredConfiguration: desired, Preferences: given = {} } = request;
  refuse(account, group, request);
  const preferences = resolvePreferences(group, given);
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = structuredClone(group);
  const source = desired && requestedSource(account, desired)?.source;
  const now = account.clock.now();
  const olds = group.Instances.filter((member) => isReplaced(member, preferences)).map(
    ({ InstanceId }) => InstanceId,
  );
  const refresh: InstanceRefresh = {
    InstanceRefreshId: account.ids.uuid(),
    AutoScalingGroupName: group.AutoScalingGroupName,
    Status: "InProgress",
    StartTime: now,
    PercentageComplete: 0,
    InstancesToUpdate: olds.length,
    Preferences: preferences,
    Strategy: request.Strategy ?? "Rolling",
    ...(source === undefined ? {} : { DesiredConfiguration: source }),
  };
  return {
    refresh,
    groupName: group.AutoScalingGroupName,
    preferences,
    saved: { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy },
    desired: source,
    olds,
    total: olds.length,
    warming: [],
    leaving: [],
    done: [],
    checkpoints: [...(preferences.CheckpointPercentages ?? [])],
    // An empty group is done at the next look.
    ...(olds.length === 0 ? { pausedUntil: now.getTime() } : {}),
    progressAt: now.getTime(),
    isBack: false,
  };
}

/** Instances that are set aside are left alone here, whatever is asked for, but for what is asked to go. */
function isReplaced(
  { LifecycleState, ProtectedFromScaleIn }: GroupMember,
  { ScaleInProtectedInstances, StandbyInstances }: RefreshPreferences,
): boolean {
  return LifecycleState === "Standby"
    ? StandbyInstances === "Terminate"
    : !ProtectedFromScaleIn || ScaleInProtectedInstances === "Refresh";
}

function refuse(account: AccountState, group: AutoScalingGroup, request: StartRequest): void {
  const { DesiredConfiguration: desired, Preferences: given = {} } = request;
  const isConfiguration = group.LaunchConfigurationName !== undefined;
  if (desired !== undefined && isConfiguration) {
    throw validationError(
      "A desired configuration cannot be specified for a group with a launch configuration.",
    );
  }
  if (given.SkipMatching && isConfiguration) {
    throw validationError("Skip matching is not supported for a group with a launch configuration.");
  }
  if (given.AutoRollback && (desired === undefined || hasMovingVersion(desired) || hasMovingVersion(group))) {
    throw validationError(
      "A rollback needs a desired configuration, and a group that refers to numbered versions of launch templates.",
    );
  }
  const suspended = group.SuspendedProcesses.find(({ ProcessName }) =>
    ["Launch", "Terminate"].includes(ProcessName),
  );
  if (suspended !== undefined) {
    throw validationError(`The process ${suspended.ProcessName} is suspended.`);
  }
  for (const alarm of given.AlarmSpecification?.Alarms ?? []) {
    const found = account.cloudwatch.alarms.find(({ name: known }) => known === alarm);
    if (found?.state !== "OK") {
      throw validationError(`The alarm ${alarm} is ${found?.state ?? "not there"}, and must be OK.`);
    }
  }
}

/** Whether a source names a version that changes by itself anywhere. */
export function hasMovingVersion(source: LaunchSource): boolean {
  const { LaunchTemplate, MixedInstancesPolicy } = source;
  const { LaunchTemplateSpecification: base, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {};
  const own = Overrides.flatMap(({ LaunchTemplateSpecification: one }) => one ?? []);
  return [LaunchTemplate, base, ...own].some(
    (one) => one !== undefined && !/^\d+$/.test(one.Version ?? "$Default"),
  );
}
