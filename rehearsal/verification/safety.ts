import type { AccountState } from "../account/state";
import { type Launch, launches, launchName } from "../launches";
import { type Check, faultless } from "./check";

/** Whether whatever a group launches now exists and is complete, by what the account itself says. */
export function groupIsSafe(account: AccountState, groupName: string): Check {
  const check = `group ${groupName} launches only images that are available`;
  const group = account.autoscaling.groups.get(groupName);
  const launched = group === undefined ? "there is no such group" : launches(account, group);
  if (typeof launched === "string") {
    return { check, ok: false, detail: launched };
  }
  const images = new Set(launched.map(({ imageId }) => imageId));
  return faultless(
    check,
    launched.flatMap((launch) => faultsOf(account, launch)),
    [...images].join(", "),
  );
}

function faultsOf({ ec2 }: AccountState, launch: Launch): string[] {
  const { imageId = "none", blockDevices = [] } = launch;
  const image = ec2.image(imageId);
  const says = `${launchName(launch)} is launched from ${imageId}`;
  if (image?.State !== "available") {
    return [`${says}, which is ${image?.State ?? "gone"}`];
  }
  return [...image.BlockDeviceMappings, ...blockDevices]
    .flatMap(({ Ebs }) => Ebs?.SnapshotId ?? [])
    .filter((id) => ec2.snapshot(id) === undefined)
    .map((id) => `${says} with snapshot ${id}, which is gone`);
}
