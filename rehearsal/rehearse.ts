import { Account } from "./account/account";
import { Clock } from "./account/clock";
import { evaluateAlarms } from "./account/cloudwatch/alarms";
import { runProgram } from "./deploy/program";
import { type Deployment, provision } from "./deploy/provision";
import { Provider } from "./deploy/provider";
import { nothingToDeploy } from "./deployedAgain";
import { type Fault, refuseUnknownSteps } from "./faults";
import { furnished } from "./furnished";
import { launchSourceWords } from "./launchSource";
import { documentOf } from "./nights/starting";
import { MessageLog } from "./messages";
import type { Aftermath } from "./report/reporter";
import { rollBack } from "./rollBack";
import { letNightsHappen, type NightsPast, startedRunbooks } from "./scheduledNights";
import type { Rehearsal } from "./stage";
import { hasMishaps, toldAfterwards } from "./told";
import { boundChecks, type Check, type Configured, groupIsSafe, tellsSomebody } from "./verification";

export type { Rehearsal } from "./stage";

/** The whole job: deploy, nights, verification. Whether everything holds. */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  const { stack, from, faults, reporter, record, launchSource = "configuration" } = rehearsal;
  const account = new Account(stack.place, new Clock(from));
  // The program looks the group and the instance up.
  const configured = furnished(account, rehearsal);
  reporter.waiting("The program runs");
  const registered = await runProgram(stack, new Provider(account));
  const deployment = provision(account, registered);
  refuseUnknownSteps(faults, stepsOf(deployment));
  reporter.registered(stack, registered, deployment);
  reporter.begins(configured.autoScalingGroupName, sourceOf(account, configured), launchSource);
  if (!tellsSomebody(account)) {
    reporter.tellsNobody();
  }
  record?.resources(registered);
  const messages = new MessageLog(account.sns);
  evaluateAlarms(account);
  reporter.messages(messages.take());

  const checks: Check[] = [];
  let past: NightsPast;
  try {
    reporter.waiting("Python starts");
    const python = await rehearsal.python;
    const stage = { rehearsal, account, configured, deployment, python, checks, messages };
    past = letNightsHappen(stage);
    if (rehearsal.rollBack) {
      rollBack(stage);
    }
    reporter.waiting("The program runs once more");
    const last = [
      ...(retires(rehearsal, deployment) ? boundChecks(account, configured, past.counts) : []),
      await nothingToDeploy(account, stack, registered),
      ...faults.map(struck),
      ...toldAfterwards(account, rehearsal, past),
    ];
    reporter.verified(last);
    checks.push(...last);
  } finally {
    record?.end(checks, account.snapshotState(), messages.all(), account.autoscaling.fleet);
  }
  const ok = checks.every((check) => check.ok);
  const isTroubled = faults.length > 0 || hasMishaps(rehearsal);
  reporter.end(ok, checks.length, isTroubled ? aftermathOf(account, configured, past) : undefined);
  return ok;
}

function sourceOf({ autoscaling }: Account, { autoScalingGroupName }: Configured): string {
  const group = autoscaling.groups.get(autoScalingGroupName);
  return group === undefined ? "nothing" : launchSourceWords(group);
}

/** The steps of every runbook that is deployed. */
function stepsOf({ ssm }: Deployment): string[] {
  const steps = ssm.documentNames.flatMap((name) => ssm.runbook(name)?.mainSteps ?? []);
  return [...new Set(steps.map(({ name }) => name))];
}

/** Whether the nights retire what they made at all. */
function retires(rehearsal: Rehearsal, deployment: Deployment): boolean {
  return startedRunbooks(rehearsal, deployment).some((runbook) => {
    const steps = deployment.ssm.runbook(documentOf(deployment, runbook))?.mainSteps ?? [];
    return runbook === "retire" || steps.some(({ name }) => name === "retire");
  });
}

function aftermathOf(
  account: Account,
  { autoScalingGroupName: groupName }: Configured,
  { counts, failed }: NightsPast,
): Aftermath {
  const safety = groupIsSafe(account, groupName);
  return { groupName, safety, nights: counts.length, failedNights: failed };
}

function struck(fault: Fault): Check {
  return {
    check: `the fault ${fault.text} happened`,
    ok: fault.happened,
    detail: fault.happened ? "it did" : "no call that it means was made",
  };
}
