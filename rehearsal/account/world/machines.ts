import type { AccountState } from "../state";
import type { InstanceRecord } from "../ec2";
import type { Image, InstanceBlockDevice, Tag } from "../ec2/shapes";

/** The owner of the images that Amazon publishes. */
const amazon = "137112412989";

/** The machines here differ in their architecture alone: 8 GiB of gp3 under /dev/xvda. */
export const rootDevice = "/dev/xvda";
const rootVolume = { Size: 8, VolumeType: "gp3", Encrypted: false, Iops: 3000, Throughput: 125 };

export type Architecture = "x86_64" | "arm64";

/** What their instances and images have in common. */
function machine(architecture: Architecture) {
  return {
    Architecture: architecture,
    VirtualizationType: "hvm",
    Hypervisor: "xen",
    EnaSupport: true,
    BootMode: architecture === "arm64" ? "uefi" : "uefi-preferred",
    PlatformDetails: "Linux/UNIX",
    UsageOperation: "RunInstances",
    RootDeviceType: "ebs",
    RootDeviceName: rootDevice,
  };
}

/** The type that a machine has unless told otherwise. */
export const usualType: Record<Architecture, string> = { x86_64: "t3.small", arm64: "t4g.small" };

export const keyName = "operations";
export const securityGroup = { GroupId: "sg-0123456789abcdef0", GroupName: "web" };
export const subnet = "subnet-0123456789abcdef0";

/** One subnet, so one zone. */
export function zoneOf({ place }: AccountState): string {
  return `${place.region}a`;
}

export function daysAgo({ clock }: AccountState, days: number): Date {
  return new Date(clock.now().getTime() - days * 24 * 60 * 60 * 1000);
}

export interface InstanceWanted {
  id: string;
  imageId: string;
  daysOld: number;
  tags: Tag[];
  architecture?: Architecture;
  instanceType?: string;
  profileArn?: string;
}

/** Adds a running instance that demands IMDSv2, with a hop more for its containers. */
export function addInstance(account: AccountState, wanted: InstanceWanted): InstanceRecord {
  const { ids, ec2 } = account;
  const { architecture = "x86_64" } = wanted;
  const launchedAt = daysAgo(account, wanted.daysOld);
  const volume = { VolumeId: ids.next("vol"), ...rootVolume };
  const record: InstanceRecord = {
    instance: {
      InstanceId: wanted.id,
      ImageId: wanted.imageId,
      InstanceType: wanted.instanceType ?? usualType[architecture],
      State: { Code: 16, Name: "running" },
      LaunchTime: launchedAt,
      ...machine(architecture),
      CurrentInstanceBootMode: "uefi",
      BlockDeviceMappings: [attached(volume.VolumeId, launchedAt)],
      MetadataOptions: {
        State: "applied",
        HttpTokens: "required",
        HttpPutResponseHopLimit: 2,
        HttpEndpoint: "enabled",
        HttpProtocolIpv6: "disabled",
        InstanceMetadataTags: "disabled",
      },
      IamInstanceProfile: wanted.profileArn
        ? { Arn: wanted.profileArn, Id: "AIPAREHEARSAL00000000" }
        : undefined,
      KeyName: keyName,
      SecurityGroups: [securityGroup],
      Monitoring: { State: "disabled" },
      EbsOptimized: true,
      Placement: { AvailabilityZone: zoneOf(account), GroupName: "", Tenancy: "default" },
      SubnetId: subnet,
      VpcId: "vpc-0123456789abcdef0",
      PrivateIpAddress: `10.0.0.${10 + ec2.instances.size}`,
      Tags: wanted.tags,
    },
    reservationId: ids.next("r"),
    volumes: new Map([[rootDevice, volume]]),
    reboots: 0,
    changes: [],
  };
  ec2.instances.set(wanted.id, record);
  return record;
}

function attached(volumeId: string, at: Date): InstanceBlockDevice {
  return {
    DeviceName: rootDevice,
    Ebs: { VolumeId: volumeId, AttachTime: at, DeleteOnTermination: true, Status: "attached" },
  };
}

/** Adds an image that Amazon publishes, and gives its id. */
export function addPublicImage(
  account: AccountState,
  daysOld: number,
  architecture: Architecture = "x86_64",
): string {
  const name = `al2023-ami-2023.6.20260101.0-kernel-6.1-${architecture}`;
  return addImage(account, {
    daysOld,
    architecture,
    volumeId: "vol-ffffffff",
    ownerId: amazon,
    ownerAlias: "amazon",
    name,
    description: "Amazon Linux 2023 AMI",
    tags: [],
  });
}

export interface OwnImageWanted {
  name: string;
  daysOld: number;
  source: InstanceRecord;
  tags: Tag[];
}

/** Adds an image that was made of an instance in this account, and gives its id. */
export function addOwnImage(account: AccountState, { source, ...wanted }: OwnImageWanted): string {
  return addImage(account, {
    ...wanted,
    architecture: source.instance.Architecture as Architecture,
    volumeId: source.instance.BlockDeviceMappings[0].Ebs.VolumeId,
    ownerId: account.place.accountId,
    sourceInstanceId: source.instance.InstanceId,
  });
}

interface ImageWanted {
  name: string;
  description?: string;
  daysOld: number;
  architecture: Architecture;
  volumeId: string;
  ownerId: string;
  ownerAlias?: string;
  sourceInstanceId?: string;
  tags: Tag[];
}

function addImage(account: AccountState, wanted: ImageWanted): string {
  const imageId = account.ids.next("ami");
  const image: Image = {
    ImageId: imageId,
    Name: wanted.name,
    Description: wanted.description,
    State: "available",
    CreationDate: daysAgo(account, wanted.daysOld).toISOString(),
    OwnerId: wanted.ownerId,
    ImageOwnerAlias: wanted.ownerAlias,
    ImageLocation: `${wanted.ownerAlias ?? wanted.ownerId}/${wanted.name}`,
    ImageType: "machine",
    Public: wanted.ownerAlias !== undefined,
    SourceInstanceId: wanted.sourceInstanceId,
    ...machine(wanted.architecture),
    BlockDeviceMappings: [imageDevice(addSnapshot(account, imageId, wanted))],
    Tags: wanted.tags,
  };
  account.ec2.addImage(image);
  return imageId;
}

function imageDevice(snapshotId: string): Image["BlockDeviceMappings"][number] {
  const { Size, ...volume } = rootVolume;
  return {
    DeviceName: rootDevice,
    Ebs: { SnapshotId: snapshotId, VolumeSize: Size, ...volume, DeleteOnTermination: true },
  };
}

function addSnapshot(account: AccountState, imageId: string, wanted: ImageWanted): string {
  const snapshotId = account.ids.next("snap");
  account.ec2.addSnapshot({
    SnapshotId: snapshotId,
    VolumeId: wanted.volumeId,
    VolumeSize: rootVolume.Size,
    OwnerId: wanted.ownerId,
    Description: wanted.sourceInstanceId
      ? `Created by CreateImage(${wanted.sourceInstanceId}) for ${imageId}`
      : "",
    Encrypted: false,
    State: "completed",
    Progress: "100%",
    StartTime: daysAgo(account, wanted.daysOld),
    StorageTier: "standard",
    Tags: [...wanted.tags],
  });
  return snapshotId;
}
