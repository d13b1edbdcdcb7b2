import { expect } from "chai";
import { NotModelled, RehearsalError } from "../../../rehearsal/errors";
import { AwsError } from "../../../rehearsal/account/errors";
import { Clock } from "../../../rehearsal/account/clock";
import { execute } from "../../../rehearsal/automation/execution";
import { waitsUntil } from "../../../rehearsal/automation/waiting";
import { sharedPython } from "../python";
import { run, runbook, script, start, started, step, type Answer } from "./running";

const denied = new AwsError("UnauthorizedOperation", "You are not authorized.", 403);

/** Fails the calls of these names. */
function failing(...apis: string[]): Answer {
  return (api) => {
    if (apis.includes(api)) throw denied;
    return { Id: api };
  };
}

const output = "outputs: [{ Name: Id, Selector: $.Id, Type: String }]";

describe("execute", () => {
  before(async function () {
    await sharedPython();
  });

  describe("order", () => {
    it("goes from step to step as written", async () => {
      const { order, result } = await run(runbook(step("a") + step("b") + step("c")));
      expect(order).to.deep.equal(["a", "b", "c"]);
      expect(result.status).to.equal("Success");
      expect(result).to.not.have.property("failureMessage");
    });

    it("follows nextStep and stops at isEnd", async () => {
      const { order } = await run(
        runbook(step("a", "nextStep: c") + step("b") + step("c", "isEnd: true") + step("d")),
      );
      expect(order).to.deep.equal(["a", "c"]);
    });

    it("stops at isEnd after a failure too", async () => {
      const yaml = runbook(step("a", "onFailure: Continue\n    isEnd: true") + step("b"));
      const { order, result } = await run(yaml, { answer: failing("A") });
      expect(order).to.deep.equal(["a"]);
      expect(result.status).to.equal("Success");
    });
  });

  describe("failure", () => {
    it("aborts by default, with AWS's sentence", async () => {
      const { order, result } = await run(runbook(step("a") + step("b")), { answer: failing("A") });
      expect(order).to.deep.equal(["a"]);
      expect(result.status).to.equal("Failed");
      expect(result.failureMessage).to.equal(
        "Step fails when it is Execute/Cancelling action. An error occurred (UnauthorizedOperation) when calling the " +
          "A operation: You are not authorized. Please refer to Automation Service Troubleshooting Guide for more " +
          "diagnosis details.",
      );
      expect(result.steps[0]).to.include({ status: "Failed", failureMessage: result.failureMessage });
    });

    it("continues, and forgives, with onFailure Continue", async () => {
      const { order, result } = await run(runbook(step("a", "onFailure: Continue") + step("b")), {
        answer: failing("A"),
      });
      expect(order).to.deep.equal(["a", "b"]);
      expect(result.status).to.equal("Success");
      expect(result.steps[0].status).to.equal("Failed");
    });

    it("continues, and does not forgive, where the step is critical", async () => {
      const yaml = runbook(step("a", "onFailure: Continue\n    isCritical: true") + step("b"));
      const { order, result } = await run(yaml, { answer: failing("A") });
      expect(order).to.deep.equal(["a", "b"]);
      expect(result.status).to.equal("Failed");
      expect(result.failureMessage).to.contain("when calling the A operation");
    });

    const handled = (critical: string) =>
      runbook(step("a", `onFailure: step:c\n    ${critical}`) + step("b", "isEnd: true") + step("c"));

    it("jumps to the handler, and fails although that succeeded", async () => {
      const { order, result } = await run(handled(""), { answer: failing("A") });
      expect(order).to.deep.equal(["a", "c"]);
      expect(result.status).to.equal("Failed");
      expect(result.failureMessage).to.contain("when calling the A operation");
    });

    it("succeeds after a handler where the step is not critical", async () => {
      const { order, result } = await run(handled("isCritical: false"), { answer: failing("A") });
      expect(order).to.deep.equal(["a", "c"]);
      expect(result.status).to.equal("Success");
    });

    it("tells what a handler says, and keeps what it handled", async () => {
      const yaml = runbook(
        step("a", "onFailure: step:c") +
          step("b", "isEnd: true") +
          script("c", 'raise RuntimeError("Look at a.")'),
      );
      const { result } = await run(yaml, { answer: failing("A") });
      expect(result.failureMessage).to.match(/\nRuntimeError: Look at a\. Please refer to .* details\.$/);
      expect(result.steps[0].failureMessage).to.contain("when calling the A operation");
    });

    it("tells the first of two failures where no handler is at work", async () => {
      const yaml = runbook(step("a", "onFailure: Continue\n    isCritical: true") + step("b"));
      const { result } = await run(yaml, { answer: failing("A", "B") });
      expect(result.failureMessage).to.contain("when calling the A operation");
    });

    it("tries as often as maxAttempts says", async () => {
      const fails =
        (times: number): Answer =>
        (_api, _params, made) => {
          if (made.length <= times) throw denied;
          return {};
        };
      const yaml = runbook(step("a", "maxAttempts: 3"));
      const good = await run(yaml, { answer: fails(2) });
      expect(good.result.steps[0]).to.include({ status: "Success", attempts: 3 });
      const bad = await run(yaml, { answer: fails(3) });
      expect(bad.result.steps[0]).to.include({ status: "Failed", attempts: 3 });
      expect(bad.made).to.have.length(3);
    });

    for (const error of [new NotModelled("ec2 A"), new RehearsalError("stop"), new TypeError("a bug")]) {
      it(`lets a ${error.constructor.name} through`, async () => {
        const answer = () => {
          throw error;
        };
        const yaml = runbook(step("a", "onFailure: Continue\n    maxAttempts: 3"));
        let thrown: unknown;
        await run(yaml, { answer }).catch((reason: unknown) => (thrown = reason));
        expect(thrown).to.equal(error);
      });
    }
  });

  describe("references", () => {
    const parameters = `parameters:
  Text: { type: String, default: t }
  Flag: { type: Boolean, default: true }
  Count: { type: Integer, default: 5 }
  List: { type: StringList, default: [x, y] }
  Map: { type: StringMap, default: { k: v } }
  Maps: { type: MapList, default: [{ k: v }] }`;
    const using = (value: string) => runbook(step("a").replace("Api: A", `Api: A, X: ${value}`), parameters);
    const sent = async (value: string) => (await run(using(value))).made[0].params.X;

    const cases: [written: string, value: unknown][] = [
      ['"{{ Text }}"', "t"],
      ['"{{Flag}}"', true],
      ['"{{ Count }}"', 5],
      ['"{{ List }}"', ["x", "y"]],
      ['"{{ Map }}"', { k: "v" }],
      ['"{{ Maps }}"', [{ k: "v" }]],
      ['"{{ Text }}-{{ Count }}/{{ Flag }}"', "t-5/true"],
      ['" {{ Count }}"', " 5"],
      ['[{ Name: n, Values: ["{{ Text }}", plain] }]', [{ Name: "n", Values: ["t", "plain"] }]],
      ['"{{ global:REGION }}"', "cn-north-1"],
      ['"{{ global:ACCOUNT_ID }}"', "123456789012"],
      ['"arn:{{ global:AWS_PARTITION }}:x"', "arn:aws-cn:x"],
      ['"{{ global:DATE }}"', "2026-03-01"],
      ['"{{ global:DATE_TIME }}"', "2026-03-01_05.30.01"],
      ['"{{ automation:EXECUTION_ID }}"', "11111111-2222-4333-8444-555555555555"],
      ["true", true],
      ["7", 7],
      ['""', ""],
    ];
    for (const [written, value] of cases) {
      it(`sends ${written}`, async () => expect(await sent(written)).to.deep.equal(value));
    }

    it("substitutes in every step anew, from the clock", async () => {
      const dated = (name: string) =>
        step(name).replace("Api:", 'X: "{{ global:DATE }}", Y: "{{ global:DATE_TIME }}", Api:');
      const clock = new Clock(new Date("2026-03-01T23:59:57Z"));
      const { made } = await run(runbook(dated("a") + dated("b")), { clock });
      expect(made.map(({ params }) => params)).to.deep.equal([
        { X: "2026-03-01", Y: "2026-03-01_23.59.58" },
        { X: "2026-03-02", Y: "2026-03-02_00.00.00" },
      ]);
    });

    it("gives outputs on, with their types", async () => {
      const yaml = runbook(
        step("a", "outputs: [{ Name: Ids, Selector: $..Id, Type: StringList }]") +
          step("b").replace("Api:", 'X: "{{ a.Ids }}", Api:'),
      );
      const { made } = await run(yaml, { answer: () => ({ Images: [{ Id: "1" }, { Id: "2" }] }) });
      expect(made[1].params).to.deep.equal({ X: ["1", "2"] });
    });

    it("leaves the reference where the step did not run, or failed", async () => {
      const yaml = runbook(
        step("a", `${output}\n    onFailure: Continue\n    nextStep: b`) +
          step("b", "nextStep: d") +
          step("c", output) +
          step("d").replace("Api:", 'X: "{{ a.Id }}", Y: "is {{c.Id}}", Api:'),
      );
      const { made } = await run(yaml, { answer: failing("A") });
      expect(made[2].params).to.deep.equal({ X: "{{ a.Id }}", Y: "is {{c.Id}}" });
    });

    it("refuses a list of a payload inside a longer text", async () => {
      const yaml = runbook(
        script("a", "return [1]") + step("b").replace("Api:", 'X: "is {{ a.Payload }}", Api:'),
      );
      let thrown: unknown;
      await run(yaml).catch((reason: unknown) => (thrown = reason));
      expect(thrown)
        .to.be.instanceOf(NotModelled)
        .with.property("message")
        .contains("{{ a.Payload }} inside");
    });
  });

  describe("what it tells", () => {
    it("records each step", async () => {
      const { result, order } = await run(runbook(step("a", output)), { answer: failing() });
      expect(order).to.deep.equal(["a"]);
      expect(result.steps).to.deep.equal([
        {
          name: "a",
          action: "aws:executeAwsApi",
          status: "Success",
          startedAt: "2026-03-01T05:30:00.000Z",
          endedAt: "2026-03-01T05:30:02.000Z",
          attempts: 1,
          outputs: { Id: "A" },
        },
      ]);
    });

    it("gives the document's outputs at the end, and AWS's words where there are none", async () => {
      const yaml = runbook(
        step("a", `${output}\n    nextStep: c`) + step("b", output) + step("c"),
        "outputs: [a.Id, b.Id]",
      );
      const { result } = await run(yaml, { answer: failing("C") });
      expect(result.outputs).to.deep.equal({
        "a.Id": "A",
        "b.Id": "No output available yet because the step is not successfully executed",
      });
    });
  });

  it("lets several executions take turns", async () => {
    const clock = new Clock(start);
    const waiting = runbook(`
  - name: wait
    action: aws:waitForAwsResourceProperty
    inputs: { Service: ec2, Api: Look, PropertySelector: $.State, DesiredValues: [done] }`);
    const until =
      (count: number): Answer =>
      (_api, _params, made) => ({ State: made.length < count ? "not" : "done" });
    const first = await started(waiting, { clock, answer: until(3) });
    const second = await started(runbook(step("a") + step("b")), { clock });
    const open = [first, second].map((each) => ({ execution: execute(each), due: clock.now(), status: "" }));
    while (open.some((each) => each.status === "")) {
      const next = open
        .filter((each) => each.status === "")
        .sort((a, b) => a.due.getTime() - b.due.getTime())[0];
      if (next.due > clock.now()) clock.set(next.due);
      const turn = next.execution.next();
      if (turn.done) next.status = turn.value.status;
      else next.due = waitsUntil(turn.value);
    }
    expect(open.map((each) => each.status)).to.deep.equal(["Success", "Success"]);
    // The second one runs between the first look of the first one and the next.
    expect(first.made.map(({ second }) => second)).to.deep.equal([1, 32, 63]);
    expect(second.made.map(({ second }) => second)).to.deep.equal([2, 4]);
  });
});
