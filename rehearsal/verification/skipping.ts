import type { AccountState } from "../account/state";
import type { Run } from "../nights/run";
import { isChange } from "./calls";
import { type Check, faultless } from "./check";
import type { Configured } from "./configured";
import { groupStanding, launchedImages } from "./standing";

/** The image of which a run says that the golden instance has not changed since. */
export function unchangedImage({ outputs, status }: Run): string | undefined {
  const id = outputs["report.Unchanged"];
  return status === "Success" && typeof id === "string" && id !== "none" ? id : undefined;
}

/** A run that finds nothing changed makes nothing, and the account says the same: the instance lay still, and its volumes did. */
export function skippedRightly(
  account: AccountState,
  run: Run,
  { instanceId, autoScalingGroupName }: Configured,
  imageId: string,
): Check {
  const golden = account.ec2.instances.get(instanceId)?.instance;
  const image = account.ec2.image(imageId);
  const made = new Date(image?.CreationDate ?? 0);
  const volumes = golden?.BlockDeviceMappings.map(({ Ebs }) => Ebs) ?? [];
  return faultless(
    "the run found nothing changed and made nothing",
    [
      ...(launchedImages(groupStanding(account, autoScalingGroupName)).includes(imageId)
        ? []
        : [`the group does not launch ${imageId}`]),
      ...(golden?.State.Name === "stopped" && golden.LaunchTime < made
        ? []
        : [`${instanceId} has run since ${imageId} was made`]),
      ...volumes.filter(({ AttachTime }) => AttachTime >= made).map(({ VolumeId }) => `${VolumeId} is new`),
      ...run.calls.filter(isChange).map(({ api }) => `it called ${api}`),
    ],
    `${imageId} is what the golden instance is`,
  );
}
