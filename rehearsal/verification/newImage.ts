import type { AccountState } from "../account/state";
import type { Night, Run } from "../nights/run";
import type { Check } from "./check";
import { configurationChecks } from "./configuration";
import type { Configured } from "./configured";
import { imageIsAvailable, imageOf } from "./image";
import { groupStanding, type GroupStanding } from "./standing";
import { tagChecks } from "./tags";
import { templateChecks } from "./templates";

/**
 * The verification of a run of create-image, with the roll-out that it started: the image `<instance>_<date>` exists; the
 * group launches it, through the launch configuration `<prefix>_<date>` or through its launch templates; and the image says
 * when it was rolled out and what the group launched before.
 */
export function verifyNewImage(
  account: AccountState,
  night: Night,
  run: Run,
  configured: Configured,
  before: GroupStanding | undefined,
): Check[] {
  const { instanceId, autoScalingGroupName: groupName, prefix } = configured;
  const image = imageOf(account, run, instanceId);
  const suffix = image?.Name.slice(instanceId.length + 1) ?? run.startedAt.slice(0, 10);
  const now = groupStanding(account, groupName);
  const rollOut = night.runs.find(
    ({ runbook, parent }) => runbook === "roll-out" && parent !== undefined && parent === run.executionId,
  );
  return [
    imageIsAvailable(image, `${instanceId}_${suffix}`),
    ...(before === undefined || before.references.length === 0
      ? configurationChecks(account, image, `${prefix}_${suffix}`, configured, before)
      : templateChecks(account, image, configured, before, now)),
    ...(image ? tagChecks(image, rollOut ?? run, before, now) : []),
  ];
}
