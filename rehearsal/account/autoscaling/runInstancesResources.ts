import type { AccountState } from "../state";
import type { LaunchTemplateData } from "../ec2/launchTemplateShapes";
import { launchTemplateResource } from "../ec2/resources";
import { tagContext, tagsFor } from "../ec2/tagSpecifications";
import type { Context } from "../policyConditions";
import type { AutoScalingGroup, MixedInstancesPolicy } from "./shapes";
import type { TemplateLaunch } from "./templateLaunches";

/** A resource that a launch would use or make, with what EC2 tells policies about it. */
export interface LaunchResource {
  resource: string;
  context: Context;
}

/** Of a resource: whether the group or an override says it, and not the template. */
interface OverridableResource extends LaunchResource {
  overridden?: boolean;
}

/** The resources for which EC2 has the key `ec2:LaunchTemplate`. */
export function resourcesOfTemplate(
  account: AccountState,
  group: AutoScalingGroup,
  launch: TemplateLaunch,
): LaunchResource[] {
  const arn = ec2Arns(account);
  const { LaunchTemplateId } = launch.template;
  const template = launchTemplateResource(account, { LaunchTemplateId });
  const used: OverridableResource[] = [
    template,
    instance(account, launch),
    ...image(account, launch),
    { resource: arn.own("network-interface", "*"), context: {} },
    { resource: arn.own("volume", "*"), context: {} },
    ...group.VPCZoneIdentifier.split(",").map((id) => ({
      resource: arn.own("subnet", id),
      context: { "ec2:SubnetID": id },
      overridden: true,
    })),
    ...namedByTemplate(account, launch.version.LaunchTemplateData),
    ...placementGroup(account, group.PlacementGroup).map((one) => ({ ...one, overridden: true })),
  ];
  return used.map(({ resource, context, overridden = false }) => ({
    resource,
    context: {
      ...context,
      "ec2:LaunchTemplate": template.resource,
      "ec2:IsLaunchTemplateResource": !overridden,
    },
  }));
}

function instance(
  account: AccountState,
  { version, override, instanceType }: TemplateLaunch,
): OverridableResource {
  const data = version.LaunchTemplateData;
  const profile = profileOf(account, data);
  return {
    resource: ec2Arns(account).own("instance", "*"),
    overridden: override.InstanceType !== undefined || override.InstanceRequirements !== undefined,
    context: {
      ...(instanceType === undefined ? {} : { "ec2:InstanceType": instanceType }),
      ...(profile === undefined ? {} : { "ec2:InstanceProfile": profile.arn }),
      ...tagContext(tagsFor("instance", data.TagSpecifications)),
    },
  };
}

/** The image. AWS's example policies ask for no snapshot of it: only for one that a request itself names. */
function image(account: AccountState, { imageId, override }: TemplateLaunch): OverridableResource[] {
  const image = imageId === undefined ? undefined : account.ec2.visibleImage(imageId);
  if (!image) {
    return [];
  }
  const { ImageId, OwnerId } = image;
  return [
    {
      resource: ec2Arns(account).ofNobody("image", ImageId),
      context: { "ec2:ImageID": ImageId, "ec2:Owner": OwnerId },
      overridden: override.ImageId !== undefined,
    },
  ];
}

function snapshot(account: AccountState, id: string): LaunchResource {
  return { resource: ec2Arns(account).ofNobody("snapshot", id), context: { "ec2:SnapshotID": id } };
}

function namedByTemplate(account: AccountState, data: LaunchTemplateData): LaunchResource[] {
  const arn = ec2Arns(account);
  const named = (type: string, ids: (string | undefined)[], key?: string): LaunchResource[] =>
    ids.flatMap((id) =>
      id === undefined ? [] : [{ resource: arn.own(type, id), context: key ? { [key]: id } : {} }],
    );
  const { GroupName, GroupId } = data.Placement ?? {};
  const snapshots = (data.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.SnapshotId);
  return [
    ...securityGroups(account, data),
    ...named("key-pair", [data.KeyName], "ec2:KeyPairName"),
    ...placementGroup(account, GroupName ?? GroupId),
    ...named("capacity-reservation", [reservationOf(data).CapacityReservationId]),
    ...snapshots.flatMap((id) => (id === undefined ? [] : [snapshot(account, id)])),
  ];
}

function placementGroup(account: AccountState, name: string | undefined): LaunchResource[] {
  return name === undefined
    ? []
    : [
        {
          resource: ec2Arns(account).own("placement-group", name),
          context: { "ec2:PlacementGroupName": name },
        },
      ];
}

/** Without any it is the default one, whose id nobody names. */
function securityGroups(account: AccountState, data: LaunchTemplateData): LaunchResource[] {
  const ids = [
    ...(data.SecurityGroupIds ?? []),
    ...(data.NetworkInterfaces ?? []).flatMap(({ Groups = [] }) => Groups),
  ];
  const arn = ec2Arns(account);
  return ids.length === 0
    ? [{ resource: arn.own("security-group", "*"), context: {} }]
    : ids.map((id) => ({ resource: arn.own("security-group", id), context: { "ec2:SecurityGroupID": id } }));
}

/** The ARNs of the resources that a launch uses or makes and for which EC2 does not have that key. */
export function resourcesWithoutKey(
  account: AccountState,
  { MixedInstancesPolicy }: AutoScalingGroup,
  data: LaunchTemplateData,
): string[] {
  const licences = (data.LicenseSpecifications ?? []).map((one) => one.LicenseConfigurationArn);
  const subnets = (data.SecondaryInterfaces ?? []).map(
    ({ SecondarySubnetId: id }) => id && ec2Arns(account).own("secondary-subnet", id),
  );
  return [
    ...licences,
    reservationOf(data).CapacityReservationResourceGroupArn,
    data.Placement?.HostResourceGroupArn,
    ...subnets,
    launchesSpot(MixedInstancesPolicy) || asksForSpot(data)
      ? ec2Arns(account).own("spot-instances-request", "*")
      : undefined,
  ].filter((resource) => resource !== undefined);
}

/** AWS asks for the Spot request where one is made, and where one would be tagged. */
function asksForSpot({ InstanceMarketOptions, TagSpecifications = [] }: LaunchTemplateData): boolean {
  return (
    InstanceMarketOptions?.MarketType === "spot" ||
    TagSpecifications.some(({ ResourceType }) => ResourceType === "spot-instances-request")
  );
}

/** A policy launches On-Demand Instances alone where it says nothing else. */
function launchesSpot(policy: MixedInstancesPolicy | undefined): boolean {
  const { OnDemandPercentageAboveBaseCapacity: onDemand = 100 } = policy?.InstancesDistribution ?? {};
  return onDemand < 100;
}

function reservationOf({ CapacityReservationSpecification: specification }: LaunchTemplateData) {
  return specification?.CapacityReservationTarget ?? {};
}

/** The instance profile that a template names. */
export function profileOf({ iam }: AccountState, { IamInstanceProfile: profile }: LaunchTemplateData) {
  const nameOrArn = profile?.Arn ?? profile?.Name;
  return nameOrArn === undefined ? undefined : iam.instanceProfile(nameOrArn);
}

/** The ARNs of images and snapshots name no account. */
export function ec2Arns({ place: { partition, region, accountId } }: AccountState) {
  return {
    own: (type: string, id: string) => `arn:${partition}:ec2:${region}:${accountId}:${type}/${id}`,
    ofNobody: (type: string, id: string) => `arn:${partition}:ec2:${region}::${type}/${id}`,
  };
}
