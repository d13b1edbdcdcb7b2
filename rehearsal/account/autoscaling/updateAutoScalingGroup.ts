import type { AccountState } from "../state";
import { AwsError } from "../errors";
import { type Demand, operation } from "../operation";
import { integer, structure } from "../parameters";
import type { Context } from "../policyConditions";
import { groupArn } from "./arns";
import { dryRunDemands } from "./dryRunDemands";
import { validationError } from "./errors";
import { launchTemplateSpecification } from "./launchTemplateSpecification";
import { name } from "./limits";
import { mixedInstancesPolicy } from "./mixedInstancesPolicy";
import { requestedSource } from "./requestedSource";
import type { AutoScalingGroup, LaunchSource } from "./shapes";
import { templateParts } from "./templateLaunches";

interface UpdateAutoScalingGroupRequest extends LaunchSource {
  AutoScalingGroupName: string;
  MinSize?: number;
  MaxSize?: number;
}

export const updateAutoScalingGroup = operation<UpdateAutoScalingGroupRequest>({
  api: "UpdateAutoScalingGroup",
  input: structure(
    {
      AutoScalingGroupName: name(),
      LaunchConfigurationName: name(),
      LaunchTemplate: launchTemplateSpecification,
      MixedInstancesPolicy: mixedInstancesPolicy,
      MinSize: integer(),
      MaxSize: integer(),
    },
    ["AutoScalingGroupName"],
  ),
  demands: (account, request) => {
    const group = account.autoscaling.groups.get(request.AutoScalingGroupName);
    return [
      {
        action: "autoscaling:UpdateAutoScalingGroup",
        resource: group?.AutoScalingGroupARN ?? groupArn(account.place, request.AutoScalingGroupName),
        context: { ...requestContext(request), ...tagContext(group) },
      },
      ...(group ? dryRun(account, group, request) : []),
    ];
  },
  perform: (account, request) => {
    const group = account.autoscaling.groups.get(request.AutoScalingGroupName);
    if (!group) {
      throw validationError("AutoScalingGroup name not found - null");
    }
    const wanted = requestedSource(account, request);
    setSizes(group, request);
    if (wanted) {
      // Only what is launched from now on: the group's instances keep what they were launched with.
      delete group.LaunchConfigurationName;
      delete group.LaunchTemplate;
      delete group.MixedInstancesPolicy;
      Object.assign(group, wanted.source);
    }
    return {};
  },
});

/** What the checks refuse gets to no dry run: `perform` makes the same checks, and answers with what they say. */
function dryRun(
  account: AccountState,
  group: AutoScalingGroup,
  request: UpdateAutoScalingGroupRequest,
): Demand[] {
  try {
    const launches = requestedSource(account, request)?.launches ?? [];
    return launches.flatMap((launch) => dryRunDemands(account, group, launch));
  } catch (error) {
    if (error instanceof AwsError) {
      return [];
    }
    throw error;
  }
}

function setSizes(group: AutoScalingGroup, { MinSize, MaxSize }: UpdateAutoScalingGroupRequest): void {
  const min = MinSize ?? group.MinSize;
  const max = MaxSize ?? group.MaxSize;
  if (min > max) {
    throw validationError(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  }
  group.MinSize = min;
  group.MaxSize = max;
  group.DesiredCapacity = Math.min(Math.max(group.DesiredCapacity, min), max);
}

/** The condition keys that Auto Scaling documents, each only where the request has the parameter. */
function requestContext(request: UpdateAutoScalingGroupRequest): Context {
  const keys = {
    "autoscaling:LaunchConfigurationName": request.LaunchConfigurationName,
    "autoscaling:LaunchTemplateVersionSpecified": versionSpecified(request),
    "autoscaling:InstanceTypes": instanceTypes(request),
    "autoscaling:MinSize": request.MinSize?.toString(),
    "autoscaling:MaxSize": request.MaxSize?.toString(),
  };
  const sent = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return Object.fromEntries(sent) as Context;
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

/** The types that a policy's overrides name. */
function instanceTypes(request: LaunchSource): string[] | undefined {
  const types = templateParts(request).overrides.map(({ InstanceType }) => InstanceType);
  const named = types.filter((type) => type !== undefined);
  return named.length > 0 ? named : undefined;
}

function tagContext(group: AutoScalingGroup | undefined): Context {
  const keys = (group?.Tags ?? []).flatMap(({ Key, Value }) => [
    [`autoscaling:ResourceTag/${Key}`, Value],
    [`aws:ResourceTag/${Key}`, Value],
  ]);
  return Object.fromEntries(keys);
}
