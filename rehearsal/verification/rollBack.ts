import type { AccountState } from "../account/state";
import type { Image } from "../account/ec2/shapes";
import type { Run } from "../nights/run";
import type { Check } from "./check";
import { rollBackConfigurationChecks } from "./configuration";
import type { Configured } from "./configured";
import { isOurImage } from "./ours";
import { groupStanding, type GroupStanding } from "./standing";
import { tagChecks } from "./tags";
import { templateChecks } from "./templates";

/**
 * The verification of a roll-out that a person started, against how the group stood before: it launches the image that was
 * asked for, or for `previous` the first that the image before says was launched before it.
 */
export function verifyRollBack(
  account: AccountState,
  run: Run,
  configured: Configured,
  before: GroupStanding | undefined,
): Check[] {
  const { autoScalingGroupName: groupName } = configured;
  const asked = account.ssm.executions.get(run.executionId ?? "")?.Parameters.ImageId?.at(0) ?? "none";
  const image = account.ec2.image(asked === "previous" ? (before?.before[0] ?? "none") : asked);
  const now = groupStanding(account, groupName);
  return [
    imageIsThere(image, asked),
    ...(before === undefined || before.references.length === 0
      ? rollBackConfigurationChecks(account, image, configured, before, run.startedAt)
      : templateChecks(account, image, configured, before, now)),
    // An image that people made is left as it is.
    ...(image && isOurImage(account, configured, image) ? tagChecks(image, run, before, now) : []),
  ];
}

function imageIsThere(image: Image | undefined, asked: string): Check {
  const check = asked === "previous" ? "the previous image is available" : `image ${asked} is available`;
  return image === undefined
    ? { check, ok: false, detail: "there is none" }
    : { check, ok: image.State === "available", detail: `${image.ImageId} is ${image.State}` };
}
