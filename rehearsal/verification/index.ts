import type { AccountState } from "../account/state";
import type { Night, Run } from "../nights/run";
import type { Check } from "./check";
import type { Configured } from "./configured";
import { nothingElseWasDeleted } from "./deletions";
import { eachKeptToItsWork } from "./duties";
import { fleetChecks, wentBackChecks } from "./fleet";
import { verifyNewImage } from "./newImage";
import { toldOf } from "./notices";
import { goldenIsAsItWas, nothingWasImaged } from "./patch";
import { verifyRollBack } from "./rollBack";
import { skippedRightly, unchangedImage } from "./skipping";
import { type Standing, standing } from "./standing";
import { everyStepSucceeded } from "./steps";
import { groupIsOtherwiseAsItWas, groupLaunchesTheSame, othersLaunchTheSame } from "./unchanged";
import { earlierRun, yieldedRightly } from "./yielding";

export { boundChecks } from "./bounds";
export type { Check } from "./check";
export type { Configured } from "./configured";
export { countsOf, type NightCounts } from "./costs";
export { watchDeletions } from "./deletions";
export { tellsSomebody, toldOfMissingSuccess, toldOfNothing } from "./notices";
export { groupIsSafe } from "./safety";
export { type GroupStanding, groupStanding, type Standing, standing } from "./standing";

/**
 * The verification of one night, computed from the account and not from the runs' word, against how every group stood
 * before it: what each of its runs was to make is there; everything else is as it was; nothing was deleted that anybody
 * needs; and every step succeeded. It is about those runbooks that ran, started by the schedule or by a person.
 */
export function verifyNight(
  account: AccountState,
  night: Night,
  configured: Configured,
  before: Standing,
): Check[] {
  const { autoScalingGroupName: groupName } = configured;
  const now = standing(account);
  return [
    ...night.runs.flatMap((run) => runChecks(account, night, run, configured, before)),
    ...(leavesTheGroup(account, night) ? [groupLaunchesTheSame(groupName, before, now)] : []),
    ...fleetChecks(account, groupName, night),
    ...goldenIsAsItWas(account, night, configured),
    groupIsOtherwiseAsItWas(groupName, before, now),
    ...(configured.allowSharedTemplate ? [] : [othersLaunchTheSame(groupName, before, now)]),
    nothingElseWasDeleted(night),
    eachKeptToItsWork(night),
    everyStepSucceeded(night),
    ...toldOf(account, night),
  ];
}

/** The verification of a night whose image is bad, where instances are replaced. */
export function verifyBadNight(
  account: AccountState,
  night: Night,
  { autoScalingGroupName: groupName }: Configured,
  before: Standing,
): Check[] {
  const now = standing(account);
  return [
    ...wentBackChecks(account, groupName, night, before.get(groupName)),
    groupIsOtherwiseAsItWas(groupName, before, now),
    othersLaunchTheSame(groupName, before, now),
    nothingElseWasDeleted(night),
    eachKeptToItsWork(night),
    ...toldOf(account, night),
  ];
}

/** The verification of a night in which the golden instance cannot be patched: nothing comes of it, and a person hears of it. */
export function verifyUnpatchedNight(
  account: AccountState,
  night: Night,
  configured: Configured,
  before: Standing,
): Check[] {
  const now = standing(account);
  const { autoScalingGroupName: groupName } = configured;
  return [
    nothingWasImaged(night),
    ...goldenIsAsItWas(account, night, configured),
    groupLaunchesTheSame(groupName, before, now),
    groupIsOtherwiseAsItWas(groupName, before, now),
    othersLaunchTheSame(groupName, before, now),
    nothingElseWasDeleted(night),
    eachKeptToItsWork(night),
    ...toldOf(account, night),
  ];
}

/** What has to hold of a firing of the watch: it only puts metrics, and its failure is heard. Its measures set off alarms. */
export function verifyWatch(account: AccountState, night: Night): Check[] {
  const succeeded = everyStepSucceeded(night);
  return [eachKeptToItsWork(night), succeeded, ...(succeeded.ok ? [] : toldOf(account, night))];
}

function runChecks(
  account: AccountState,
  night: Night,
  run: Run,
  configured: Configured,
  before: Standing,
): Check[] {
  const earlier = earlierRun(run);
  const was = before.get(configured.autoScalingGroupName);
  if (earlier !== undefined) {
    return [yieldedRightly(account, run, earlier)];
  }
  const unchanged = unchangedImage(run);
  if (unchanged !== undefined) {
    return [skippedRightly(account, run, configured, unchanged)];
  }
  if (run.runbook === "create-image") {
    return verifyNewImage(account, night, run, configured, was);
  }
  return run.runbook === "roll-out" && run.parent === undefined
    ? verifyRollBack(account, run, configured, was)
    : [];
}

/** A run that yields leaves the group to another one. So does a night beside which runs of another night go on. */
function leavesTheGroup({ ssm }: AccountState, { runs, startedAt, endedAt }: Night): boolean {
  const own = runs.map(({ executionId }) => executionId);
  const isBeside = (begin: Date, end?: Date) =>
    begin <= new Date(endedAt) && (end === undefined || end >= new Date(startedAt));
  return (
    runs.every(({ runbook }) => !["create-image", "roll-out"].includes(runbook)) &&
    [...ssm.executions.values()].every(
      ({ AutomationExecutionId: id, ExecutionStartTime: begin, ExecutionEndTime: end }) =>
        own.includes(id) || !isBeside(begin, end),
    )
  );
}
