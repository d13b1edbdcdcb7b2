import type { AccountState } from "../state";
import { AwsError } from "../errors";
import { type Demand, operation } from "../operation";
import { integer, list, string, structure } from "../parameters";
import { dryRunDemands } from "./dryRunDemands";
import { validationError } from "./errors";
import { groupDemand } from "./groupDemand";
import { launchTemplateSpecification } from "./launchTemplateSpecification";
import { name, xmlTextTo } from "./limits";
import { mixedInstancesPolicy } from "./mixedInstancesPolicy";
import { requestedSource } from "./requestedSource";
import type { AutoScalingGroup, LaunchSource } from "./shapes";
import { updateContext, type UpdateRequest } from "./updateContext";

const capacityReservationSpecification = structure({
  CapacityReservationPreference: string({
    enum: ["capacity-reservations-only", "capacity-reservations-first", "none", "default"],
  }),
  CapacityReservationTarget: structure({
    CapacityReservationIds: list(name()),
    CapacityReservationResourceGroupArns: list(xmlTextTo(1600)),
  }),
});

export const updateAutoScalingGroup = operation<UpdateRequest>({
  api: "UpdateAutoScalingGroup",
  input: structure(
    {
      AutoScalingGroupName: name(),
      LaunchConfigurationName: name(),
      LaunchTemplate: launchTemplateSpecification,
      MixedInstancesPolicy: mixedInstancesPolicy,
      MinSize: integer(),
      MaxSize: integer(),
      VPCZoneIdentifier: xmlTextTo(5000),
      CapacityReservationSpecification: capacityReservationSpecification,
    },
    ["AutoScalingGroupName"],
  ),
  demands: (account, request) => {
    const group = account.autoscaling.groups.get(request.AutoScalingGroupName);
    const { AutoScalingGroupName: groupName } = request;
    return [
      groupDemand(account, "UpdateAutoScalingGroup", groupName, updateContext(account, request)),
      ...(group ? dryRun(account, group, request) : []),
    ];
  },
  perform: (account, request) => {
    const group = account.autoscaling.groups.get(request.AutoScalingGroupName);
    if (!group) {
      throw validationError("AutoScalingGroup name not found - null");
    }
    const wanted = requestedSource(account, request);
    if (wanted && account.autoscaling.refreshing.get(request.AutoScalingGroupName)?.desired) {
      throw validationError(
        "An active instance refresh with a desired configuration exists. All configuration options derived from the " +
          "desired configuration are not available for update while the instance refresh is active.",
      );
    }
    setSizes(group, request);
    updateRest(group, request, wanted?.source);
    return {};
  },
});

/** What the checks refuse gets to no dry run: `perform` makes the same checks, and answers with what they say. */
export function dryRun(account: AccountState, group: AutoScalingGroup, request: UpdateRequest): Demand[] {
  try {
    const wanted = requestedSource(account, request);
    const updated = { ...group };
    updateRest(updated, request, wanted?.source);
    return (wanted?.launches ?? []).flatMap((launch) => dryRunDemands(account, updated, launch));
  } catch (error) {
    if (error instanceof AwsError) {
      return [];
    }
    throw error;
  }
}

/** Only what is launched from now on: the group's instances keep what they were launched with. */
function updateRest(
  group: AutoScalingGroup,
  { VPCZoneIdentifier, CapacityReservationSpecification }: UpdateRequest,
  source: LaunchSource | undefined,
): void {
  if (source) {
    delete group.LaunchConfigurationName;
    delete group.LaunchTemplate;
    delete group.MixedInstancesPolicy;
  }
  Object.assign(group, {
    ...(VPCZoneIdentifier === undefined ? {} : { VPCZoneIdentifier }),
    ...(CapacityReservationSpecification === undefined ? {} : { CapacityReservationSpecification }),
    ...source,
  });
}

function setSizes(group: AutoScalingGroup, { MinSize, MaxSize }: UpdateRequest): void {
  const min = MinSize ?? group.MinSize;
  const max = MaxSize ?? group.MaxSize;
  if (min > max) {
    throw validationError(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  }
  group.MinSize = min;
  group.MaxSize = max;
  group.DesiredCapacity = Math.min(Math.max(group.DesiredCapacity, min), max);
}
