import type { AccountState } from "../state";
import { AwsError } from "../errors";
import type { Context } from "../policyConditions";
import { requestedSource } from "./requestedSource";
import type { CapacityReservationSpecification, LaunchSource } from "./shapes";
import { templateParts } from "./templateLaunches";

/** What of a request Auto Scaling has condition keys for. */
export interface UpdateRequest extends LaunchSource {
  AutoScalingGroupName: string;
  MinSize?: number;
  MaxSize?: number;
  VPCZoneIdentifier?: string;
  CapacityReservationSpecification?: CapacityReservationSpecification;
}

/**
 * All condition keys that the Service Authorization Reference has for UpdateAutoScalingGroup, each only where the request has
 * the parameter.
 */
export function updateContext(account: AccountState, request: UpdateRequest): Context {
  const { InstancesDistribution: distribution } = request.MixedInstancesPolicy ?? {};
  const reservations = request.CapacityReservationSpecification?.CapacityReservationTarget ?? {};
  const keys = {
    CapacityReservationIds: reservations.CapacityReservationIds,
    CapacityReservationResourceGroupArns: reservations.CapacityReservationResourceGroupArns,
    ImageId: imageId(account, request),
    InstanceTypes: templateParts(request).overrides.map(({ InstanceType }) => InstanceType),
    LaunchConfigurationName: request.LaunchConfigurationName,
    LaunchTemplateVersionSpecified: versionSpecified(request),
    MaxSize: request.MaxSize,
    MinSize: request.MinSize,
    TargetCapacityTypes: distribution?.DistributionSegments?.flatMap(
      ({ TargetCapacityTypes }) => TargetCapacityTypes,
    ),
    VPCZoneIdentifiers: request.VPCZoneIdentifier?.split(","),
  };
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => {
      const sent = [value].flat().filter((one) => one !== undefined);
      return sent.length === 0
        ? []
        : [[`autoscaling:${key}`, Array.isArray(value) ? sent.map(String) : String(value)]];
    }),
  );
}

/** AWS does not say of which image the key speaks: here, of the one that the request's source names. */
function imageId(account: AccountState, request: UpdateRequest): string | undefined {
  const { LaunchConfigurationName: name } = request;
  if (name !== undefined) {
    return account.autoscaling.launchConfigurations.get(name)?.ImageId;
  }
  try {
    return requestedSource(account, request)?.launches[0]?.imageId;
  } catch (error) {
    if (error instanceof AwsError) {
      return undefined;
    }
    throw error;
  }
}

/** Whether versions are named by their numbers. Of a policy with several AWS does not say it: here, whether all are. */
function versionSpecified(request: LaunchSource): boolean | undefined {
  if (request.LaunchTemplate === undefined && request.MixedInstancesPolicy === undefined) {
    return undefined;
  }
  const { base, overrides } = templateParts(request);
  const own = overrides.map(({ LaunchTemplateSpecification }) => LaunchTemplateSpecification);
  return [base, ...own.filter((one) => one !== undefined)].every(({ Version = "$Default" }) =>
    /^[0-9]+$/.test(Version),
  );
}
