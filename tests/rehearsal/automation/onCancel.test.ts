import { expect } from "chai";
import { execute, type ExecutionResult } from "../../../rehearsal/automation/execution";
import { RunCancelled } from "../../../rehearsal/automation/failure";
import { readRunbook } from "../../../rehearsal/automation/reading/runbook";
import { waitsUntil } from "../../../rehearsal/automation/waiting";
import { sharedPython } from "../python";
import { runbook, script, started, step } from "./running";

/** A step that waits for something that does not come. */
const wait = (name: string, seconds: number, more = "") => `
  - name: ${name}
    action: aws:waitForAwsResourceProperty
    timeoutSeconds: ${seconds}
    ${more}
    inputs: { Service: ec2, Api: DescribeImages, PropertySelector: $.State, DesiredValues: [available] }`;

interface Cancelled {
  result: ExecutionResult;
  /** Name and status of each step, as they ended. */
  steps: string[];
  /** From the cancel to the end. */
  seconds: number;
}

/** Cancels a run while it waits in this step. */
async function cancelIn(name: string, yaml: string): Promise<Cancelled> {
  let current = "";
  const run = {
    ...(await started(yaml, { answer: () => ({ State: "pending" }) })),
    onStepBegins: (begun: { name: string }) => void (current = begun.name),
  };
  const execution = execute(run);
  let cancelledAt: number | undefined;
  for (let turn = execution.next(); ;) {
    if (turn.done) {
      const seconds = (run.clock.now().getTime() - (cancelledAt ?? Number.NaN)) / 1000;
      const steps = turn.value.steps.map((one) => `${one.name} ${one.status}`);
      return { result: turn.value, steps, seconds };
    }
    if (current === name && cancelledAt === undefined) {
      cancelledAt = run.clock.now().getTime();
      turn = execution.throw(new RunCancelled("by hand"));
    } else {
      run.clock.set(waitsUntil(turn.value));
      turn = execution.next();
    }
  }
}

describe("a run that is cancelled", () => {
  before(() => sharedPython());

  it("ends where it is, unless its step says otherwise", async () => {
    const { steps, result, seconds } = await cancelIn("wait", runbook(wait("wait", 600) + step("after")));
    expect(steps).to.deep.equal(["wait Cancelled"]);
    expect(result.status).to.equal("Cancelled");
    expect(seconds).to.equal(0);
  });

  it("goes on at the step that onCancel names, and is Cancelled all the same", async () => {
    const yaml = runbook(
      wait("wait", 600, "onCancel: step:tidyUp") + step("between") + step("tidyUp") + step("last"),
    );
    const { steps, result } = await cancelIn("wait", yaml);
    expect(steps).to.deep.equal(["wait Cancelled", "tidyUp Success", "last Success"]);
    expect(result).to.deep.include({ status: "Cancelled", failureMessage: undefined });
  });

  it("is Cancelled where what onCancel names fails, and its step has the reason", async () => {
    const yaml = runbook(
      wait("wait", 600, "onCancel: step:tidyUp") + script("tidyUp", 'raise Exception("no")') + step("last"),
    );
    const { steps, result } = await cancelIn("wait", yaml);
    expect(steps).to.deep.equal(["wait Cancelled", "tidyUp Failed"]);
    expect(result.status).to.equal("Cancelled");
    expect(result.steps[1].failureMessage).to.include("Exception: no");
  });

  it("has two minutes for what onCancel names", async () => {
    const yaml = runbook(wait("wait", 600, "onCancel: step:tidyUp") + wait("tidyUp", 300) + step("last"));
    const { steps, seconds } = await cancelIn("wait", yaml);
    expect(steps).to.deep.equal(["wait Cancelled", "tidyUp Cancelled"]);
    expect(seconds).to.equal(120);
  });

  for (const [what, onCancel, says] of [
    ["a step that does not exist", "step:nowhere", /onCancel: there is no step "nowhere"/],
    ["a step above", "step:above", /onCancel: the step "above" comes earlier/],
    ["anything else", "Continue", /onCancel is "Continue", not Abort or step:NAME/],
  ] as const) {
    it(`refuses a runbook whose onCancel names ${what}`, () => {
      const yaml = runbook(step("above") + step("cancelled", `onCancel: ${onCancel}`));
      expect(() => readRunbook(yaml, "YAML")).to.throw(says);
    });
  }
});
