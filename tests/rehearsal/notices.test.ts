import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../../components";
import { Account } from "../../rehearsal/account/account";
import { Clock } from "../../rehearsal/account/clock";
import { evaluateAlarms } from "../../rehearsal/account/cloudwatch/alarms";
import { furnish } from "../../rehearsal/account/world";
import { provision } from "../../rehearsal/deploy/provision";
import { Fault } from "../../rehearsal/faults";
import { MessageLog, type SentMessage } from "../../rehearsal/messages";
import type { Run } from "../../rehearsal/nights";
import type { Recorder } from "../../rehearsal/report/record";
import { TerminalReporter } from "../../rehearsal/report/terminal";
import { letNightsHappen } from "../../rehearsal/scheduledNights";
import type { Mishaps } from "../../rehearsal/stage";
import { toldAfterwards } from "../../rehearsal/told";
import type { Check } from "../../rehearsal/verification";
import { TOKYO, underMocks } from "../mocks";
import { sharedPython } from "./python";
import { ARGS, configured, GOLDEN, GROUP, PROFILE_ROLE } from "./refresh";
import { type Change, resourceOf } from "./registered";

interface Wanted {
  args?: Partial<AmiRefreshArgs>;
  nights?: number;
  mishaps?: Mishaps;
  faults?: string[];
  /** Changes what the component registered, before it is deployed. */
  registered?: Change;
}

/** The messages of the watch's alarm after the deployment, and of every alarm that finds itself OK at first. */
const isFirst = ({ night }: SentMessage) => night === 0;
const subjects = (sent: SentMessage[]) => sent.map(({ subject }) => subject.replace(/-[0-9a-f]{7}"/, '"'));
const IN = "in ap-northeast-1";
const alarm = (state: string, name: string) => `${state}: "web-${name}-alarm" ${IN}`;
/** A night without success is more than the longest gap and the longest run, when the watch measures at midnight. */
const MISSED = alarm("ALARM", "missing-success");
const NOTICE = "AWS Notification Message";

/** Changes the policy of a queue or a topic. */
function withPolicy(name: string, change: (text: string) => string): Change {
  return (resources) => {
    const { state } = resourceOf(resources, name);
    state.policy = change(String(state.policy));
  };
}

const FROM = new Date("2026-11-23T00:00:00Z");

/** Deploys the component and lets the nights happen, as a rehearsal does. */
async function happen({ args = {}, nights = 3, mishaps, faults = [], registered }: Wanted) {
  const account = new Account(TOKYO, new Clock(FROM));
  furnish(account, { instanceId: GOLDEN, groupName: GROUP, instanceProfileRoleArn: PROFILE_ROLE });
  const given = { ...ARGS, notifications: { emails: ["team@example.com"] }, ...args };
  const { resources } = await underMocks(() => new AmiRefresh("web", given), { account });
  registered?.(resources);
  const deployment = provision(account, resources);
  let out = "";
  const rehearsal = {
    stack: { name: "told", project: "project", folder: "", main: "", config: {}, place: TOKYO },
    from: FROM,
    nights,
    mishaps,
    faults: faults.map((text) => Fault.read(text)),
    python: sharedPython(),
    reporter: new TerminalReporter({ write: (text) => (out += text), terminal: false, colours: false }),
  };
  const runs: Run[] = [];
  const record: Recorder = {
    resources: () => undefined,
    night: (night) => runs.push(...night.runs),
    end: () => undefined,
  };
  const messages = new MessageLog(account.sns);
  const stage = {
    rehearsal: { ...rehearsal, record },
    account,
    configured: configured({ args: given }),
    deployment,
    python: await sharedPython(),
    checks: [] as Check[],
    messages,
  };
  evaluateAlarms(account);
  const past = letNightsHappen(stage);
  const checks = [...stage.checks, ...toldAfterwards(account, rehearsal, past)];
  const broken = checks.filter((check) => !check.ok).map(({ check }) => check);
  const told = messages.all().filter((message) => !isFirst(message));
  return { ok: broken.length === 0, out, told, first: messages.all().filter(isFirst), runs, broken };
}

describe("what a person is told", () => {
  before(() => sharedPython());

  describe("is nothing on good nights, and the first state of each alarm:", () => {
    for (const [what, cron, nights] of [
      ["daily", "30 5 * * ? *", 3],
      ["twice a day", "0 5,17 * * ? *", 4],
      ["on workdays", "0 5 ? * MON-FRI *", 6],
      ["weekly", "0 5 ? * SUN *", 3],
      ["monthly", "0 5 1 * ? *", 3],
      ["yearly", "0 5 1 1 ? *", 2],
    ] as const) {
      it(what, async () => {
        const { told, first, out, broken, runs } = await happen({
          args: { cron: cron },
          nights,
        });
        expect(broken).to.deep.equal([]);
        expect(subjects(told), out).to.deep.equal([]);
        expect(subjects(first)[0]).to.equal(alarm("ALARM", "silent-watch"));
        expect(subjects(first)).to.include.members([
          alarm("OK", "silent-watch"),
          alarm("OK", "missing-success"),
        ]);
        expect(first).to.have.length(5);
        const watches = runs.filter(({ runbook }) => runbook === "watch");
        const days =
          (Date.parse(runs[runs.length - 1].startedAt) - Date.parse("2026-11-23T00:00:00Z")) / 86400000;
        expect(watches).to.have.length(Math.floor(days));
        expect(watches.every(({ status }) => status === "Success")).to.equal(true);
      });
    }

    it("where EventBridge starts everything twice", async () => {
      const { ok, told, runs } = await happen({ mishaps: { doubled: 2 } });
      expect(ok).to.equal(true);
      expect(told).to.deep.equal([]);
      expect(runs.filter(({ night, runbook }) => night === 2 && runbook === "create-image")).to.have.length(
        2,
      );
    });
  });

  it("is a start that was refused, once, and what is in the queue", async () => {
    const { ok, told, broken, out } = await happen({ mishaps: { dropped: 2 } });
    expect(ok).to.equal(false);
    expect(subjects(told)).to.deep.equal([alarm("ALARM", "dead-letters"), MISSED]);
    expect(told[0].night).to.equal(2);
    expect(told[0].text).to.match(
      /EventBridge could not start an ami-refresh runbook, and the start is in queue/,
    );
    expect(broken.every((check) => check.startsWith("night 2: "))).to.equal(true);
    expect(out).to.match(/message 2026-11-24T05:30:00\.000Z ALARM: "web-dead-letters-alarm/);
  });

  it("is a start that was refused and that the queue did not take", async () => {
    const { told } = await happen({
      mishaps: { dropped: 2 },
      registered: withPolicy("web-dead-letters-policy", (text) =>
        text.replace("sqs:SendMessage", "sqs:PurgeQueue"),
      ),
    });
    expect(subjects(told)[0]).to.equal(alarm("ALARM", "lost-dead-letters"));
    // The next night there is none.
    expect(subjects(told)[1]).to.equal(alarm("OK", "lost-dead-letters"));
  });

  for (const [fault, runbook] of [
    ["ec2:CreateImage:denied@2", "create-image"],
    ["image-fails@2", "create-image"],
    ["run-cancelled:waitForImage@2", "create-image"],
    ["autoscaling:CreateLaunchConfiguration:error@2", "create-image"],
    ["ec2:DescribeSpotFleetRequests:denied@2", "retire"],
  ] as const) {
    it(`is one message of a run that fails: ${fault}`, async () => {
      const { told } = await happen({ faults: [fault] });
      expect(subjects(told)).to.deep.equal(runbook === "retire" ? [NOTICE] : [NOTICE, MISSED]);
      expect(told[0].night).to.equal(2);
      expect(told[0].text).to.match(
        new RegExp(
          `^ami-refresh, Auto Scaling group web-group: run [0-9a-f-]{36} of runbook web-${runbook}-[0-9a-f]{7} ended ` +
            `(Failed|Cancelled) at 2026-11-24T\\S+Z\\. Look first at its failed step, which says in one sentence .*: ` +
            `https://ap-northeast-1\\.console\\.aws\\.amazon\\.com/systems-manager/automation/execution/[0-9a-f-]{36}\\?region=ap-northeast-1$`,
        ),
      );
    });
  }

  it("is one message of a roll-out that replaces instances and came back, of its first runbook", async () => {
    const { told, runs } = await happen({ args: { instanceRefresh: {} }, mishaps: { bad: 2 } });
    const failed = runs.filter(({ status }) => status === "Failed").map(({ runbook }) => runbook);
    expect(failed).to.deep.equal(["create-image", "roll-out", "refresh"]);
    expect(subjects(told)).to.deep.equal([NOTICE]);
    expect(told[0].text).to.match(/of runbook web-create-image-[0-9a-f]{7} ended Failed/);
  });

  it("is that the letters are gone, when the queue has deleted them", async () => {
    const { told } = await happen({ nights: 18, mishaps: { dropped: 2 } });
    const gone = told.find(({ subject }) => /^OK: "web-dead-letters/.test(subject));
    expect(gone?.at.toISOString().slice(0, 13)).to.equal("2026-12-08T05");
  });

  describe("is that no run succeeded, where nothing starts any more:", () => {
    for (const [what, cron, hours] of [
      ["daily", "30 5 * * ? *", 38],
      ["twice a day", "0 5,17 * * ? *", 26],
      ["on workdays", "0 5 ? * MON-FRI *", 86],
      ["weekly", "0 5 ? * SUN *", 182],
      ["monthly", "0 5 1 * ? *", 758],
    ] as const) {
      for (const mishap of ["lost", "disabled"] as const) {
        it(`${what}, ${mishap}`, async () => {
          const { told, runs } = await happen({
            args: { cron: cron },
            nights: 2,
            mishaps: { [mishap]: 2 },
          });
          expect(subjects(told)).to.deep.equal([alarm("ALARM", "missing-success")]);
          const made = runs.find(({ runbook }) => runbook === "create-image")?.startedAt ?? "";
          const silent = (told[0].at.getTime() - Date.parse(made)) / 3600000;
          // At the first run of the watch after that.
          expect(silent).to.be.within(hours, hours + 25);
        });
      }
    }

    it("from the deployment on", async () => {
      const { told } = await happen({ nights: 1, mishaps: { disabled: 1 } });
      expect(subjects(told)).to.deep.equal([alarm("ALARM", "missing-success")]);
    });

    it("and that it is good again, when a later night succeeds", async () => {
      const { told } = await happen({
        nights: 6,
        faults: ["ec2:CreateImage:denied@2", "ec2:CreateImage:denied@3"],
      });
      expect(subjects(told)).to.deep.equal([NOTICE, MISSED, NOTICE, alarm("OK", "missing-success")]);
    });
  });

  describe("is that the watch fails,", () => {
    it("by the faults of the night before it too, which last until the next one begins", async () => {
      const { ok, told, broken, out } = await happen({ faults: ["cloudwatch:PutMetricData:denied@2"] });
      expect(subjects(told)).to.deep.equal([NOTICE]);
      expect(told[0].night).to.equal(2);
      expect(told[0].text).to.match(/of runbook web-watch-[0-9a-f]{7} ended Failed at 2026-11-25T00:00:/);
      expect(ok).to.equal(false);
      expect(broken).to.deep.equal(["watch after night 2, 2026-11-25T00:00:00.000Z: every step succeeded"]);
      expect(out).to.match(/\nwatch, 2026-11-25T00:00:00\.000Z: the run is Failed\.\n {2}.*PutMetricData/);
    });

    it("which has to be heard", async () => {
      const { broken } = await happen({
        faults: ["cloudwatch:PutMetricData:denied@1"],
        registered: (resources) => {
          const { state } = resourceOf(resources, "web-failures");
          state.eventPattern = String(state.eventPattern)
            .replace(/"web-watch-\w+",?/, "")
            .replace(",]", "]");
        },
        nights: 2,
      });
      expect(broken.map((check) => check.replace(/^.*: /, ""))).to.deep.equal([
        "every step succeeded",
        "a person was told of 1 failed runs and 0 refused starts, once each",
      ]);
    });

    it("and that it has measured nothing, four days after the last measure, between the nights of a month", async () => {
      const { told } = await happen({
        args: { cron: "0 5 1 * ? *" },
        nights: 2,
        faults: ["cloudwatch:PutMetricData:denied@1"],
      });
      const [first] = told.filter(({ subject }) => subject === NOTICE);
      const silent = told.find(({ subject }) => /^ALARM: "web-silent-watch/.test(subject));
      expect(first.at.toISOString()).to.match(/^2026-12-02T00:00:/);
      // The last measure was a day before the first failure, a few seconds after midnight, when alarms are looked at.
      expect(silent?.at.toISOString()).to.equal("2026-12-06T00:00:00.000Z");
    });

    it("and where nobody is to hear of it, it is no good rehearsal either", async () => {
      const args = { notifications: undefined, dashboard: true };
      const { told, broken } = await happen({ args, nights: 2, faults: ["cloudwatch:PutMetricData:denied"] });
      expect(told).to.deep.equal([]);
      expect(broken).to.have.length(1);
    });
  });

  it("shows the watch's runs that are as always in one line", async () => {
    const { out } = await happen({ args: { cron: "0 5 1 * ? *" }, nights: 2 });
    expect(out).to.contain(
      "The watch ran 31 times, the last time at 2027-01-01T00:00:00.000Z, and there is nothing to tell.",
    );
    expect(out.match(/^(The watch|watch,)/gm)).to.have.length(3);
  });

  it("is that the image is old, though runs succeed", async () => {
    const args = { cron: "0 5 ? * SUN *", maxImageAgeDays: 3 };
    const { ok, told } = await happen({ args, nights: 3 });
    expect(ok).to.equal(false);
    expect(subjects(told).slice(0, 2)).to.deep.equal([alarm("ALARM", "image-age"), alarm("OK", "image-age")]);
  });

  it("is nothing where nobody is to be told", async () => {
    const { ok, out, told, first } = await happen({
      args: { notifications: undefined },
      nights: 1,
    });
    expect(ok).to.equal(true);
    expect([...told, ...first]).to.deep.equal([]);
    expect(out).to.not.contain("message");
  });

  it("is nothing of a missing success while the schedule is off", async () => {
    const { told, first } = await happen({ args: { enabled: false } });
    expect(told).to.deep.equal([]);
    expect(subjects(first)).to.not.include(alarm("OK", "missing-success"));
  });

  it("would be nothing with a condition in EventBridge's statement, which this shows", async () => {
    const conditional = (text: string) => {
      const policy = JSON.parse(text) as { Statement: object[] };
      const Condition = { StringEquals: { "aws:SourceAccount": "123456789012" } };
      policy.Statement[0] = { ...policy.Statement[0], Condition };
      return JSON.stringify(policy);
    };
    const { told, broken } = await happen({
      faults: ["ec2:CreateImage:denied@2"],
      registered: withPolicy("web-topic-policy", conditional),
    });
    expect(subjects(told)).to.deep.equal([MISSED]);
    expect(broken).to.include("night 2: a person was told of 1 failed runs and 0 refused starts, once each");
  });

  it("is nothing where all of it is registered", async () => {
    const args = { dashboard: true, maxImageAgeDays: 30 };
    expect((await happen({ args, nights: 2 })).broken).to.deep.equal([]);
  });
});
