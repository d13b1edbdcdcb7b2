import * as fs from "node:fs";
import { expect } from "chai";
import { readStack } from "../../rehearsal/deploy/stack";
import { Fault } from "../../rehearsal/faults";
import { rehearse } from "../../rehearsal/rehearse";
import { RecordWriter } from "../../rehearsal/report/record";
import { TerminalReporter } from "../../rehearsal/report/terminal";
import type { Mishaps } from "../../rehearsal/stage";
import { ProjectCopy } from "./project";
import { sharedPython } from "./python";

interface Sent {
  at: string;
  night: number;
  subject: string;
  text: string;
}

interface Wanted {
  values?: Record<string, unknown>;
  nights?: number;
  mishaps?: Mishaps;
  faults?: string[];
  from?: string;
}

/** The messages of the watch's alarm after the deployment, and of every alarm that finds itself OK at first. */
const isFirst = ({ night }: Sent) => night === 0;
const subjects = (sent: Sent[]) => sent.map(({ subject }) => subject.replace(/-[0-9a-f]{7}"/, '"'));
const IN = "in ap-northeast-1";
const alarm = (state: string, name: string) => `${state}: "ami-refresh-${name}-alarm" ${IN}`;
/** A night without success is more than the longest gap and the longest run, when the watch measures at midnight. */
const MISSED = alarm("ALARM", "missing-success");
const NOTICE = "AWS Notification Message";

describe("what a person is told", () => {
  let project: ProjectCopy;
  before(async () => {
    project = new ProjectCopy();
    await sharedPython();
  });
  after(() => project.remove());

  async function happen({
    values = {},
    nights = 3,
    mishaps,
    faults = [],
    from = "2026-11-23T00:00:00Z",
  }: Wanted) {
    project.stack("told", { "ami-refresh:notifications": { emails: ["team@example.com"] }, ...values });
    const file = project.path("record.json");
    let out = "";
    const ok = await rehearse({
      stack: readStack(project.folder, "told"),
      from: new Date(from),
      nights,
      mishaps,
      faults: faults.map((text) => Fault.read(text)),
      python: sharedPython(),
      reporter: new TerminalReporter({ write: (text) => (out += text), terminal: false, colours: false }),
      record: new RecordWriter(file),
    });
    const record = JSON.parse(fs.readFileSync(file, "utf8")) as {
      messages: Sent[];
      runs: { runbook: string; night: number; status: string; startedAt: string }[];
      verification: { check: string; ok: boolean }[];
    };
    const broken = record.verification.filter((check) => !check.ok).map(({ check }) => check);
    const told = record.messages.filter((message) => !isFirst(message));
    return { ok, out, told, first: record.messages.filter(isFirst), runs: record.runs, broken };
  }

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
          values: { "ami-refresh:cron": cron },
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
    expect(out).to.match(/message 2026-11-24T05:30:00\.000Z ALARM: "ami-refresh-dead-letters-alarm/);
  });

  it("is a start that was refused and that the queue did not take", async () => {
    project.replace(
      "components/permissions/notices.ts",
      'Action: "sqs:SendMessage"',
      'Action: "sqs:ReceiveMessage"',
    );
    const { told } = await happen({ mishaps: { dropped: 2 } });
    project.replace(
      "components/permissions/notices.ts",
      'Action: "sqs:ReceiveMessage"',
      'Action: "sqs:SendMessage"',
    );
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
          `^ami-refresh, Auto Scaling group web: run [0-9a-f-]{36} of runbook ami-refresh-${runbook}-[0-9a-f]{7} ended ` +
            `(Failed|Cancelled) at 2026-11-24T\\S+Z\\. Look first at its failed step, which says in one sentence .*: ` +
            `https://ap-northeast-1\\.console\\.aws\\.amazon\\.com/systems-manager/automation/execution/[0-9a-f-]{36}\\?region=ap-northeast-1$`,
        ),
      );
    });
  }

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
            values: { "ami-refresh:cron": cron },
            nights: 2,
            mishaps: { [mishap]: 2 },
          });
          expect(subjects(told)).to.deep.equal([alarm("ALARM", "missing-success")]);
          const made = runs.find(({ runbook }) => runbook === "create-image")?.startedAt ?? "";
          const silent = (Date.parse(told[0].at) - Date.parse(made)) / 3600000;
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

  it("is that the image is old, though runs succeed", async () => {
    const values = { "ami-refresh:cron": "0 5 ? * SUN *", "ami-refresh:maxImageAgeDays": 3 };
    const { ok, told } = await happen({ values, nights: 3 });
    expect(ok).to.equal(false);
    expect(subjects(told).slice(0, 2)).to.deep.equal([alarm("ALARM", "image-age"), alarm("OK", "image-age")]);
  });

  it("is nothing where nobody is to be told, and the rehearsal says so", async () => {
    const { ok, out, told, first } = await happen({
      values: { "ami-refresh:notifications": undefined },
      nights: 1,
    });
    expect(ok).to.equal(true);
    expect([...told, ...first]).to.deep.equal([]);
    expect(out).to.contain("No notifications are configured: failures are told to nobody.");
  });

  it("is nothing of a missing success while the schedule is off", async () => {
    const { told, first } = await happen({ values: { "ami-refresh:enabled": false } });
    expect(told).to.deep.equal([]);
    expect(subjects(first)).to.not.include(alarm("OK", "missing-success"));
  });

  it("would be nothing with a condition in EventBridge's statement, which this shows", async () => {
    const statement = "Resource: topicArn,\n      },\n      {";
    const conditional =
      'Resource: topicArn,\n        Condition: { StringEquals: { "aws:SourceAccount": accountId } },\n      },\n      {';
    project.replace("components/permissions/notices.ts", statement, conditional);
    const { told, broken } = await happen({ faults: ["ec2:CreateImage:denied@2"] });
    project.replace("components/permissions/notices.ts", conditional, statement);
    expect(subjects(told)).to.deep.equal([MISSED]);
    expect(broken).to.include("night 2: a person was told of 1 failed runs and 0 refused starts, once each");
  });

  it("is nothing of all that is registered, which is the same after the nights", async () => {
    const values = { "ami-refresh:dashboard": true, "ami-refresh:maxImageAgeDays": 30 };
    expect((await happen({ values, nights: 2 })).broken).to.deep.equal([]);
  });
});
