import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { layStill } from "../../rehearsal/account/ec2/power";
import type { Fault } from "../../rehearsal/faults";
import type { Night } from "../../rehearsal/nights";
import { verifyUnpatchedNight } from "../../rehearsal/verification";
import { sharedPython } from "./python";
import {
  broken,
  configured,
  GOLDEN,
  golden,
  launchedNow,
  madeImages,
  refresh,
  type Refreshed,
  runOf,
  sentence,
  START,
  type Wanted,
} from "./refresh";
import { actionsOf, statementsOf, withoutAction } from "./registered";
import { type Deployable, deployable, failedChecks, inStep, Life, unlaunchable, unsaid } from "./rules";

const later = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);
const NIGHTS = [START, later(24)];
const POLICY = "web-patch-policy";

const patched = (wanted: Wanted = {}): Promise<Refreshed> =>
  refresh({ launchSource: "template", ...wanted, args: { patch: {}, ...wanted.args } });

/** Kept stopped, and started for the patches. */
const sleeping = (wanted: Wanted = {}): Promise<Refreshed> =>
  patched({ golden: "stopped", ...wanted, args: { startStopped: true, ...wanted.args } });

/** Commands fail that are sent in the second night. */
const failing: Wanted["after"] = (step, { ssm }, { night }) => {
  if (step.name === "checkGoldenInstance") {
    ssm.runCommand.fails = night === 2;
  }
};

const calls = (night: Night, api: string) =>
  night.runs.flatMap((run) => run.calls).filter((call) => call.api === api);

describe("a night with patches", () => {
  before(() => sharedPython());

  it("runs the command, waits for its end, and takes the image then", async () => {
    const { account, nights, checks } = await patched({ starts: NIGHTS });
    expect(broken(checks)).to.deep.equal([]);
    for (const night of nights) {
      const [sent] = calls(night, "SendCommand");
      const patch = runOf(night, "patch");
      expect(sent.params).to.deep.equal({
        InstanceIds: [GOLDEN],
        DocumentName: "AWS-RunPatchBaseline",
        Parameters: { Operation: ["Install"], RebootOption: ["RebootIfNeeded"] },
        Comment: `ami-refresh ${patch.executionId}`,
        TimeoutSeconds: 600,
      });
      const image = runOf(night, "create-image").steps.find(({ name }) => name === "createImage");
      expect(new Date(image?.startedAt ?? 0) >= new Date(patch.endedAt)).to.equal(true);
      expect(calls(night, "StartInstances")).to.deep.equal([]);
    }
    expect(golden(account).State.Name).to.equal("running");
  });

  it("tells in the summary of the run what was run", async () => {
    const { run } = await patched();
    expect(run.outputs["report.Summary"]).to.match(
      /^Command AWS-RunPatchBaseline \(\S+\) succeeded on golden instance i-0123456789abcdef0\. Image ami-/,
    );
  });

  it("hands parameters and a document of one's own on", async () => {
    const { night, checks } = await patched({
      args: { patch: { documentName: "Harden", parameters: { Level: ["2", "3"] } } },
    });
    expect(broken(checks)).to.deep.equal([]);
    const [{ params }] = calls(night, "SendCommand");
    expect(params).to.include({ DocumentName: "Harden" });
    expect(params.Parameters).to.deep.equal({ Level: ["2", "3"] });
  });

  it("that fail makes no image, says why in the instance's words, and is made good by the next one", async () => {
    const { account, nights, before } = await patched({ starts: [...NIGHTS, later(48)], after: failing });
    expect(nights.map((night) => runOf(night, "create-image").status)).to.deep.equal([
      "Success",
      "Failed",
      "Success",
    ]);
    expect(sentence(runOf(nights[1], "create-image"))).to.match(
      /^Exception: Golden instance i-0123456789abcdef0 was not patched, because command AWS-RunPatchBaseline \(\S+\) ended Failed \(No space left on device\)\.$/,
    );
    expect(calls(nights[1], "CreateImage")).to.deep.equal([]);
    expect(madeImages(account)).to.have.length(2);
    expect(before.size).to.be.greaterThan(0);
  });

  it("is verified as a night without an image, where it fails", async () => {
    const { account, night, before } = await patched({
      account: ({ ssm }) => void (ssm.runCommand.fails = true),
    });
    const of = configured({ args: { patch: {} } });
    expect(broken(verifyUnpatchedNight(account, night, of, before))).to.deep.equal([]);
    const good = await patched();
    expect(broken(verifyUnpatchedNight(good.account, good.night, of, good.before))).to.not.deep.equal([]);
  });

  it("is refused before anything is done, where Systems Manager does not manage the instance", async () => {
    const { night } = await patched({ golden: "unmanaged" });
    expect(sentence(runOf(night, "create-image"))).to.match(
      /^Exception: Golden instance \S+ cannot be patched, because Systems Manager does not manage it: let its instance profile have AmazonSSMManagedInstanceCore/,
    );
    expect(calls(night, "SendCommand")).to.deep.equal([]);
    expect(calls(night, "CreateImage")).to.deep.equal([]);
  });

  it("and where it does not reach its agent", async () => {
    const { night } = await patched({ account: ({ ssm }) => void ssm.runCommand.lost.add(GOLDEN) });
    expect(sentence(runOf(night, "create-image"))).to.contain(
      "does not reach its agent, which is ConnectionLost",
    );
  });

  it("cancels a command that does not end in time", async () => {
    const { account, night } = await patched({
      args: { patch: { timeout: 600 } },
      account: ({ ssm }) => void (ssm.runCommand.secondsOfCommand = 7200),
    });
    expect(sentence(runOf(night, "create-image"))).to.match(
      /is Cancelling after the time that the run waits, and was/,
    );
    account.clock.advance(60);
    expect(account.ssm.runCommand.all()[0].Status).to.equal("Cancelled");
  });

  for (const shownAfterSeconds of [0, 8]) {
    it(`cancels a command that was just sent when the run is cancelled, listed after ${shownAfterSeconds} seconds`, async () => {
      const { account, night } = await patched({
        account: ({ ssm }) => void (ssm.runCommand.shownAfterSeconds = shownAfterSeconds),
        faults: ["run-cancelled:ssm:SendCommand@1"],
      });
      expect(runOf(night, "patch").status).to.equal("Cancelled");
      account.clock.advance(60);
      expect(account.ssm.runCommand.all().map(({ Status }) => Status)).to.deep.equal(["Cancelled"]);
    });
  }

  it("finds a command again whose answer was lost, though it is not listed at once", async () => {
    for (const kind of ["no-answer-after", "error-after"]) {
      const { account, checks } = await patched({
        account: ({ ssm }) => void (ssm.runCommand.shownAfterSeconds = 8),
        faults: [`ssm:SendCommand:${kind}@1`],
      });
      expect(broken(checks), kind).to.deep.equal([]);
      expect(account.ssm.runCommand.all()).to.have.length(1);
    }
  });

  it("leaves one as it is that is stopped, and takes its image", async () => {
    const { account, night, checks } = await patched({ golden: "stopped" });
    expect(broken(checks)).to.deep.equal([]);
    expect(calls(night, "StartInstances")).to.deep.equal([]);
    expect(calls(night, "SendCommand")).to.deep.equal([]);
    expect(runOf(night, "create-image").outputs["report.Summary"]).to.match(
      /^Golden instance \S+ is stopped and was left so/,
    );
    expect(golden(account).State.Name).to.equal("stopped");
  });

  it("is one where it is doubled: the second start makes nothing", async () => {
    const { nights } = await patched({ starts: [START, new Date(START.getTime() + 60_000)] });
    expect(nights.flatMap((night) => calls(night, "SendCommand"))).to.have.length(1);
  });
});

/** A key of somebody's own encrypts its volumes. */
const encrypt = (account: Account): void => {
  const { Arn } = account.kms.addKey("CUSTOMER");
  account.ec2.instances.get(GOLDEN)?.volumes.forEach((volume) => {
    Object.assign(volume, { Encrypted: true, KmsKeyId: Arn });
  });
};

describe("a night with patches for a golden instance that sleeps", () => {
  before(() => sharedPython());

  it("starts it, and stops it again before its image is taken", async () => {
    const { account, nights, checks } = await sleeping({ starts: NIGHTS });
    expect(broken(checks)).to.deep.equal([]);
    expect(golden(account).State.Name).to.equal("stopped");
    for (const night of nights) {
      const order = night.runs
        .filter(({ runbook }) => ["create-image", "patch"].includes(runbook))
        .flatMap((run) => run.calls)
        .map(({ api }) => api)
        .filter((api) => ["StartInstances", "SendCommand", "StopInstances"].includes(api));
      expect(order).to.deep.equal(["StartInstances", "SendCommand", "StopInstances"]);
    }
  });

  it("stops it again where the command fails", async () => {
    const { account, nights } = await sleeping({ starts: NIGHTS, after: failing });
    expect(sentence(runOf(nights[1], "create-image"))).to.match(
      /ended Failed \(No space left on device\); it is stopped again\.$/,
    );
    expect(golden(account).State.Name).to.equal("stopped");
  });

  it("stops it again where its agent is never reached", async () => {
    const { account, night } = await sleeping({ account: ({ ssm }) => void ssm.runCommand.lost.add(GOLDEN) });
    expect(sentence(runOf(night, "create-image"))).to.match(
      /was not patched, because after its start Systems Manager does not reach its agent, which is ConnectionLost: .*; it is stopped again\.$/,
    );
    expect(golden(account).State.Name).to.equal("stopped");
  });

  it("stops it again where Systems Manager turns out not to manage it, and says so", async () => {
    const { account, night } = await sleeping({
      account: ({ ssm }) => void ssm.runCommand.unmanaged.add(GOLDEN),
    });
    expect(sentence(runOf(night, "create-image"))).to.match(
      /because after its start Systems Manager does not manage it: let its instance profile have .*; it is stopped again\.$/,
    );
    expect(golden(account).State.Name).to.equal("stopped");
  });

  it("says why where EC2 does not let it run, such as without the key of its volume", async () => {
    const { account, night } = await sleeping({
      world: encrypt,
      registered: withoutAction(POLICY, "kms:CreateGrant"),
    });
    expect(sentence(runOf(night, "create-image"))).to.match(
      /because it did not come to run \(Client\.InternalError: Client error on launch\): .*; it is stopped again\.$/,
    );
    expect(calls(night, "SendCommand")).to.deep.equal([]);
    expect(golden(account).State.Name).to.equal("stopped");
  });

  it("sends nothing to an agent of which the last news is from before the start", async () => {
    const { night, checks } = await sleeping({
      account: ({ ssm }) => void (ssm.runCommand.staleOnline = true),
    });
    expect(broken(checks)).to.deep.equal([]);
    const [, sent] = runOf(night, "patch").steps.filter(({ name }) => /^(start|send)/.test(name));
    const [start] = calls(night, "StartInstances");
    expect(start.error).to.equal(undefined);
    const started = runOf(night, "patch").steps.find(({ name }) => name === "startInstance")?.endedAt ?? "";
    expect(Date.parse(sent.startedAt) - Date.parse(started)).to.be.greaterThan(80_000);
  });

  it("stops it again where the answer to its start was lost, though it runs when that is made again", async () => {
    const { account, nights, checks } = await sleeping({
      account: ({ ec2 }) => void (ec2.turningSeconds.running = 5),
      faults: ["ec2:StartInstances:no-answer-after@1.1"],
    });
    expect(broken(checks)).to.deep.equal([]);
    expect(calls(nights[0], "StopInstances")).to.have.length(1);
    expect(golden(account).State.Name).to.equal("stopped");
  });

  it("leaves one running that somebody started meanwhile", async () => {
    const { account, night, checks } = await sleeping({
      after: (step, { ec2, clock }) => {
        const record = ec2.instances.get(GOLDEN);
        if (step.name === "checkInstance" && record) {
          record.instance.State = { Code: 16, Name: "running" };
          record.instance.LaunchTime = clock.now();
        }
      },
    });
    expect(runOf(night, "patch").outputs["report.Summary"]).to.match(
      /; somebody started it meanwhile, and it was left running\.$/,
    );
    expect(golden(account).State.Name).to.equal("running");
    expect(broken(checks)).to.deep.equal([]);
  });

  it("says loudly where it cannot be stopped again", async () => {
    const { night } = await sleeping({ faults: ["ec2:StopInstances:denied@1"] });
    const run = runOf(night, "create-image");
    expect(run.status).to.equal("Failed");
    expect(sentence(run)).to.match(
      /; it could not be stopped again and is running: stop it by hand, because it costs money\.$/,
    );
    expect(calls(night, "CreateImage")).to.deep.equal([]);
  });

  for (const moment of [
    "checkInstance",
    "startInstance",
    "ec2:StartInstances",
    "chooseWhetherItStarts",
    "waitForAgent",
    "sendCommand",
    "ssm:SendCommand",
    "chooseWhetherToWait",
    "waitForCommand",
    "assertCommandSuccessful",
    "stopInstance",
  ]) {
    it(`stops it again where the run is cancelled: ${moment}`, async () => {
      const { account, night } = await sleeping({ faults: [`run-cancelled:${moment}@1`] });
      expect(runOf(night, "patch").status).to.equal("Cancelled");
      expect(calls(night, "CreateImage")).to.deep.equal([]);
      account.clock.advance(120);
      account.catchUp();
      expect(golden(account).State.Name).to.equal("stopped");
      const [command] = account.ssm.runCommand.all();
      expect([undefined, "Success", "Cancelled"]).to.include(command?.Status);
    });
  }
});

describe("a night with patches whose run is cancelled while they are installed", () => {
  before(() => sharedPython());

  it("goes on with them, stops the golden instance again, and takes no image", async () => {
    const { account, night } = await sleeping({ faults: ["run-cancelled:300s@1"] });
    expect(runOf(night, "create-image").status).to.equal("Cancelled");
    expect(runOf(night, "patch").status).to.equal("Success");
    expect(calls(night, "CreateImage")).to.deep.equal([]);
    expect(golden(account).State.Name).to.equal("stopped");
  });
});

/** Every call of the runbook patch, failing in every way. */
describe("every call of a night with patches, failing in every way,", () => {
  const CHANGES = /^(Cancel|Send|Start|Stop)/;
  const KINDS = ["denied", "error", "no-answer", "throttled"];
  const AFTER = ["error-after", "no-answer-after"];
  const sleeps = (account: Account): void => {
    const record = account.ec2.instances.get(GOLDEN);
    if (record) {
      layStill(record, account.clock.now());
    }
  };

  function judged(of: Deployable, fault: Fault, world?: (account: Account) => void): string[] {
    const life = new Life(of, world);
    const { account } = life;
    const was = golden(account).State.Name;
    const old = launchedNow(account)[0].imageId;
    const { night } = life.night({ faults: [fault] });
    const run = runOf(night, "create-image");
    const atWork = account.ssm.runCommand
      .all()
      .filter(({ Status }) => ["Pending", "InProgress"].includes(Status));
    account.clock.advance(900);
    account.catchUp();
    const now = golden(account).State.Name;
    const isSaid = sentence(run).includes("it could not be stopped again");
    const wrong = [
      ...night.runs.flatMap(unsaid),
      ...unlaunchable(account),
      ...(now === was || isSaid ? [] : [`it is ${now} and nobody says so: ${sentence(run)}`]),
      ...(run.status === "Success" && launchedNow(account)[0].imageId === old ? ["it made nothing"] : []),
      ...(run.status !== "Success" && calls(night, "CreateImage").length > 0 ? ["it made an image"] : []),
      ...atWork.map(({ Status }) => `it left a command that is ${Status}: ${sentence(run)}`),
      ...(calls(night, "SendCommand").filter(({ error }) => error === undefined).length > 1
        ? ["it ran twice"]
        : []),
    ];
    if (now !== was && isSaid) {
      sleeps(account);
    }
    return [...wrong, ...failedChecks(life.night()).map((text) => `in the next night ${text}`)];
  }

  for (const [what, startStopped, world] of [
    ["of an instance that runs", undefined, undefined],
    ["of one that sleeps", true, sleeps],
  ] as const) {
    it(what, async () => {
      const of = await deployable({ launchSource: "template", args: { patch: {}, startStopped } });
      const { night } = new Life(of, world).night();
      const every = runOf(night, "patch").calls.map(({ step, service, api }) => ({ step, service, api }));
      const each = [...new Map(every.map((one) => [JSON.stringify(one), one])).values()];
      expect(each.length).to.be.greaterThan(5);
      const wrong = each.flatMap(({ step, service, api }) =>
        [...KINDS, ...(CHANGES.test(api) ? AFTER : [])].flatMap((kind) => {
          const fault = inStep(step, `${service}:${api}:${kind}@1`);
          return judged(of, fault, world).map((text) => `${fault.text}: ${text}`);
        }),
      );
      expect(wrong.join("\n")).to.equal("");
    });
  }
});

describe("every action of the role of patch is needed:", () => {
  before(() => sharedPython());

  const HISTORIES: Wanted[] = [
    { world: encrypt },
    { account: ({ ssm }) => void (ssm.runCommand.fails = true) },
    {
      args: { patch: { timeout: 300 } },
      account: ({ ssm }) => void (ssm.runCommand.secondsOfCommand = 7200),
    },
  ];
  const endOf = ({ account, nights }: Refreshed) =>
    JSON.stringify([
      nights.flatMap(({ runs }) => runs.map((run) => [run.runbook, run.status, sentence(run)])),
      golden(account).State.Name,
      account.ssm.runCommand.all().map(({ Status }) => Status),
    ]);

  it("without it one of these histories ends otherwise", async () => {
    const usual: string[] = [];
    const actions = new Set<string>();
    for (const wanted of HISTORIES) {
      usual.push(
        endOf(
          await sleeping({
            ...wanted,
            registered: (resources) =>
              statementsOf(resources, POLICY)
                .flatMap(actionsOf)
                .forEach((action) => actions.add(action)),
          }),
        ),
      );
    }
    expect(actions.size).to.equal(12);
    for (const action of actions) {
      const ends: string[] = [];
      for (const wanted of HISTORIES) {
        ends.push(endOf(await sleeping({ ...wanted, registered: withoutAction(POLICY, action) })));
      }
      expect(ends, action).to.not.deep.equal(usual);
    }
  });
});
