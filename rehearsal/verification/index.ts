import type { AccountState } from "../account/state";
import type { Night } from "../nights";
import type { Check } from "./check";
import type { Configured } from "./configured";
import { configurationChecks } from "./configuration";
import { nothingElseWasDeleted } from "./deletions";
import { imageIsAvailable, imageOf } from "./image";
import { type Standing, standing } from "./standing";
import { templateChecks } from "./templates";
import { groupIsOtherwiseAsItWas, othersLaunchTheSame } from "./unchanged";

export { boundChecks, countsOf, type NightCounts } from "./bounds";
export type { Check } from "./check";
export type { Configured } from "./configured";
export { watchDeletions } from "./deletions";
export { type Standing, standing } from "./standing";

/**
 * The verification of one night, computed from the account and not from the run's word, against how every group stood
 * before it: the image `<instance>_<date>` exists; the group launches it, through the launch configuration
 * `<prefix>_<date>` or through its launch templates; everything else is as it was; nothing was deleted that anybody needs;
 * and every step succeeded.
 */
export function verifyNight(
  account: AccountState,
  night: Night,
  configured: Configured,
  before: Standing,
): Check[] {
  const { instanceId, autoScalingGroupName: groupName, prefix } = configured;
  const image = imageOf(account, night, instanceId);
  const suffix = image?.Name.slice(instanceId.length + 1) ?? night.startedAt.slice(0, 10);
  const now = standing(account);
  const was = before.get(groupName);
  return [
    imageIsAvailable(image, `${instanceId}_${suffix}`),
    ...(was === undefined || was.references.length === 0
      ? configurationChecks(account, image, `${prefix}_${suffix}`, configured, was)
      : templateChecks(account, image, configured, was, now.get(groupName))),
    groupIsOtherwiseAsItWas(groupName, before, now),
    ...(configured.allowSharedTemplate ? [] : [othersLaunchTheSame(groupName, before, now)]),
    nothingElseWasDeleted(night),
    everyStepSucceeded(night),
  ];
}

function everyStepSucceeded(night: Night): Check {
  const failed = night.steps.filter(({ status }) => status !== "Success");
  const ok = night.status === "Success" && failed.length === 0 && night.steps.length > 0;
  const detail = ok
    ? `${night.steps.length} steps of execution ${night.executionId}`
    : `the run is ${night.status}${failed.length > 0 ? `, ${failed.map(({ name }) => name).join(", ")} failed` : ""}`;
  return { check: "every step succeeded", ok, detail };
}
