import type { AccountState } from "../state";
import type { InstanceRecord } from "../ec2";
import { AwsError } from "../errors";
import { type Demand, operation } from "../operation";
import { boolean, list, string, structure } from "../parameters";
import { instanceResource, newResource } from "./resources";
import { requireInstances } from "./instances";
import type { Image, ImageBlockDevice, InstanceBlockDevice, Snapshot, Volume } from "./shapes";
import {
  checkTagSpecifications,
  tagContext,
  tagsFor,
  type TagSpecification,
  tagSpecificationsShape,
} from "./tagSpecifications";

interface CreateImageRequest {
  InstanceId: string;
  Name: string;
  Description?: string;
  NoReboot?: boolean;
  TagSpecifications?: TagSpecification[];
  BlockDeviceMappings?: { DeviceName?: string; NoDevice?: string }[];
}

/** What CreateImage makes and can tag. */
const made = ["image", "snapshot"] as const;

export const createImage = operation<CreateImageRequest>({
  api: "CreateImage",
  input: structure(
    {
      InstanceId: string(),
      Name: string({ min: 3 }),
      Description: string({ min: 0 }),
      NoReboot: boolean(),
      BlockDeviceMappings: list(structure({ DeviceName: string(), NoDevice: string() })),
      TagSpecifications: tagSpecificationsShape,
    },
    ["InstanceId", "Name"],
  ),
  demands: (account, request) => [
    { action: "ec2:CreateImage", ...instanceResource(account, request.InstanceId) },
    ...made.flatMap((kind) => demandsToMake(account, kind, request)),
  ],
  perform: (account, request) => {
    checkName(request.Name);
    checkDescription(request.Description);
    checkTagSpecifications(request.TagSpecifications, made);
    const [source] = requireInstances(account, [request.InstanceId]);
    checkState(source);
    checkNameIsFree(account, request.Name);
    return { ImageId: makeImage(account, source, request) };
  },
});

/** The image and its snapshots are resources of the call, and their tags need a permission of their own. */
function demandsToMake(
  account: AccountState,
  kind: (typeof made)[number],
  request: CreateImageRequest,
): Demand[] {
  const resource = newResource(account.place, kind);
  const tags = tagsFor(kind, request.TagSpecifications);
  const demand = { action: "ec2:CreateImage", resource, context: tagContext(tags) };
  const toTag = {
    action: "ec2:CreateTags",
    resource,
    context: { ...tagContext(tags), "ec2:CreateAction": "CreateImage" },
  };
  return tags.length > 0 ? [demand, toTag] : [demand];
}

/** A name that is too short never gets here: boto3 does not send it. */
function checkName(name: string): void {
  if (!/^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/.test(name)) {
    throw new AwsError(
      "InvalidAMIName.Malformed",
      "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'",
    );
  }
}

function checkDescription(description = ""): void {
  if (description.length > 255) {
    throw new AwsError(
      "InvalidParameterValue",
      "Value for parameter description is invalid. It may have at most 255 characters.",
    );
  }
}

function checkState({ instance: { InstanceId: id, State: state } }: InstanceRecord): void {
  if (!["running", "stopping", "stopped"].includes(state.Name)) {
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid value '${id}' for instanceId. Instance is not in state 'running' or 'stopping' or 'stopped'`,
    );
  }
}

/** The name is taken from the moment of the call, long before the image can be found. */
function checkNameIsFree(account: AccountState, name: string): void {
  const holder = account.ec2.imagesNamed(name).find(({ OwnerId }) => OwnerId === account.place.accountId);
  if (holder) {
    throw new AwsError(
      "InvalidAMIName.Duplicate",
      `AMI name ${name} is already in use by AMI ${holder.ImageId}`,
    );
  }
}

/** Makes the image with a snapshot of each volume, and gives its id. */
function makeImage(account: AccountState, source: InstanceRecord, request: CreateImageRequest): string {
  const { ec2, clock, ids } = account;
  const imageId = ids.next("ami");
  const excluded = request.BlockDeviceMappings?.map(({ DeviceName: name }) => name) ?? [];
  const mapped = source.instance.BlockDeviceMappings.filter(
    ({ DeviceName: name }) => !excluded.includes(name),
  );
  checkExcluded(source, excluded);
  const gibibytes = mapped.reduce(
    (sum, { DeviceName: name }) => sum + (source.volumes.get(name)?.Size ?? 0),
    0,
  );
  const readyAt = secondsLater(clock.now(), ec2.secondsToImage(gibibytes));
  const devices = mapped.map((device) => {
    // Instances hold a volume for every device that they name.
    const volume = source.volumes.get(device.DeviceName) as Volume;
    const snapshot = snapshotOf(account, volume, imageId, request);
    ec2.addSnapshot(snapshot, readyAt);
    return imageDevice(device, volume, snapshot);
  });
  const visibleAt = secondsLater(clock.now(), ec2.visibleAfterSeconds);
  ec2.addImage(imageOf(account, imageId, source, devices, request), readyAt, visibleAt);
  if (request.NoReboot !== true && source.instance.State.Name === "running") {
    source.reboots += 1;
  }
  return imageId;
}

/** The root cannot be left out, and of other devices EC2 has nothing to leave out. */
function checkExcluded({ instance }: InstanceRecord, excluded: (string | undefined)[]): void {
  const wrong = excluded.find(
    (one) =>
      one === instance.RootDeviceName ||
      instance.BlockDeviceMappings.every(({ DeviceName: name }) => name !== one),
  );
  if (wrong !== undefined) {
    throw new AwsError("InvalidBlockDeviceMapping", `The device '${wrong}' cannot be suppressed.`);
  }
}

function snapshotOf(
  account: AccountState,
  volume: Volume,
  imageId: string,
  request: CreateImageRequest,
): Snapshot {
  const failed = account.ec2.imageFailure !== undefined;
  return {
    SnapshotId: account.ids.next("snap"),
    VolumeId: volume.VolumeId,
    VolumeSize: volume.Size,
    OwnerId: account.place.accountId,
    Description: `Created by CreateImage(${request.InstanceId}) for ${imageId}`,
    Encrypted: volume.Encrypted,
    KmsKeyId: volume.KmsKeyId,
    State: failed ? "error" : "completed",
    Progress: failed ? "0%" : "100%",
    StartTime: account.clock.now(),
    StorageTier: "standard",
    Tags: tagsFor("snapshot", request.TagSpecifications),
  };
}

function imageDevice(device: InstanceBlockDevice, volume: Volume, snapshot: Snapshot): ImageBlockDevice {
  return {
    DeviceName: device.DeviceName,
    Ebs: {
      SnapshotId: snapshot.SnapshotId,
      VolumeSize: volume.Size,
      VolumeType: volume.VolumeType,
      Encrypted: volume.Encrypted,
      DeleteOnTermination: device.Ebs.DeleteOnTermination,
      Iops: volume.Iops,
      Throughput: volume.Throughput,
    },
  };
}

function imageOf(
  account: AccountState,
  imageId: string,
  { instance }: InstanceRecord,
  devices: ImageBlockDevice[],
  request: CreateImageRequest,
): Image {
  const { accountId } = account.place;
  const failure = account.ec2.imageFailure;
  return {
    ImageId: imageId,
    Name: request.Name,
    Description: request.Description,
    State: failure ? "failed" : "available",
    StateReason: failure,
    CreationDate: account.clock.now().toISOString(),
    OwnerId: accountId,
    ImageLocation: `${accountId}/${request.Name}`,
    ImageType: "machine",
    Public: false,
    SourceInstanceId: instance.InstanceId,
    Architecture: instance.Architecture,
    VirtualizationType: instance.VirtualizationType,
    Hypervisor: instance.Hypervisor,
    EnaSupport: instance.EnaSupport,
    BootMode: instance.BootMode,
    PlatformDetails: instance.PlatformDetails,
    UsageOperation: instance.UsageOperation,
    RootDeviceType: instance.RootDeviceType,
    RootDeviceName: instance.RootDeviceName,
    BlockDeviceMappings: devices,
    Tags: tagsFor("image", request.TagSpecifications),
  };
}

function secondsLater(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}
