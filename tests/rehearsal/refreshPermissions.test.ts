import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Registered } from "../../rehearsal/deploy/program";
import type { Start } from "../../rehearsal/nights";
import { sharedPython } from "./python";
import { GOLDEN, GROUP, group, type Refreshed, refresh, START, type Wanted } from "./refresh";
import { actionsOf, statementsOf, withoutAction } from "./registered";

/*
 * Every action of the roles of a roll-out that replaces instances is needed: without it one of these histories ends otherwise. They
 * are tried in this order, and most actions are missed in the first.
 */

const POLICIES = [
  "web-roll-out-policy",
  "web-prepare-policy",
  "web-refresh-policy",
  "web-roll-out-pause-policy",
];

const later = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);
const byHand = (hours: number, parameters: Record<string, string[]> = {}): Start => ({
  at: later(hours),
  byHand: [{ runbook: "roll-out", parameters: { ImageId: ["previous"], ...parameters } }],
});
const bad: Wanted["after"] = (step, { ec2 }) => {
  if (step.name === "createImage") {
    ec2.badImages.add(String(step.outputs.ImageId));
  }
};
const during = 15 / 60;

/** Somebody lets the group follow another version while a refresh is on its way: AWS cannot roll that back. */
const withNoWayBack: Wanted["after"] = (step, account) => {
  if (step.name === "startRefresh") {
    Object.assign(group(account).LaunchTemplate ?? {}, { Version: "$Latest" });
  }
};

const HISTORIES: Wanted[] = [
  { starts: [START, byHand(30)], world: encrypt },
  { after: bad },
  { args: { instanceRefresh: { timeout: 300 } } },
  { faults: ["run-cancelled:waitForRefresh"] },
  { starts: [START, later(24), byHand(24 + during, { StopRefresh: ["true"] })] },
  { starts: [START, later(24), byHand(30)], faults: ["run-cancelled:360s@3"] },
  { starts: [START, later(24), byHand(24 + during, { StopRefresh: ["true"] })], after: withNoWayBack },
  { args: { instanceRefresh: { timeout: 300 } }, after: withNoWayBack },
  { account: (account) => Object.assign(group(account), { Instances: [], DesiredCapacity: 0, MinSize: 0 }) },
  { faults: ["autoscaling:StartInstanceRefresh:error"] },
  { faults: ["ssm:StartAutomationExecution:error@1.3"] },
  { faults: ["ec2:CreateLaunchTemplateVersion:error-after"] },
  { args: { instanceRefresh: { alarms: ["errors"] } }, account: addAlarm },
];

/** How it all ended. */
function endOf({ account, nights }: Refreshed): string {
  return JSON.stringify([
    nights.flatMap(({ runs }) =>
      runs.map(({ runbook, status, steps }) => [
        runbook,
        status,
        steps.map(({ name, status }) => [name, status]),
      ]),
    ),
    account.autoscaling.groups.get(GROUP)?.LaunchConfigurationName,
    (account.autoscaling.instanceRefreshes.get(GROUP) ?? []).map(({ Status }) => Status),
    [...account.ec2.launchTemplates.values()].map(({ versions }) => versions.size),
    [...account.eventBus.schedules.values()].map(({ enabled }) => enabled),
  ]);
}

function live(launchSource: SourceKind, wanted: Wanted, registered?: (resources: Registered[]) => void) {
  return refresh({ ...wanted, registered, launchSource, args: { instanceRefresh: {}, ...wanted.args } });
}

describe("every action of a roll-out that replaces instances is needed", () => {
  before(() => sharedPython());

  for (const launchSource of [
    "configuration",
    "template",
    "template-default",
    "template-latest",
  ] as SourceKind[]) {
    it(`of a group on ${launchSource}`, async () => {
      const usual: string[] = [];
      for (const wanted of HISTORIES) {
        usual.push(endOf(await live(launchSource, wanted)));
      }
      let resources: Registered[] = [];
      await live(
        launchSource,
        HISTORIES[HISTORIES.length - 1],
        (registered) => (resources = structuredClone(registered)),
      );
      const unmissed: string[] = [];
      for (const policy of POLICIES) {
        const actions = new Set(statementsOf(resources, policy).flatMap(actionsOf));
        for (const action of actions) {
          if (!(await isMissed(launchSource, usual, policy, action))) {
            unmissed.push(`${action} of ${policy}`);
          }
        }
      }
      expect(unmissed).to.deep.equal([]);
    });
  }
});

async function isMissed(
  launchSource: SourceKind,
  usual: string[],
  policy: string,
  action: string,
): Promise<boolean> {
  for (const [index, wanted] of HISTORIES.entries()) {
    if (endOf(await live(launchSource, wanted, withoutAction(policy, action))) !== usual[index]) {
      return true;
    }
  }
  return false;
}

/** Whose keys they are is looked up only where an image has encrypted volumes. */
function encrypt({ ec2, kms }: Account): void {
  const { Arn } = kms.addKey("AWS");
  ec2.instances
    .get(GOLDEN)
    ?.volumes.forEach((volume) => Object.assign(volume, { Encrypted: true, KmsKeyId: Arn }));
}

function addAlarm({ cloudwatch, place: { partition, region, accountId } }: Account): void {
  cloudwatch.alarms.push({
    name: "errors",
    arn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:errors`,
    description: "Too many errors",
    metric: { namespace: "web", name: "errors", dimensions: {} },
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold: 0,
    periodSeconds: 60,
    periods: 1,
    missing: "ignore",
    actionsEnabled: false,
    alarmActions: [],
    okActions: [],
    state: "OK",
    hasBeenOk: true,
  });
}
