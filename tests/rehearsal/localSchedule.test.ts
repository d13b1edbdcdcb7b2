import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { Start } from "../../rehearsal/nights";
import { sharedPython } from "./python";
import { broken, refresh, type Refreshed, runsOf, sentence, START, type Wanted } from "./refresh";
import { actionsOf, statementsOf, withoutAction } from "./registered";

// Runs that EventBridge Scheduler starts.

const ZONE = { timeZone: "Asia/Tokyo", cron: "30 14 * * ? *" };
const later = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);
const rollBackAt = (hours: number): Start => ({
  at: later(hours),
  byHand: [{ runbook: "roll-out", parameters: { ImageId: ["previous"] } }],
});

const inZone = (wanted: Wanted = {}): Promise<Refreshed> =>
  refresh({ ...wanted, args: { ...ZONE, ...wanted.args } });

function schedules({ scheduler }: Account): Record<string, string> {
  return Object.fromEntries([...scheduler.schedules.values()].map(({ Name, State }) => [Name, State]));
}

describe("runs that are scheduled in a time zone", () => {
  before(() => sharedPython());

  it("start at the local time and do their work", async () => {
    const { nights, runs, checks } = await inZone({ fromRule: true });
    expect(nights[0].startedAt).to.equal("2026-11-24T05:30:00.000Z");
    expect(runs.map(({ runbook, status }) => `${runbook} ${status}`).sort()).to.deep.equal([
      "create-image Success",
      "retire Success",
      "roll-out Success",
    ]);
    expect(broken(checks)).to.deep.equal([]);
  });

  for (const instanceRefresh of [undefined, {}]) {
    const how = instanceRefresh === undefined ? "" : " and the instances replaced";
    it(`are no more when an older image is rolled out${how}, and all else of the schedule is as it was`, async () => {
      let before: unknown;
      const { account, nights } = await inZone({
        args: { ...ZONE, instanceRefresh },
        launchSource: "template",
        starts: [START, later(24), rollBackAt(30), later(48)],
        account: (fresh) => (before = structuredClone([...fresh.scheduler.schedules])),
        after: (step, account) => {
          before = step.name === "checkGroup" ? structuredClone([...account.scheduler.schedules]) : before;
        },
      });
      const run = runsOf(nights, "roll-out").filter(({ parent }) => parent === undefined)[0];
      expect(run.status, sentence(run)).to.equal("Success");
      expect(run.outputs["report.Schedule"]).to.equal(
        "off, so that nothing rolls forward again; turn it on with: pulumi up --refresh",
      );
      expect(schedules(account)).to.deep.equal({ "create-image": "DISABLED", retire: "ENABLED" });
      const schedule = account.scheduler.schedules.get([...account.scheduler.schedules.keys()][0]);
      Object.assign(schedule ?? {}, { State: "ENABLED" });
      expect([...account.scheduler.schedules]).to.deep.equal(before);
      // On the next day only retire starts.
      expect(nights[3].runs.map(({ runbook }) => runbook)).to.deep.equal(["retire"]);
    });
  }

  it("are told of when the schedule cannot be switched off", async () => {
    const { nights } = await inZone({
      starts: [START, later(24), rollBackAt(30)],
      faults: ["scheduler:UpdateSchedule:denied"],
    });
    const run = runsOf(nights, "roll-out").filter(({ parent }) => parent === undefined)[0];
    expect(run.status).to.equal("Failed");
    expect(sentence(run)).to.match(
      /^Exception: The group launches the image, but schedule web-schedule-group-\w+\/create-image could not be switched off \(.*AccessDenied.*\): switch it off by hand, or the next run rolls forward again\.$/,
    );
  });

  it("go into the queue where they are refused, with the role", async () => {
    const { account } = await inZone({ starts: [{ at: START, mishap: "dropped" }] });
    const [{ messages }] = [...account.sqs.queues.values()];
    expect(messages.map(({ attributes }) => attributes.ERROR_CODE)).to.deep.equal([
      "AccessDeniedException",
      "AccessDeniedException",
    ]);
  });

  it("are counted where not even the queue takes them, and an alarm says so", async () => {
    const { account } = await inZone({
      starts: [{ at: START, mishap: "dropped" }],
      registered: withoutAction("web-scheduler-policy", "sqs:SendMessage"),
    });
    const [{ messages }] = [...account.sqs.queues.values()];
    expect(messages).to.deep.equal([]);
    const lost = account.cloudwatch.alarms.find(({ name }) => name.includes("lost-dead-letters"));
    expect(lost?.state).to.equal("ALARM");
  });

  it("need every action of the roles", async () => {
    const endOf = ({ account, runs }: Refreshed) =>
      JSON.stringify([
        runs.map(({ runbook, status }) => [runbook, status]),
        schedules(account),
        [...account.sqs.queues.values()].map(({ messages }) => messages.length),
      ]);
    const histories: Wanted[] = [
      { starts: [START, later(24), rollBackAt(30)] },
      { starts: [{ at: START, mishap: "dropped" }] },
    ];
    const usual: string[] = [];
    for (const wanted of histories) {
      usual.push(endOf(await inZone(wanted)));
    }
    let registered: Parameters<NonNullable<Wanted["registered"]>>[0] = [];
    await inZone({ registered: (resources) => (registered = structuredClone(resources)) });
    for (const policy of ["web-scheduler-policy", "web-roll-out-pause-policy"]) {
      for (const action of new Set(statementsOf(registered, policy).flatMap(actionsOf))) {
        const ends: string[] = [];
        for (const wanted of histories) {
          ends.push(endOf(await inZone({ ...wanted, registered: withoutAction(policy, action) })));
        }
        expect(ends, `${action} of ${policy}`).to.not.deep.equal(usual);
      }
    }
  });
});
