import type { Account } from "../account/account";
import type { Night, Run } from "../nights/run";
import type { Check } from "./check";
import type { Configured } from "./configured";
import { configurationChecks } from "./configuration";
import { nothingElseWasDeleted } from "./deletions";
import { imageIsAvailable, imageOf } from "./image";
import { launchesTheImagesOf } from "./rollBack";
import { type GroupStanding, groupStanding, type Standing, standing } from "./standing";
import { templateChecks } from "./templates";
import { groupIsOtherwiseAsItWas, othersLaunchTheSame } from "./unchanged";

export { boundChecks, countsOf, type NightCounts } from "./bounds";
export type { Check } from "./check";
export type { Configured } from "./configured";
export { watchDeletions } from "./deletions";
export { launchesOtherImages } from "./rollBack";
export { type Safety, safetyOf } from "./safety";
export { type GroupStanding, groupStanding, type Standing, standing } from "./standing";

/** The runbooks that make an image and have it rolled out. */
const MAKING_IMAGES = ["create-image", "runbook"];

/**
 * The verification of one night, computed from the account and not from the runs' word, against how every group stood
 * before it: the image `<instance>_<date>` exists; the group launches it, through the launch configuration
 * `<prefix>_<date>` or through its launch templates; everything else is as it was; nothing was deleted that anybody needs;
 * and every step succeeded. A night without a run that makes an image leaves what the group launches as it was.
 */
export function verifyNight(
  account: Account,
  night: Night,
  configured: Configured,
  before: Standing,
): Check[] {
  return [
    ...launchChecks(account, night, configured, before),
    ...remainingChecks(account, night, configured, before),
  ];
}

/** What a person rolls out by hand is that person's choice. */
function launchChecks(account: Account, night: Night, configured: Configured, before: Standing): Check[] {
  const ran = night.runs.map(({ runbook }) => runbook);
  const { autoScalingGroupName: groupName } = configured;
  if (ran.some((runbook) => MAKING_IMAGES.includes(runbook))) {
    return imageChecks(account, night, configured, before);
  }
  const check = `group ${groupName} launches the same image as before`;
  const now = groupStanding(account, groupName);
  return ran.includes("roll-out") ? [] : [launchesTheImagesOf(check, before.get(groupName), now)];
}

/** The verification of a roll-back: the group launches what it launched before the last roll-out. */
export function verifyRollBack(
  account: Account,
  night: Night,
  configured: Configured,
  before: Standing,
  wanted: GroupStanding | undefined,
): Check[] {
  const { autoScalingGroupName: groupName } = configured;
  return [
    launchesTheImagesOf(
      `group ${groupName} launches the image before`,
      wanted,
      groupStanding(account, groupName),
    ),
    ...remainingChecks(account, night, configured, before),
  ];
}

function imageChecks(account: Account, night: Night, configured: Configured, before: Standing): Check[] {
  const { instanceId, autoScalingGroupName: groupName, prefix } = configured;
  const image = imageOf(account, night, instanceId);
  const suffix = image?.Name.slice(instanceId.length + 1) ?? night.startedAt.slice(0, 10);
  const was = before.get(groupName);
  return [
    imageIsAvailable(image, `${instanceId}_${suffix}`),
    ...(was === undefined || was.references.length === 0
      ? configurationChecks(account, image, `${prefix}_${suffix}`, configured, was)
      : templateChecks(account, image, configured, was, groupStanding(account, groupName))),
  ];
}

function remainingChecks(account: Account, night: Night, configured: Configured, before: Standing): Check[] {
  const { autoScalingGroupName: groupName } = configured;
  const now = standing(account);
  return [
    groupIsOtherwiseAsItWas(groupName, before, now),
    ...(configured.allowSharedTemplate ? [] : [othersLaunchTheSame(groupName, before, now)]),
    nothingElseWasDeleted(night),
    everyStepSucceeded(night),
  ];
}

function everyStepSucceeded({ runs }: Night): Check {
  const faults = runs.filter((run) => failedSteps(run).length > 0 || run.status !== "Success");
  const ok = faults.length === 0 && runs.length > 0 && runs.every(({ steps }) => steps.length > 0);
  const detail = ok
    ? stepsOf(runs)
    : (faults.length > 0 ? faults : runs).map(faultOf).join("; ") || "nothing was started";
  return { check: "every step succeeded", ok, detail };
}

function failedSteps({ steps }: Run): string[] {
  return steps.filter(({ status }) => status !== "Success").map(({ name }) => name);
}

function stepsOf(runs: Run[]): string {
  return runs
    .map(({ steps, executionId, runbook }) =>
      runs.length === 1
        ? `${steps.length} steps of execution ${executionId}`
        : `${steps.length} of ${runbook}`,
    )
    .join(", ");
}

function faultOf(run: Run): string {
  const failed = failedSteps(run);
  const names = failed.length > 0 ? `, ${failed.join(", ")} failed` : "";
  return `the run${run.runbook === "runbook" ? "" : ` of ${run.runbook}`} is ${run.status}${names}`;
}
