import type { AccountState } from "../../account/state";
import type { InstanceRecord } from "../../account/ec2";
import type { Instance, Tag, Volume } from "../../account/ec2/shapes";
import { NotModelled } from "../../errors";
import type { Inputs } from "../messages";
import { NotFound } from "./failure";

/** aws.ec2.getInstance: tags that AWS itself sets are left out. */
export function getInstance({ ec2, place }: AccountState, { instanceId }: Inputs): Inputs {
  const record = ec2.instances.get(String(instanceId));
  if (record === undefined) {
    throw new NotFound("no matching EC2 Instance found");
  }
  const { instance } = record;
  return {
    id: instance.InstanceId,
    instanceId: instance.InstanceId,
    ami: instance.ImageId,
    arn: `arn:${place.partition}:ec2:${place.region}:${place.accountId}:instance/${instance.InstanceId}`,
    associatePublicIpAddress: instance.PublicIpAddress !== undefined,
    availabilityZone: instance.Placement.AvailabilityZone,
    ebsOptimized: instance.EbsOptimized,
    ...blockDevices(record),
    iamInstanceProfile: instance.IamInstanceProfile?.Arn.split("/").at(-1) ?? "",
    instanceState: instance.State.Name,
    instanceTags: {},
    instanceType: instance.InstanceType,
    keyName: instance.KeyName ?? "",
    launchTime: instance.LaunchTime.toISOString(),
    metadataOptions: [metadataOptions(instance)],
    monitoring: instance.Monitoring.State === "enabled",
    placementGroup: instance.Placement.GroupName,
    privateIp: instance.PrivateIpAddress,
    publicIp: instance.PublicIpAddress ?? "",
    region: place.region,
    subnetId: instance.SubnetId,
    tags: ownTags(instance.Tags),
    tenancy: instance.Placement.Tenancy,
    vpcSecurityGroupIds: instance.SecurityGroups.map(({ GroupId }) => GroupId),
  };
}

function blockDevices({ instance, volumes }: InstanceRecord): Inputs {
  const devices = instance.BlockDeviceMappings.flatMap(({ DeviceName, Ebs }) => {
    const volume = volumes.get(DeviceName);
    return volume === undefined ? [] : [blockDevice(DeviceName, Ebs.DeleteOnTermination, volume)];
  });
  const isRoot = ({ deviceName }: Inputs): boolean => deviceName === instance.RootDeviceName;
  return {
    rootBlockDevices: devices.filter(isRoot),
    ebsBlockDevices: devices.filter((device) => !isRoot(device)),
    ephemeralBlockDevices: [],
  };
}

function blockDevice(deviceName: string, deleteOnTermination: boolean, volume: Volume): Inputs {
  return {
    deviceName,
    deleteOnTermination,
    encrypted: volume.Encrypted,
    iops: volume.Iops ?? 0,
    kmsKeyId: volume.KmsKeyId ?? "",
    tags: {},
    throughput: volume.Throughput ?? 0,
    volumeId: volume.VolumeId,
    volumeSize: volume.Size,
    volumeType: volume.VolumeType,
  };
}

function metadataOptions({ MetadataOptions: options }: Instance): Inputs {
  return {
    httpEndpoint: options.HttpEndpoint,
    httpPutResponseHopLimit: options.HttpPutResponseHopLimit,
    httpTokens: options.HttpTokens,
    instanceMetadataTags: options.InstanceMetadataTags,
  };
}

function ownTags(tags: Tag[]): Record<string, string> {
  const own = tags.filter(({ Key }) => !Key.startsWith("aws:"));
  return Object.fromEntries(own.map(({ Key, Value }) => [Key, Value]));
}

interface Filter {
  name: string;
  values: string[];
}

/** aws.ec2.getInstances: running ones, unless told otherwise. That none is found is no error. */
export function getInstances({ ec2, place }: AccountState, inputs: Inputs): Inputs {
  const { filters = [], instanceStateNames = ["running"] } = inputs as {
    filters?: Filter[];
    instanceStateNames?: string[];
  };
  const found = [...ec2.instances.values()]
    .map(({ instance }) => instance)
    .filter(
      (instance) =>
        instanceStateNames.includes(instance.State.Name) &&
        filters.every(({ name, values }) => values.some((value) => valuesOf(instance, name).includes(value))),
    );
  return {
    ...inputs,
    id: place.region,
    ids: found.map(({ InstanceId }) => InstanceId),
    instanceTags: {},
    ipv6Addresses: [],
    privateIps: found.map(({ PrivateIpAddress }) => PrivateIpAddress),
    publicIps: found.flatMap(({ PublicIpAddress }) => PublicIpAddress ?? []),
    region: place.region,
  };
}

/** What an instance has under the name of a filter. Values are compared as they are: wildcards are not modelled. */
function valuesOf(instance: Instance, filter: string): string[] {
  if (filter === "instance-id") {
    return [instance.InstanceId];
  }
  if (filter.startsWith("tag:")) {
    const key = filter.slice("tag:".length);
    return instance.Tags.filter(({ Key }) => Key === key).map(({ Value }) => Value);
  }
  throw new NotModelled(`The rehearsal does not model the filter ${filter} of aws.ec2.getInstances.`);
}
