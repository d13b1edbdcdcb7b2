import type { AccountState } from "../state";
import { operation } from "../operation";
import { integer, list, string, structure } from "../parameters";
import { validationError } from "./errors";
import { dryRunOf, groupDemand, requireGroup } from "./groupDemands";
import { activeRefresh } from "./instanceRefresh/status";
import { setSource } from "./launchSource";
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

const api = "UpdateAutoScalingGroup";

export const updateAutoScalingGroup = operation<UpdateRequest>({
  api,
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
    const { AutoScalingGroupName: groupName } = request;
    const group = account.autoscaling.groups.get(groupName);
    const dryRun = (found: AutoScalingGroup) =>
      dryRunOf(account, found, request, (changed, wanted) => updateRest(changed, request, wanted?.source));
    return [
      groupDemand(account, api, groupName, updateContext(account, request)),
      ...(group ? dryRun(group) : []),
    ];
  },
  perform: (account, request) => {
    const group = requireGroup(account, request.AutoScalingGroupName);
    refuseDuringRefresh(account, request);
    const wanted = requestedSource(account, request);
    setSizes(group, request);
    updateRest(group, request, wanted?.source);
    return {};
  },
});

function updateRest(
  group: AutoScalingGroup,
  { VPCZoneIdentifier, CapacityReservationSpecification }: UpdateRequest,
  source: LaunchSource | undefined,
): void {
  if (source) {
    setSource(group, source);
  }
  Object.assign(group, {
    ...(VPCZoneIdentifier === undefined ? {} : { VPCZoneIdentifier }),
    ...(CapacityReservationSpecification === undefined ? {} : { CapacityReservationSpecification }),
  });
}

/** The refresh itself will say what the group launches from, and must find what it goes back to. */
function refuseDuringRefresh({ autoscaling }: AccountState, request: UpdateRequest): void {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = request;
  const source = LaunchConfigurationName ?? LaunchTemplate ?? MixedInstancesPolicy;
  const refresh = activeRefresh(autoscaling, request.AutoScalingGroupName);
  if (source !== undefined && refresh?.DesiredConfiguration !== undefined) {
    throw validationError(
      "An active instance refresh with a desired configuration exists. All configuration options derived from the " +
        "desired configuration are not available for update while the instance refresh is active.",
    );
  }
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
