import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Registered } from "../../rehearsal/deploy/program";
import { failureSentence } from "../../rehearsal/automation/failure";
import type { Start } from "../../rehearsal/nights";
import { addAlarm } from "./alarm";
import { sharedPython } from "./python";
import { GOLDEN, GROUP, group, type Refreshed, refresh, START, type Wanted } from "./refresh";
import { actionsOf, statementsOf, withoutAction } from "./registered";

/*
 * Every action of the roles of a roll-out that replaces instances is needed: without it one of these histories ends otherwise. They
 * are tried in this order, and most actions are missed in the first.
 */

/** The policies, with the runbooks for whose roles they are. */
const POLICIES: Record<string, string> = {
  "web-roll-out-policy": "roll-out",
  "web-prepare-policy": "prepare",
  "web-refresh-policy": "refresh",
  "web-roll-out-pause-policy": "roll-out",
};

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

/** Somebody lets the group follow another version while a refresh of that night is on its way: AWS cannot roll that back. */
function withNoWayBack(night: number): Wanted["after"] {
  return (step, account, run) => {
    if (step.name === "startRefresh" && run.night === night) {
      Object.assign(group(account).LaunchTemplate ?? {}, { Version: "$Latest" });
    }
  };
}

const HISTORIES: Wanted[] = [
  { starts: [START, byHand(30)], world: encrypt },
  { after: bad },
  { args: { instanceRefresh: { timeout: 300 } } },
  { faults: ["run-cancelled:waitForRefresh"] },
  { starts: [START, later(24), byHand(24 + during, { StopRefresh: ["true"] })] },
  { starts: [START, later(24), byHand(30)], faults: ["run-cancelled:360s@3"] },
  { starts: [START, later(24), byHand(24 + during, { StopRefresh: ["true"] })], after: withNoWayBack(2) },
  { args: { instanceRefresh: { timeout: 300 } }, after: withNoWayBack(1) },
  { account: (account) => Object.assign(group(account), { Instances: [], DesiredCapacity: 0, MinSize: 0 }) },
  { faults: ["autoscaling:StartInstanceRefresh:error"] },
  { faults: ["ssm:StartAutomationExecution:error@1.3"] },
  { faults: ["ec2:CreateLaunchTemplateVersion:error-after"] },
  { args: { instanceRefresh: { alarms: ["errors"] } }, account: addAlarm },
];

/** How it all ended, and what the runs say of it. */
function endOf({ account, nights }: Refreshed): string {
  return JSON.stringify([
    nights.flatMap(({ runs }) =>
      runs.map(({ runbook, status, failureMessage = "", steps }) => [
        runbook,
        status,
        failureSentence(failureMessage),
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
      const usual: History[] = [];
      for (const wanted of HISTORIES) {
        const found = await live(launchSource, wanted);
        usual.push({ wanted, end: endOf(found), called: callsOf(found) });
      }
      let resources: Registered[] = [];
      const last = HISTORIES[HISTORIES.length - 1];
      await live(launchSource, last, (registered) => (resources = structuredClone(registered)));
      const unmissed: string[] = [];
      for (const policy of Object.keys(POLICIES)) {
        for (const action of new Set(statementsOf(resources, policy).flatMap(actionsOf))) {
          if (!(await isMissed(launchSource, usual, policy, action))) {
            unmissed.push(`${action} of ${policy}`);
          }
        }
      }
      expect(unmissed).to.deep.equal([]);
    });
  }
});

interface History {
  wanted: Wanted;
  /** How it ends with every action. */
  end: string;
  /** Each API that a runbook called: `refresh ec2:DescribeImages`. */
  called: Set<string>;
}

function callsOf({ runs }: Refreshed): Set<string> {
  return new Set(
    runs.flatMap(({ runbook, calls }) => calls.map(({ service, api }) => `${runbook} ${service}:${api}`)),
  );
}

async function isMissed(
  launchSource: SourceKind,
  usual: History[],
  policy: string,
  action: string,
): Promise<boolean> {
  const call = `${POLICIES[policy]} ${action}`;
  const calling = usual.filter(({ called }) => called.has(call));
  // What nobody calls is asked for in another call.
  for (const { wanted, end } of calling.length > 0 ? [...calling, ...usual] : usual) {
    if (endOf(await live(launchSource, wanted, withoutAction(policy, action))) !== end) {
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
