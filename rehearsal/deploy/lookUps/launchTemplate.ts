import type { AccountState } from "../../account/state";
import type { LaunchTemplateData, TemplateBlockDevice } from "../../account/ec2/launchTemplateShapes";
import { latestNumber, resolveVersion } from "../../account/ec2/launchTemplates";
import type { Inputs } from "../messages";
import { NotFound } from "./failure";

/** aws.ec2.getLaunchTemplate: what is in the template is that of its latest version, whichever is in use. */
export function getLaunchTemplate({ ec2, place }: AccountState, { id }: Inputs): Inputs {
  const template = ec2.launchTemplates.get(String(id));
  if (template === undefined) {
    throw new NotFound("no matching EC2 Launch Template found");
  }
  const { VersionDescription = "", LaunchTemplateData: data } = resolveVersion(template, "$Latest");
  return {
    id: template.LaunchTemplateId,
    arn: `arn:${place.partition}:ec2:${place.region}:${place.accountId}:launch-template/${template.LaunchTemplateId}`,
    name: template.LaunchTemplateName,
    defaultVersion: template.DefaultVersionNumber,
    latestVersion: latestNumber(template),
    description: VersionDescription,
    region: place.region,
    tags: Object.fromEntries(template.Tags.map(({ Key, Value }) => [Key, Value])),
    ...machine(data),
    ...namedThings(data),
  };
}

function machine(data: LaunchTemplateData): Inputs {
  const { Placement: placement, CapacityReservationSpecification: reservation } = data;
  return {
    imageId: data.ImageId ?? "",
    instanceType: data.InstanceType ?? "",
    kernelId: data.KernelId ?? "",
    keyName: data.KeyName ?? "",
    ebsOptimized: text(data.EbsOptimized),
    userData: data.UserData ?? "",
    vpcSecurityGroupIds: data.SecurityGroupIds ?? [],
    blockDeviceMappings: (data.BlockDeviceMappings ?? []).map(blockDevice),
    instanceMarketOptions:
      data.InstanceMarketOptions === undefined
        ? []
        : [{ marketType: data.InstanceMarketOptions.MarketType ?? "", spotOptions: [] }],
    monitorings: data.Monitoring === undefined ? [] : [{ enabled: data.Monitoring.Enabled ?? false }],
    placements:
      placement === undefined
        ? []
        : [
            {
              availabilityZone: placement.AvailabilityZone ?? "",
              groupId: placement.GroupId ?? "",
              groupName: placement.GroupName ?? "",
              hostResourceGroupArn: placement.HostResourceGroupArn ?? "",
              tenancy: placement.Tenancy ?? "",
            },
          ],
    capacityReservationSpecifications:
      reservation === undefined
        ? []
        : [
            {
              capacityReservationPreference: reservation.CapacityReservationPreference ?? "",
              capacityReservationTargets: targets(reservation.CapacityReservationTarget),
            },
          ],
  };
}

function blockDevice({ DeviceName, VirtualName, NoDevice, Ebs }: TemplateBlockDevice): Inputs {
  return {
    deviceName: DeviceName,
    virtualName: VirtualName ?? "",
    noDevice: NoDevice ?? "",
    ebs:
      Ebs === undefined
        ? []
        : [
            {
              deleteOnTermination: text(Ebs.DeleteOnTermination),
              encrypted: text(Ebs.Encrypted),
              iops: Ebs.Iops ?? 0,
              kmsKeyId: Ebs.KmsKeyId ?? "",
              snapshotId: Ebs.SnapshotId ?? "",
              throughput: Ebs.Throughput ?? 0,
              volumeInitializationRate: 0,
              volumeSize: Ebs.VolumeSize ?? 0,
              volumeType: Ebs.VolumeType ?? "",
            },
          ],
  };
}

/** Some truth values are texts in the provider's schema. */
function text(value: boolean | undefined): string {
  return value === undefined ? "" : String(value);
}

type Target = NonNullable<
  LaunchTemplateData["CapacityReservationSpecification"]
>["CapacityReservationTarget"];

function targets(target: Target): Inputs[] {
  return target === undefined
    ? []
    : [
        {
          capacityReservationId: target.CapacityReservationId ?? "",
          capacityReservationResourceGroupArn: target.CapacityReservationResourceGroupArn ?? "",
        },
      ];
}

function namedThings(data: LaunchTemplateData): Inputs {
  const profile = data.IamInstanceProfile;
  return {
    iamInstanceProfiles: profile === undefined ? [] : [{ arn: profile.Arn ?? "", name: profile.Name ?? "" }],
    licenseSpecifications: (data.LicenseSpecifications ?? []).map(({ LicenseConfigurationArn }) => ({
      licenseConfigurationArn: LicenseConfigurationArn ?? "",
    })),
    networkInterfaces: (data.NetworkInterfaces ?? []).map((one) => ({
      deviceIndex: one.DeviceIndex ?? 0,
      subnetId: one.SubnetId ?? "",
      securityGroups: one.Groups ?? [],
      associatePublicIpAddress: one.AssociatePublicIpAddress ?? false,
    })),
    secondaryInterfaces: (data.SecondaryInterfaces ?? []).map((one) => ({
      deviceIndex: one.DeviceIndex ?? 0,
      secondarySubnetId: one.SecondarySubnetId ?? "",
    })),
    tagSpecifications: (data.TagSpecifications ?? []).map(({ ResourceType, Tags }) => ({
      resourceType: ResourceType,
      tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    })),
  };
}
