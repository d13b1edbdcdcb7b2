import type { AccountState } from "../../state";
import { type Demand, operation } from "../../operation";
import { string, structure } from "../../parameters";
import { dryRunOf, groupDemand, requireGroup } from "../groupDemands";
import { setSource } from "../launchSource";
import { launchTemplateSpecification } from "../launchTemplateSpecification";
import { name } from "../limits";
import { mixedInstancesPolicy } from "../mixedInstancesPolicy";
import { begin } from "./beginning";
import { checkedStart, type StartRequest } from "./checkStart";
import { logFleet } from "./fleet";
import { preferencesShape, settledPreferences } from "./preferences";
import type { InstanceRefresh } from "./shapes";

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
      Preferences: preferencesShape,
    },
    ["AutoScalingGroupName"],
  ),
  demands: (account, request) => {
    const { AutoScalingGroupName: groupName, DesiredConfiguration: desired } = request;
    const group = account.autoscaling.groups.get(groupName);
    return [
      groupDemand(account, api, groupName),
      ...(group && desired
        ? dryRunOf(account, group, desired, (changed, wanted) => wanted && setSource(changed, wanted.source))
        : []),
      ...alarmDemands(account, request),
    ];
  },
  perform: (account, request) => {
    const group = requireGroup(account, request.AutoScalingGroupName);
    const wanted = checkedStart(account, group, request);
    const preferences = settledPreferences(group, request.Preferences ?? {});
    const refresh: InstanceRefresh = {
      InstanceRefreshId: account.ids.uuid(),
      AutoScalingGroupName: group.AutoScalingGroupName,
      Status: "Pending",
      Preferences: preferences,
      DesiredConfiguration: wanted?.source,
      Strategy: request.Strategy ?? "Rolling",
    };
    keep(account, refresh);
    const progress = begin(account, group, refresh, preferences);
    account.autoscaling.refreshing.set(group.AutoScalingGroupName, progress);
    logFleet(account, group, refresh, account.clock.now(), "always");
    return { InstanceRefreshId: refresh.InstanceRefreshId };
  },
});

function keep({ autoscaling: { instanceRefreshes } }: AccountState, refresh: InstanceRefresh): void {
  const earlier = instanceRefreshes.get(refresh.AutoScalingGroupName) ?? [];
  instanceRefreshes.set(refresh.AutoScalingGroupName, [...earlier, refresh]);
}

/**
 * The service-linked role may look at alarms. Whether Auto Scaling asks the caller's permission too is not documented;
 * here it does, so that whoever passes here can do without it there.
 */
function alarmDemands({ place }: AccountState, { Preferences }: StartRequest): Demand[] {
  const { partition, region, accountId } = place;
  return (Preferences?.AlarmSpecification?.Alarms ?? []).map((alarm) => ({
    action: "cloudwatch:DescribeAlarms",
    resource: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${alarm}`,
    context: {},
  }));
}
