import { expect } from "chai";
import { RunCancelled } from "../../rehearsal/automation/failure";
import type { Account } from "../../rehearsal/account/account";
import type { Members } from "../../rehearsal/account/api";
import { NotModelled } from "../../rehearsal/errors";
import type { Run } from "../../rehearsal/nights";
import { runLines } from "../../rehearsal/report/runs";
import { apis, nightly, steps, type NightlyWanted } from "./nightly";
import { sharedPython } from "./python";

const role = "arn:aws:iam::111122223333:role/nightly";

/** A runbook that starts another one, and then looks at what came of it. */
const parent =
  (more = "", parameters = "Word: [one]") =>
  () => `
schemaVersion: "0.3"
assumeRole: ${role}
mainSteps:
  - name: before
    action: aws:executeAwsApi
    inputs: { Service: ec2, Api: DescribeImages, Owners: [self] }
  - name: child
    action: aws:executeAutomation
    timeoutSeconds: 600
    ${more}
    inputs: { DocumentName: child, RuntimeParameters: { ${parameters} } }
  - name: after
    action: aws:executeAwsApi
    isEnd: true
    inputs: { Service: ec2, Api: DescribeImages, Owners: [self] }
  - name: explain
    action: aws:executeAwsApi
    inputs: { Service: ssm, Api: GetAutomationExecution, AutomationExecutionId: "{{ child.ExecutionId }}" }
outputs: [child.Output, child.Status]
`;

/** A runbook that sleeps, and then says what it was given, or fails. */
const child = (body: string, assumeRole: string | undefined = role) => `
schemaVersion: "0.3"
${assumeRole ? `assumeRole: ${assumeRole}` : ""}
parameters:
  Word: { type: String, allowedValues: [one, two], default: one }
mainSteps:
  - name: sleep
    action: aws:waitForAwsResourceProperty
    timeoutSeconds: 3600
    inputs: { Service: ec2, Api: DescribeInstances, PropertySelector: "$.Reservations[0].Instances[0].State.Name", DesiredValues: [stopped] }
    onFailure: Continue
  - name: say
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: handler
      InputPayload: { Word: "{{ Word }}" }
      Script: |
        def handler(events, context):
            ${body}
    outputs:
      - { Name: Words, Selector: $.Payload.Words, Type: StringList }
      - { Name: Count, Selector: $.Payload.Count, Type: Integer }
      - { Name: Word, Selector: $.Payload.Word, Type: String }
outputs: [say.Words, say.Count, say.Word]
`;
const says = child('return {"Words": ["a", "b"], "Count": 2, "Word": events["Word"]}').replace(
  "timeoutSeconds: 3600",
  "timeoutSeconds: 100",
);
const fails = says.replace(/return .*/, 'raise Exception("The child says why.")');
const endless = says.replace("timeoutSeconds: 100", "timeoutSeconds: 5000");

const family = (content: string, wanted: NightlyWanted = {}) =>
  nightly({ runbook: parent("onFailure: step:explain"), further: { child: content }, ...wanted });
const ended = ({ ssm }: Account, { executionId = "" }: Run) => ssm.executions.get(executionId);

describe("a run that another one starts", function () {
  before(() => sharedPython());

  it("is one of the same night, with its own steps and calls", async () => {
    const { account, nights } = await family(says);
    const [{ runs, startedAt, endedAt }] = nights;
    const [first, second] = runs;
    expect(nights).to.have.length(1);
    expect(runs.map(({ runbook, night, status, parent: by }) => [runbook, night, status, by])).to.deep.equal([
      ["nightly", 1, "Success", undefined],
      ["child", 1, "Success", first.executionId],
    ]);
    expect(steps(first)).to.deep.equal(["before Success", "child Success", "after Success"]);
    expect(steps(second)).to.deep.equal(["sleep TimedOut", "say Success"]);
    expect(first.calls[1]).to.deep.equal({
      step: "child",
      service: "ssm",
      api: "StartAutomationExecution",
      params: { DocumentName: "child", DocumentVersion: "$DEFAULT", Parameters: { Word: ["one"] } },
      response: { AutomationExecutionId: second.executionId },
    });
    expect(apis(second).every((api) => api === "DescribeInstances")).to.equal(true);
    expect(second.startedAt > first.startedAt && second.endedAt < first.endedAt).to.equal(true);
    expect([startedAt, endedAt]).to.deep.equal([first.startedAt, first.endedAt]);
    expect(first.steps[1].endedAt).to.equal(second.endedAt);
    expect(ended(account, second)?.ExecutedBy).to.match(/assumed-role\/nightly\/Automation-/);
  });

  it("gives its outputs in their order, lists flattened in", async () => {
    const { runs, account } = await family(says);
    expect(runs[0].outputs).to.deep.equal({
      "child.Output": ["a", "b", "2", "one"],
      "child.Status": "Success",
    });
    expect(ended(account, runs[1])?.Outputs).to.deep.equal({
      "say.Words": ["a", "b"],
      "say.Count": ["2"],
      "say.Word": ["one"],
    });
    expect(ended(account, runs[0])?.Outputs).to.deep.equal({
      "child.Output": ["a", "b", "2", "one"],
      "child.Status": ["Success"],
    });
  });

  it("that fails tells why when it is asked, and only then", async () => {
    const { runs } = await family(fails);
    const [first, second] = runs;
    expect(steps(first)).to.deep.equal(["before Success", "child Failed", "explain Success"]);
    expect(first.failureMessage).not.to.contain("The child says why");
    const answer = first.calls.at(-1)?.response?.AutomationExecution as Members;
    expect(answer).to.include({
      AutomationExecutionId: second.executionId,
      ParentAutomationExecutionId: first.executionId,
      AutomationExecutionStatus: "Failed",
    });
    expect(answer.FailureMessage).to.match(/\nException: The child says why\. Please refer to/);
    expect(answer.Parameters).to.deep.equal({ Word: ["one"] });
    expect((answer.Outputs as Members)["say.Word"]).to.deep.equal([
      "No output available yet because the step is not successfully executed",
    ]);
  });

  it("goes on when the step's time is up", async () => {
    const { nights } = await family(endless);
    const [first, second] = nights[0].runs;
    expect(first.status).to.equal("TimedOut");
    expect(first.calls.at(-1)?.response?.AutomationExecution).to.include({
      AutomationExecutionStatus: "InProgress",
    });
    expect(second.status).to.equal("Success");
    expect(nights[0].endedAt).to.equal(second.endedAt);
    expect(second.endedAt > first.endedAt).to.equal(true);
  });

  for (const faults of [["run-cancelled:60s"], []]) {
    it(`goes on when the one that started it is cancelled, ${faults.length > 0 ? "at a time" : "by itself"}`, async () => {
      const { runs } = await family(endless, {
        faults,
        hooks: () => ({
          onStepBegins: ({ runbook }, { name }) => {
            if (faults.length === 0 && runbook === "nightly" && name === "after")
              throw new RunCancelled("enough");
          },
        }),
        runbook: faults.length > 0 ? parent() : parent("onFailure: Continue\n    isCritical: false"),
      });
      expect(runs.map(({ status }) => status)).to.deep.equal(["Cancelled", "Success"]);
      expect(runs[1].steps).to.have.length(2);
    });
  }

  it("can itself be cancelled, which fails the step", async () => {
    const { runs } = await family(says, { faults: ["run-cancelled:say"] });
    expect(runs.map(({ status }) => status)).to.deep.equal(["Failed", "Cancelled"]);
    expect(runs[0].steps[1].outputs).to.include({ Status: "Cancelled" });
  });

  describe("is not started", () => {
    const refused = async (wanted: NightlyWanted, content = says) => {
      const { runs } = await family(content, { runbook: parent(), ...wanted });
      expect(runs).to.have.length(1);
      expect(runs[0].calls.at(-1)).to.include({ api: "StartAutomationExecution" });
      return runs[0].failureMessage ?? "";
    };
    const only =
      (...statements: object[]) =>
      (account: Account) =>
        account.iam.putRolePolicy("nightly", "everything", {
          Statement: [
            { Effect: "Allow", Action: "ec2:*", Resource: "*" },
            ...statements.map((one) => ({ Effect: "Allow" as const, ...one })),
          ],
        });
    const startIt = { Action: "ssm:StartAutomationExecution", Resource: "*" };

    it("without the right to start it", async () => {
      const world = only({ Action: "iam:PassRole", Resource: role });
      expect(await refused({ world })).to.match(
        /\(AccessDeniedException\) when calling the StartAutomationExecution operation: User: .*assumed-role\/nightly.* not authorized to perform: ssm:StartAutomationExecution on resource: .*automation-definition\/child:\$DEFAULT/,
      );
    });

    it("without the right to pass it its role", async () => {
      expect(await refused({ world: only(startIt) })).to.contain(
        `perform: iam:PassRole on resource: ${role}`,
      );
    });

    it("with a value that it does not allow", async () => {
      const message = await refused({ runbook: parent("", "Word: three") });
      expect(message).to.contain("(InvalidAutomationExecutionParametersException)");
      expect(message).to.contain('the value "three" is not one of');
    });

    it("with a parameter that it lacks", async () => {
      expect(await refused({ runbook: parent("", "Other: x") })).to.contain("has no parameter Other");
    });

    it("where there is no such document", async () => {
      expect(await refused({ further: {} })).to.contain("AutomationDefinitionNotFoundException");
    });

    it("where a fault says so, at any of the starts of the night", async () => {
      expect(await refused({ faults: ["ssm:StartAutomationExecution:throttled@1.1"] })).to.contain(
        "(ThrottlingException)",
      );
    });
  });

  it("is started where only the answer is lost", async () => {
    const { runs } = await family(says, {
      runbook: parent(),
      faults: ["ssm:StartAutomationExecution:no-answer-after"],
    });
    expect(runs.map(({ runbook, status }) => [runbook, status])).to.deep.equal([
      ["nightly", "TimedOut"],
      ["child", "Success"],
    ]);
  });

  it("is not modelled without a role, and not in six levels", async () => {
    for (const [content, words] of [
      [child("return {}", ""), "without a role that a step starts"],
      [parent()().replace("{ Word: [one] }", "{}"), "nested 6 levels deep"],
    ]) {
      const thrown = await family(content, { runbook: parent("", "") }).catch((error: Error) => error);
      expect(thrown).to.be.instanceOf(NotModelled);
      expect((thrown as Error).message).to.contain(words);
    }
  });

  it("takes turns with everything else, in the order of time", async () => {
    const order: string[] = [];
    const { runs } = await family(says, {
      byHand: [{ runbook: "nightly" }, { runbook: "child", parameters: { Word: ["two"] } }],
      hooks: () => ({
        onStepBegins: ({ runbook, parent: by }, { name }) =>
          order.push(`${by === undefined ? "" : "> "}${runbook} ${name}`),
      }),
    });
    expect(runs.map(({ runbook, status }) => [runbook, status])).to.deep.equal([
      ["nightly", "Success"],
      ["child", "Success"],
      ["child", "Success"],
    ]);
    expect(order).to.deep.equal([
      "nightly before",
      "child sleep",
      "nightly child",
      "> child sleep",
      "child say",
      "> child say",
      "nightly after",
    ]);
    expect(runs[1].outputs["say.Word"]).to.equal("two");
  });

  it("stands in the report under the step that started it", async () => {
    const { runs } = await family(says, { byHand: [{ runbook: "nightly" }, { runbook: "child" }] });
    const lines = runLines(runs).map((line) => {
      const what = line.kind === "step" ? line.step.name : `${line.run.runbook} ${line.kind}`;
      return `${"  ".repeat(line.depth)}${what}`;
    });
    expect(lines).to.deep.equal([
      "nightly begins",
      "before",
      "child",
      "  child begins",
      "  sleep",
      "  say",
      "  child ends",
      "after",
      "nightly ends",
      "child begins",
      "sleep",
      "say",
      "child ends",
    ]);
  });
});

describe("faults of a night with several runs", function () {
  before(() => sharedPython());
  const both = [{ runbook: "nightly" }, { runbook: "child" }];

  it("count the calls of all of them", async () => {
    const { runs, faults } = await family(says, {
      byHand: [{ runbook: "nightly" }, { runbook: "nightly" }],
      faults: ["ec2:DescribeImages:denied@1.2"],
    });
    const codes = runs.slice(0, 2).map(({ calls }) => calls[0].error?.Code);
    expect(codes).to.deep.equal([undefined, "UnauthorizedOperation"]);
    expect(faults[0].happened).to.equal(true);
  });

  it("strike once, in whichever run the step is", async () => {
    const { runs } = await family(says, { byHand: both, faults: ["run-cancelled:say"] });
    expect(runs.filter(({ status }) => status === "Cancelled")).to.have.length(1);
  });

  it("of a time cancel the first run that goes on", async () => {
    const { runs } = await family(says, { byHand: both, faults: ["run-cancelled:50s"] });
    expect(runs.map(({ status }) => status)).to.deep.equal(["Cancelled", "Success", "Success"]);
    const late = await family(says, { byHand: [...both].reverse(), faults: ["run-cancelled:105s"] });
    expect(late.runs.map(({ runbook, status }) => [runbook, status])).to.deep.equal([
      ["child", "Success"],
      ["nightly", "Cancelled"],
      ["child", "Success"],
    ]);
  });
});

describe("what a person starts", function () {
  before(() => sharedPython());

  it("has to be registered", async () => {
    const thrown = await family(says, { byHand: [{ runbook: "roll-out" }] }).catch((error: Error) => error);
    expect((thrown as Error).message).to.equal(
      "The program registers no runbook roll-out: name one of nightly, child.",
    );
  });

  it("is a run that was not started, where it is refused", async () => {
    const { nights } = await family(says, {
      byHand: [{ runbook: "child", parameters: { Word: ["three"] } }, { runbook: "child" }],
    });
    const [first, second] = nights[0].runs;
    expect([first.status, second.status]).to.deep.equal(["NotStarted", "Success"]);
    expect(first.failureMessage).to.match(
      /^The run was not started: .*\(InvalidAutomationExecutionParameters/,
    );
    expect(first.executionId).to.equal(undefined);
  });
});
