import { expect } from "chai";
import { AwsError, NoAnswer } from "../../../rehearsal/account/errors";
import type { Child, ChildEnd, ChildWanted } from "../../../rehearsal/automation/child";
import { readRunbook } from "../../../rehearsal/automation/reading/runbook";
import { NotModelled, RehearsalError } from "../../../rehearsal/errors";
import { messageOf } from "../../mocks";
import { sharedPython } from "../python";
import { run, runbook, start, step, type Trial } from "./running";

const parameters = `parameters:
  Name: { type: String, default: other }
  Many: { type: StringList, default: [a, b] }
  Flag: { type: Boolean, default: true }
  Count: { type: Integer, default: 1 }
  Map: { type: StringMap, default: {} }`;

/** A step that starts another runbook. */
const starting = (inputs = "DocumentName: other", more = "timeoutSeconds: 600") => `
  - name: child
    action: aws:executeAutomation
    ${more}
    inputs: { ${inputs} }`;

const refusal = (inputs?: string, more?: string) => {
  const read = () => readRunbook(runbook(starting(inputs, more), parameters), "YAML");
  try {
    read();
  } catch (error) {
    return error as Error;
  }
  throw new Error("this was read without complaint");
};

describe("reading aws:executeAutomation", () => {
  for (const [what, inputs, more, kind, words] of [
    ["no DocumentName", "DocumentVersion: '1'", undefined, RehearsalError, /"DocumentName" is missing/],
    [
      "an input that there is not",
      "DocumentName: x, Document: y",
      undefined,
      RehearsalError,
      /"Document" is not/,
    ],
    [
      "a shared document",
      "DocumentName: 'arn:aws:ssm:r:1:document/x'",
      undefined,
      NotModelled,
      /other accounts/,
    ],
    ...[
      "Targets",
      "TargetParameterName",
      "TargetMaps",
      "TargetLocations",
      "MaxConcurrency",
      "MaxErrors",
      "Tags",
    ].map(
      (input) =>
        [
          input,
          `DocumentName: x, ${input}: []`,
          undefined,
          NotModelled,
          new RegExp(`model "${input}"`),
        ] as const,
    ),
    ["no time-out", undefined, "", NotModelled, /does not tell the default timeoutSeconds/],
    ["further attempts", undefined, "timeoutSeconds: 9\n    maxAttempts: 2", NotModelled, /maxAttempts 2/],
    [
      "outputs of its own",
      undefined,
      "timeoutSeconds: 9\n    outputs: [{ Name: A, Selector: $.Output, Type: String }]",
      NotModelled,
      /outputs of aws:executeAutomation/,
    ],
    [
      "a number",
      "DocumentName: x, RuntimeParameters: { A: 1 }",
      undefined,
      NotModelled,
      /model 1 for A, only texts/,
    ],
    [
      "a list of Booleans",
      "DocumentName: x, RuntimeParameters: { A: [true] }",
      undefined,
      NotModelled,
      /\[true\]/,
    ],
    ["a map", "DocumentName: x, RuntimeParameters: { A: { b: c } }", undefined, NotModelled, /only texts/],
    ...["Flag", "Count", "Map"].map(
      (name) =>
        [
          `the parameter ${name}`,
          `DocumentName: x, RuntimeParameters: { A: "{{ ${name} }}" }`,
          undefined,
          NotModelled,
          new RegExp(`does not model \\{\\{ ${name} \\}\\}, a \\w+, as a parameter of another runbook`),
        ] as const,
    ),
  ] as const) {
    it(`refuses ${what}`, () => {
      const error = refusal(inputs, more);
      expect(error.constructor).to.equal(kind);
      expect(error.message).to.match(words);
    });
  }

  it("knows its outputs, and no others", () => {
    const after = (reference: string) =>
      runbook(
        starting() + step("b").replace("Api:", `X: "{{ ${reference} }}", Api:`),
        "outputs: [child.Output]",
      );
    for (const output of ["Output", "ExecutionId", "Status"]) {
      expect(readRunbook(after(`child.${output}`), "YAML").mainSteps).to.have.length(2);
    }
    expect(messageOf(() => readRunbook(after("child.Id"), "YAML"))).to.contain(
      "neither a parameter nor an output",
    );
  });
});

describe("aws:executeAutomation", function () {
  before(() => sharedPython());

  const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
  const then = step("b").replace(
    "Api:",
    'X: "{{ child.Output }}", Y: "{{ child.ExecutionId }}", Z: "{{ child.Status }}", Api:',
  );

  /** Runs the step and one that looks at its outputs; the child ends so. */
  async function parent(
    end: ChildEnd | undefined,
    { inputs, more }: { inputs?: string; more?: string } = {},
  ): Promise<Trial & { wanted: ChildWanted[] }> {
    const wanted: ChildWanted[] = [];
    const startChild = (_step: string, one: ChildWanted): Child => {
      wanted.push(one);
      return { executionId: "id-of-child", end };
    };
    const yaml = runbook(starting(inputs, more) + then, `${parameters}\noutputs: [child.Output]`);
    return { ...(await run(yaml, { startChild })), wanted };
  }
  const onFailure = "timeoutSeconds: 600\n    onFailure: step:b";

  it("starts the runbook with texts and lists of texts, in its default version", async () => {
    const inputs =
      'DocumentName: "{{ Name }}", RuntimeParameters: { A: "{{ Many }}", B: "x {{ Count }}", C: [p, "{{ Name }}"] }';
    const { wanted } = await parent({ at: later(9), status: "Success", outputs: [] }, { inputs });
    expect(wanted).to.deep.equal([
      {
        documentName: "other",
        documentVersion: "$DEFAULT",
        parameters: { A: ["a", "b"], B: ["x 1"], C: ["p", "other"] },
      },
    ]);
  });

  it("waits for its end, and has its outputs", async () => {
    const end: ChildEnd = { at: later(100), status: "Success", outputs: ["x", "y", "z"] };
    const { result, made } = await parent(end, { inputs: "DocumentName: other, DocumentVersion: '1'" });
    expect(result.steps[0].endedAt).to.equal(end.at.toISOString());
    expect(made[0].params).to.deep.equal({ X: ["x", "y", "z"], Y: "id-of-child", Z: "Success" });
    expect(result.outputs).to.deep.equal({ "child.Output": ["x", "y", "z"] });
  });

  for (const status of ["Failed", "TimedOut", "Cancelled"] as const) {
    it(`fails where it is ${status} in the end, and later steps know which it was`, async () => {
      const end: ChildEnd = { at: later(100), status, outputs: ["x"] };
      const { result, made } = await parent(end, { more: onFailure });
      expect(result.status).to.equal("Failed");
      expect(result.failureMessage).to.match(
        /^Step fails when .* The automation that was started did not succeed\. Please/,
      );
      expect(result.steps[0].outputs).to.deep.equal({ ExecutionId: "id-of-child", Status: status });
      expect(made[0].params).to.deep.equal({ X: "{{ child.Output }}", Y: "id-of-child", Z: status });
      expect(result.outputs["child.Output"]).to.match(/^No output available yet/);
    });
  }

  for (const [what, end] of [
    ["has not ended", undefined],
    ["ends later", { at: later(602), status: "Success", outputs: ["x"] }],
  ] as const) {
    it(`times out where it ${what}`, async () => {
      const { result, made } = await parent(end && { ...end, outputs: [...end.outputs] }, {
        more: onFailure,
      });
      expect(result.status).to.equal("TimedOut");
      expect(result.steps[0]).to.include({ status: "TimedOut", endedAt: later(601).toISOString() });
      expect(result.steps[0].failureMessage).to.contain(
        "waiting 600 seconds for the end of execution id-of-child",
      );
      expect(made[0].params).to.deep.equal({ X: "{{ child.Output }}", Y: "id-of-child", Z: "InProgress" });
    });
  }

  it("fails in AWS's words where the start is refused, and has no outputs", async () => {
    const yaml = runbook(starting(undefined, onFailure) + then);
    const startChild = () => {
      throw new AwsError("AccessDeniedException", "User: x is not authorized.");
    };
    const { result, made } = await run(yaml, { startChild });
    expect(result.failureMessage).to.equal(
      "Step fails when it is Execute/Cancelling action. An error occurred (AccessDeniedException) when calling the " +
        "StartAutomationExecution operation: User: x is not authorized. Please refer to Automation Service " +
        "Troubleshooting Guide for more diagnosis details.",
    );
    expect(made[0].params).to.include({ Y: "{{ child.ExecutionId }}" });
  });

  it("times out where no answer to the start comes", async () => {
    const startChild = () => {
      throw new NoAnswer("lost");
    };
    const { result, clock } = await run(runbook(starting()), { startChild });
    expect(result.status).to.equal("TimedOut");
    expect(result.failureMessage).to.contain("waiting 25 seconds for the answer of StartAutomationExecution");
    expect(clock.now()).to.deep.equal(later(26));
  });

  it("refuses a value that only turns out to be no text", async () => {
    const script = `
  - name: a
    action: aws:executeScript
    inputs: { Runtime: python3.11, Handler: handler, Script: "def handler(events, context): return 5" }`;
    const yaml = runbook(
      script + starting('DocumentName: other, RuntimeParameters: { A: "{{ a.Payload }}" }'),
    );
    const thrown = await run(yaml).catch((error: Error) => error);
    expect(thrown).to.be.instanceOf(NotModelled);
    expect((thrown as Error).message).to.contain("does not model 5 for A, only texts");
  });
});
