import type { GetGroupResult } from "@pulumi/aws/autoscaling/getGroup";
import type { GetInstanceResult } from "@pulumi/aws/ec2/getInstance";
import type { GetLaunchConfigurationResult } from "@pulumi/aws/ec2/getLaunchConfiguration";
import type { GetLaunchTemplateResult } from "@pulumi/aws/ec2/getLaunchTemplate";
import type { GetInstanceProfileResult } from "@pulumi/aws/iam/getInstanceProfile";
import type { MockCallArgs, MockCallResult } from "@pulumi/pulumi/runtime";
import { Place } from "./place";

// For the unit tests of programs that use AmiRefresh. The component itself does not use it.

/** What an answer has otherwise than `answerLookUps` gives it. Members are those of the AWS provider's answers. */
export interface LookUpChanges {
  /** Partition, Region and account. Default: aws, us-east-1, 123456789012. */
  place?: Partial<Place>;
  /** The group. Default: it uses version 1 of launch template `lt-0123456789abcdef0`, which is the latest. */
  group?: Partial<GetGroupResult>;
  /** The golden instance. Default: running, outside the group, without an instance profile, not encrypted. */
  instance?: Partial<GetInstanceResult>;
  /** Every launch template. Default: one version, no instance profile, no tags. */
  launchTemplate?: Partial<GetLaunchTemplateResult>;
  /** The launch configuration, for `launchConfigurationFrom` "group". Default: without an instance profile. */
  launchConfiguration?: Partial<GetLaunchConfigurationResult>;
  /** Every instance profile. Default: with the role of the same name. */
  instanceProfile?: Partial<GetInstanceProfileResult>;
  /** The ids of the instances that are members of the group. Default: none. */
  memberIds?: string[];
}

/**
 * The function `call` for `pulumi.runtime.setMocks`: it answers every look-up of AmiRefresh as the AWS provider does.
 *
 * ```typescript
 * pulumi.runtime.setMocks({
 *   newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
 *   call: answerLookUps({ launchTemplate: { iamInstanceProfiles: [{ arn: "", name: "web" }] } }),
 * });
 * ```
 *
 * Look-ups that are not AmiRefresh's go to `otherwise`, which gives back what was asked unless told differently.
 */
export function answerLookUps(
  changes: LookUpChanges = {},
  otherwise: (args: MockCallArgs) => MockCallResult = ({ inputs }) => inputs as MockCallResult,
): (args: MockCallArgs) => MockCallResult {
  const place: Place = { partition: "aws", region: "us-east-1", accountId: "123456789012", ...changes.place };
  return (args) => answers(place, changes, args.inputs as Asked)[args.token]?.() ?? otherwise(args);
}

/** What the look-ups ask with. */
interface Asked {
  readonly name: string;
  readonly id: string;
  readonly instanceId: string;
}

function answers(place: Place, changes: LookUpChanges, asked: Asked): Record<string, () => MockCallResult> {
  const { partition, region, accountId } = place;
  const { name, id, instanceId } = asked;
  const iam = `arn:${partition}:iam::${accountId}`;
  const usual = { id: "lt-0123456789abcdef0", name: "web", version: "1" };
  return {
    "aws:index/getPartition:getPartition": () => ({ id: partition, partition }),
    "aws:index/getRegion:getRegion": () => ({ id: region, region }),
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({ id: accountId, accountId }),
    "aws:autoscaling/getGroup:getGroup": () => ({
      id: name,
      name,
      launchConfiguration: "",
      // A group has one kind of launch source only.
      launchTemplates: hasSource(changes.group) ? [] : [usual],
      mixedInstancesPolicies: [],
      ...changes.group,
    }),
    "aws:ec2/getInstance:getInstance": () => ({
      id: instanceId,
      instanceId,
      instanceState: "running",
      iamInstanceProfile: "",
      rootBlockDevices: [],
      ebsBlockDevices: [],
      ...changes.instance,
    }),
    "aws:ec2/getInstances:getInstances": () => ({ id: region, ids: changes.memberIds ?? [] }),
    "aws:ec2/getLaunchTemplate:getLaunchTemplate": () => ({
      id,
      defaultVersion: 1,
      latestVersion: 1,
      iamInstanceProfiles: [],
      tagSpecifications: [],
      ...changes.launchTemplate,
    }),
    "aws:ec2/getLaunchConfiguration:getLaunchConfiguration": () => ({
      id: name,
      name,
      iamInstanceProfile: "",
      ...changes.launchConfiguration,
    }),
    "aws:iam/getInstanceProfile:getInstanceProfile": () => ({
      id: name,
      name,
      arn: `${iam}:instance-profile/${name}`,
      roleArn: `${iam}:role/${name}`,
      roleName: name,
      ...changes.instanceProfile,
    }),
  };
}

function hasSource(group: Partial<GetGroupResult> = {}): boolean {
  return Boolean(group.launchConfiguration) || (group.mixedInstancesPolicies ?? []).length > 0;
}
