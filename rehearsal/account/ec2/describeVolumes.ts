import type { AccountState } from "../state";
import type { InstanceRecord } from "../ec2";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import { type Filter, filtered, filtersShape } from "./filters";
import { page, type PageRequest, pageShapes, refuseSizeWithIds } from "./paging";
import type { InstanceBlockDevice, Volume } from "./shapes";

interface DescribeVolumesRequest extends PageRequest {
  VolumeIds?: string[];
  Filters?: Filter[];
}

const api = "ec2:DescribeVolumes";

export const describeVolumes = operation<DescribeVolumesRequest>({
  api: "DescribeVolumes",
  input: structure({ VolumeIds: list(string()), Filters: filtersShape, ...pageShapes() }),
  demands: () => [{ action: api, resource: "*", context: {} }],
  perform: (account, request) => {
    const { VolumeIds: ids = [], Filters: filters } = request;
    refuseSizeWithIds(ids, request, "volumeSet");
    const volumes = ids.length > 0 ? requireVolumes(account, ids) : allVolumes(account);
    const passed = filtered(api, volumes, filters, {
      "volume-id": ({ VolumeId }) => [VolumeId],
      "attachment.instance-id": ({ Attachments }) => Attachments.map(({ InstanceId }) => InstanceId),
    });
    const limits = { least: 5, most: 1000, capped: true };
    const { items, NextToken } = page(account.ec2, passed, request, limits);
    return { Volumes: items, NextToken };
  },
});

type VolumeAnswer = ReturnType<typeof volumeAnswer>;

function requireVolumes(account: AccountState, volumeIds: string[]): VolumeAnswer[] {
  const malformed = volumeIds.find((id) => !/^vol-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${malformed}) for parameter volumeId is invalid. Expected: 'vol-...'.`,
    );
  }
  const volumes = allVolumes(account);
  const unknown = volumeIds.find((id) => !volumes.some(({ VolumeId }) => VolumeId === id));
  if (unknown !== undefined) {
    throw new AwsError("InvalidVolume.NotFound", `The volume '${unknown}' does not exist.`);
  }
  return volumes.filter(({ VolumeId }) => volumeIds.includes(VolumeId));
}

/** Every volume here is attached to an instance. */
function allVolumes(account: AccountState): VolumeAnswer[] {
  return [...account.ec2.instances.values()].flatMap((record) =>
    record.instance.BlockDeviceMappings.flatMap((device) => {
      const volume = record.volumes.get(device.DeviceName);
      return volume ? [volumeAnswer(account, record, device, volume)] : [];
    }),
  );
}

function volumeAnswer(
  account: AccountState,
  { instance }: InstanceRecord,
  { DeviceName, Ebs }: InstanceBlockDevice,
  volume: Volume,
) {
  return {
    ...volume,
    State: "in-use",
    AvailabilityZone: instance.Placement.AvailabilityZone,
    CreateTime: Ebs.AttachTime,
    SnapshotId: snapshotBehind(account, instance.ImageId, DeviceName),
    MultiAttachEnabled: false,
    Attachments: [
      {
        VolumeId: volume.VolumeId,
        InstanceId: instance.InstanceId,
        Device: DeviceName,
        State: Ebs.Status,
        AttachTime: Ebs.AttachTime,
        DeleteOnTermination: Ebs.DeleteOnTermination,
      },
    ],
  };
}

/** The snapshot that a volume was made of when its instance was launched; empty, as EC2 has it, for other volumes. */
function snapshotBehind({ ec2 }: AccountState, imageId: string, deviceName: string): string {
  const device = ec2
    .image(imageId)
    ?.BlockDeviceMappings.find((candidate) => candidate.DeviceName === deviceName);
  return device?.Ebs.SnapshotId ?? "";
}
