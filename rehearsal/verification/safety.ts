import type { Account } from "../account/account";
import { launches, launchName, type Launch } from "../launches";

/** Whether a group launches only images that are available, by what the account itself says. */
export interface Safety {
  safe: boolean;
  detail: string;
}

export function safetyOf(account: Account, groupName: string): Safety {
  const group = account.autoscaling.groups.get(groupName);
  const launched = group === undefined ? "there is no such group" : launches(account, group);
  if (typeof launched === "string") {
    return { safe: false, detail: launched };
  }
  const faults = launched.flatMap((launch) => faultsOf(account, launch));
  const images = [...new Set(launched.map(({ imageId }) => imageId))].join(", ");
  return { safe: faults.length === 0, detail: faults.join("; ") || images };
}

function faultsOf({ ec2 }: Account, launch: Launch): string[] {
  const { imageId = "none", blockDevices = [] } = launch;
  const image = ec2.image(imageId);
  if (image?.State !== "available") {
    return [`${launchName(launch)} is launched from ${imageId}, which is ${image?.State ?? "gone"}`];
  }
  return [...image.BlockDeviceMappings, ...blockDevices]
    .flatMap(({ Ebs }) => Ebs?.SnapshotId ?? [])
    .filter((id) => ec2.snapshot(id) === undefined)
    .map((id) => `${launchName(launch)} is launched from ${imageId} with snapshot ${id}, which is gone`);
}
