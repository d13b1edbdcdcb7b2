import { expect } from "chai";
import { RunCancelled } from "../../rehearsal/automation/failure";
import { apis, nightly, seconds, steps } from "./nightly";
import { sharedPython } from "./python";

const everyStep = ["look", "createImage", "find", "waitForImage", "finish"];

describe("nights", function () {
  before(() => sharedPython());

  it("are told to Systems Manager, from the start to the end", async () => {
    const shown: string[] = [];
    const { account, runs } = await nightly({
      hooks: ({ ssm }) => ({
        onStepBegins: ({ executionId = "" }, { name }) => {
          const execution = ssm.executions.get(executionId);
          shown.push(`${name}: ${execution?.AutomationExecutionStatus} at ${execution?.CurrentStepName}`);
        },
      }),
    });
    expect(shown).to.deep.equal(everyStep.map((name) => `${name}: InProgress at ${name}`));
    const [run] = runs;
    expect(steps(run)).to.deep.equal(everyStep.map((name) => `${name} Success`));
    expect(account.ssm.executions.get(run.executionId ?? "")).to.deep.include({
      DocumentName: "nightly",
      AutomationExecutionStatus: "Success",
      ExecutionStartTime: new Date(run.startedAt),
      ExecutionEndTime: new Date(run.endedAt),
      CurrentStepName: undefined,
    });
  });

  it("that start at one time are all accepted before one of them does anything", async () => {
    const before: (string | undefined)[][] = [];
    const { runs } = await nightly({
      starts: [0, 0],
      hooks: ({ ssm }) => ({
        onStepBegins: (_run, { name }) => {
          if (name === "look") {
            before.push([...ssm.executions.values()].map((one) => one.AutomationExecutionStatus));
          }
        },
      }),
    });
    expect(before).to.deep.equal([
      ["InProgress", "Pending"],
      ["InProgress", "InProgress"],
    ]);
    expect(runs).to.have.length(2);
  });

  it("that are failures say why, there too", async () => {
    const { account, runs } = await nightly({ faults: ["ec2:CreateImage:denied"] });
    expect(account.ssm.executions.get(runs[0].executionId ?? "")).to.include({
      AutomationExecutionStatus: "Failed",
      FailureMessage: runs[0].failureMessage,
    });
  });
});

describe("a run that is cancelled", function () {
  before(() => sharedPython());

  it("when a step begins, ends with that step", async () => {
    const { runs, account } = await nightly({ faults: ["run-cancelled:waitForImage"] });
    const [run] = runs;
    expect(run.status).to.equal("Cancelled");
    expect(run.failureMessage).to.equal(undefined);
    expect(steps(run)).to.deep.equal([
      "look Success",
      "createImage Success",
      "find Success",
      "waitForImage Cancelled",
    ]);
    expect(account.ssm.executions.get(run.executionId ?? "")).to.include({
      AutomationExecutionStatus: "Cancelled",
      FailureMessage: undefined,
      CurrentStepName: undefined,
    });
  });

  it("when a step has ended, leaves that step as it ended", async () => {
    const { runs } = await nightly({ faults: ["run-cancelled:createImage:end"] });
    expect(runs[0].status).to.equal("Cancelled");
    expect(steps(runs[0])).to.deep.equal(["look Success", "createImage Success"]);
  });

  it("lets an image that is made go on", async () => {
    const { account } = await nightly({ faults: ["run-cancelled:createImage:end"] });
    const image = () => account.ec2.allImages().at(-1);
    expect(image()?.State).to.equal("pending");
    account.clock.advance(3600);
    expect(image()).to.include({ State: "available" });
    expect(image()?.Name).to.match(/^made /);
  });

  it("in the middle of a script, right after a call, makes no other call", async () => {
    const { runs } = await nightly({ faults: ["run-cancelled:autoscaling:DescribeAutoScalingGroups"] });
    const [run] = runs;
    expect(steps(run).at(-1)).to.equal("finish Cancelled");
    expect(apis(run).at(-1)).to.equal("DescribeAutoScalingGroups");
    expect(run.status).to.equal("Cancelled");
  });

  it("in the middle of an API step has made its call", async () => {
    const { runs, account } = await nightly({ faults: ["run-cancelled:ec2:CreateImage"] });
    expect(steps(runs[0])).to.deep.equal(["look Success", "createImage Cancelled"]);
    expect(account.ec2.allImages().at(-1)?.Name).to.match(/^made /);
  });

  it("at a time, does not wait on", async () => {
    const { runs } = await nightly({ faults: ["run-cancelled:100s"] });
    const [run] = runs;
    expect(steps(run).at(-1)).to.equal("waitForImage Cancelled");
    expect(seconds(run)).to.equal(100);
  });

  it("at a time in the middle of a script, ends when the script has", async () => {
    const { runs } = await nightly({ faults: ["run-cancelled:6s"] });
    const [run] = runs;
    expect(steps(run).slice(-2)).to.deep.equal(["find Success", "waitForImage Cancelled"]);
    expect(run.calls.at(-1)?.step).to.equal("find");
    expect(run.status).to.equal("Cancelled");
    expect(seconds(run)).to.be.greaterThan(20);
  });

  it("is one of its nights, and not the others", async () => {
    const { runs } = await nightly({ faults: ["run-cancelled:finish@2"], starts: [0, 3600, 7200] });
    expect(runs.map(({ status }) => status)).to.deep.equal(["Success", "Cancelled", "Success"]);
  });

  it("leaves a run beside it alone", async () => {
    const { runs } = await nightly({ faults: ["run-cancelled:60s@1"], starts: [0, 10] });
    expect(runs.map(({ night, status }) => [night, status])).to.deep.equal([
      [1, "Cancelled"],
      [2, "Success"],
    ]);
  });

  it("can be cancelled by a test's own hook", async () => {
    const { runs } = await nightly({
      hooks: () => ({
        onStepBegins: (_run, { name }) => {
          if (name === "find") throw new RunCancelled("enough");
        },
      }),
    });
    expect(steps(runs[0]).at(-1)).to.equal("find Cancelled");
    expect(runs[0].status).to.equal("Cancelled");
  });
});
