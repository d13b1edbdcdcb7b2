import { decide } from "../authorization";
import { AwsError } from "../errors";
import type { Principal } from "../iam";
import { operation } from "../operation";
import { boolean, string, structure } from "../parameters";
import type { AccountState } from "../state";
import { findImageUsing } from "./deleteSnapshot";
import { requireOwnImage } from "./describeImages";
import { imageResource, snapshotResource } from "./resources";
import type { Image } from "./shapes";

interface DeregisterImageRequest {
  ImageId: string;
  DeleteAssociatedSnapshots?: boolean;
}

const api = "DeregisterImage";

/** EC2 does not ask whether anything still refers to the image: that is what makes clean-up dangerous. */
export const deregisterImage = operation<DeregisterImageRequest>({
  api,
  input: structure({ ImageId: string(), DeleteAssociatedSnapshots: boolean() }, ["ImageId"]),
  demands: (account, { ImageId }) => [{ action: `ec2:${api}`, ...imageResource(account, ImageId) }],
  perform: (account, { ImageId: imageId, DeleteAssociatedSnapshots: withSnapshots }, caller) => {
    const image = requireOwnImage(account, imageId);
    checkProtection(image);
    if (image.State === "disabled" && account.ec2.keepsDisabledImages) {
      throw notPermitted(`The image '${imageId}' is disabled.`);
    }
    account.ec2.removeImage(imageId);
    return withSnapshots
      ? { Return: true, DeleteSnapshotResults: deleteSnapshots(account, image, caller) }
      : { Return: true };
  },
});

function checkProtection({ ImageId, DeregistrationProtection: protection = "disabled" }: Image): void {
  if (protection !== "disabled") {
    throw notPermitted(`The image '${ImageId}' is protected against deregistration (${protection}).`);
  }
}

/** Deletes what the image was made of. The image is gone, whatever becomes of its snapshots: each has its own result. */
function deleteSnapshots(
  account: AccountState,
  { BlockDeviceMappings: devices }: Image,
  caller: Principal,
): object[] {
  const snapshotIds = new Set(devices.map(({ Ebs }) => Ebs.SnapshotId));
  return Array.from(snapshotIds, (SnapshotId) => ({
    SnapshotId,
    ReturnCode: deleteSnapshot(account, SnapshotId, caller),
  }));
}

/** What it answers to a snapshot that is gone AWS does not say. */
function deleteSnapshot(account: AccountState, snapshotId: string, caller: Principal): string {
  const { ec2, place } = account;
  if (findImageUsing(account, snapshotId) !== undefined) {
    return "skipped";
  }
  const demand = { action: "ec2:DeleteSnapshot", ...snapshotResource(account, snapshotId) };
  if (decide(place, caller, demand) !== "allowed") {
    return "missing-permissions";
  }
  if (ec2.snapshot(snapshotId)?.OwnerId !== place.accountId) {
    return "client-error";
  }
  if (ec2.snapshotDeletionFailure !== undefined) {
    return ec2.snapshotDeletionFailure;
  }
  ec2.removeSnapshot(snapshotId);
  return "success";
}

/** The code is documented, the words are not known. */
function notPermitted(message: string): AwsError {
  return new AwsError("OperationNotPermitted", message);
}
