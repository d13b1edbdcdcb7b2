import { expect } from "chai";
import { NotModelled, RehearsalError } from "../../../rehearsal/errors";
import { readRunbook } from "../../../rehearsal/automation/reading/runbook";
import { sharedPython } from "../python";
import { run, runbook, script, step } from "./running";

const parameters = `parameters:
  S: { type: String, default: Linux }
  I: { type: Integer, default: 5 }
  B: { type: Boolean, default: true }
  L: { type: StringList, default: [a] }
  M: { type: StringMap, default: {} }`;

/** A step that branches; the choices are YAML in one line each. */
function branch(choices: string[], more = "", otherwise?: string): string {
  return `
  - name: choose
    action: aws:branch
    ${more}
    inputs:
      Choices:
${choices.map((choice) => `      - ${choice}`).join("\n")}
      ${otherwise === undefined ? "" : `Default: ${otherwise}`}`;
}

const three = step("a") + step("b") + step("c");

const choice = (condition: string, nextStep = "b") => `{ NextStep: ${nextStep}, ${condition} }`;
const linux = 'Variable: "{{ S }}", StringEquals: Linux';
const windows = 'Variable: "{{ S }}", StringEquals: Windows';

/** The steps that run, the branch itself left out. */
async function order(steps: string, given: Record<string, string[]> = {}): Promise<string[]> {
  const trial = await run(runbook(steps, parameters), { given });
  expect(trial.result.status).to.equal("Success");
  return trial.order.filter((name) => name !== "choose");
}

describe("aws:branch", () => {
  before(async function () {
    await sharedPython();
  });

  describe("goes on", () => {
    it("at the step of the first choice that holds", async () => {
      const choices = [choice(windows, "a"), choice(linux, "b"), choice(linux, "c")];
      expect(await order(branch(choices, "", "a") + three)).to.deep.equal(["b", "c"]);
    });

    it("at the default where none holds", async () => {
      expect(await order(branch([choice(windows)], "", "c") + three)).to.deep.equal(["c"]);
    });

    it("at the step below where none holds and there is no default", async () => {
      expect(await order(branch([choice(windows)]) + three)).to.deep.equal(["a", "b", "c"]);
    });

    it("not at all where none holds and it is the end", async () => {
      expect(await order(branch([choice(windows)], "isEnd: true") + three)).to.deep.equal([]);
    });

    it("in spite of isEnd where one holds", async () => {
      expect(await order(branch([choice(linux)], "isEnd: true") + three)).to.deep.equal(["b", "c"]);
    });

    it("by what the run is given", async () => {
      const steps = branch([choice(windows, "a"), choice(linux, "b")], "", "c") + three;
      expect(await order(steps, { S: ["Windows"] })).to.deep.equal(["a", "b", "c"]);
      expect(await order(steps, { S: ["macOS"] })).to.deep.equal(["c"]);
    });
  });

  const comparisons: [string, string, boolean][] = [
    ["S", "StringEquals: Linux", true],
    ["S", "StringEquals: linux", false],
    ["S", "EqualsIgnoreCase: lINUX", true],
    ["S", "EqualsIgnoreCase: Linux 2", false],
    ["S", "StartsWith: Lin", true],
    ["S", "StartsWith: lin", false],
    ["S", "EndsWith: nux", true],
    ["S", "EndsWith: Lin", false],
    ["S", "Contains: inu", true],
    ["S", "Contains: uni", false],
    ["I", "NumericEquals: 5", true],
    ["I", "NumericEquals: 6", false],
    ["I", "NumericGreater: 4", true],
    ["I", "NumericGreater: 5", false],
    ["I", "NumericLesser: 6", true],
    ["I", "NumericLesser: 5", false],
    ["I", "NumericGreaterOrEquals: 5", true],
    ["I", "NumericGreaterOrEquals: 6", false],
    ["I", "NumericLesserOrEquals: 5", true],
    ["I", "NumericLesserOrEquals: 4", false],
    ["B", "BooleanEquals: true", true],
    ["B", "BooleanEquals: false", false],
  ];
  for (const [parameter, comparison, holds] of comparisons) {
    it(`${parameter} ${holds ? "satisfies" : "does not satisfy"} ${comparison}`, async () => {
      const condition = `Variable: "{{ ${parameter} }}", ${comparison}`;
      const taken = await order(branch([choice(condition)], "", "c") + three);
      expect(taken[0]).to.equal(holds ? "b" : "c");
    });
  }

  const five = 'Variable: "{{ I }}", NumericEquals: 5';
  const six = 'Variable: "{{ I }}", NumericEquals: 6';
  const combinations: [string, boolean][] = [
    [`And: [{ ${linux} }, { ${five} }]`, true],
    [`And: [{ ${linux} }, { ${six} }]`, false],
    [`And: [{ ${windows} }, { ${five} }]`, false],
    [`Or: [{ ${windows} }, { ${five} }]`, true],
    [`Or: [{ ${windows} }, { ${six} }]`, false],
    [`Not: { ${windows} }`, true],
    [`Not: { ${linux} }`, false],
  ];
  for (const [condition, holds] of combinations) {
    it(`${condition} ${holds ? "holds" : "does not hold"}`, async () => {
      const taken = await order(branch([choice(condition)], "", "c") + three);
      expect(taken[0]).to.equal(holds ? "b" : "c");
    });
  }

  it("compares the outputs of steps", async () => {
    const before = step("a", "outputs: [{ Name: Id, Selector: $.Id, Type: String }]");
    const probe = script("x", 'return {"Kind": "template"}').replace(
      "inputs:",
      "outputs: [{ Name: Kind, Selector: $.Payload.Kind, Type: String }]\n    inputs:",
    );
    const choices = [
      choice('Variable: "{{ a.Id }}", StringEquals: nothing', "b"),
      choice('Variable: "{{ x.Kind }}", StringEquals: template', "c"),
    ];
    const trial = await run(runbook(before + probe + branch(choices) + step("b") + step("c")), {
      answer: () => ({ Id: "i-1" }),
    });
    expect(trial.order).to.deep.equal(["a", "x", "choose", "c"]);
    expect(trial.result.steps[2]).to.deep.include({
      action: "aws:branch",
      status: "Success",
      outputs: {},
      attempts: 1,
    });
  });

  describe("steps that it goes round", () => {
    const output = (name: string) => `outputs: [{ Name: Id, Selector: $.Id, Type: ${name} }]`;
    const using = (reference: string) => step("c").replace("Api: C", `Api: C, X: "${reference}"`);
    const answer = () => ({ Id: "i-1" });
    const round = branch([choice(linux, "b")]) + step("a", output("String")) + step("b", output("String"));

    it("leave the reference standing where a later step refers to their outputs", async () => {
      const steps = round + using("{{ a.Id }}");
      const { made } = await run(runbook(steps, parameters), { answer });
      expect(made.at(-1)?.params).to.deep.equal({ X: "{{ a.Id }}" });
      const other = await run(runbook(round + using("of {{ b.Id }}, {{ a.Id }}"), parameters), { answer });
      expect(other.made.at(-1)?.params).to.deep.equal({ X: "of i-1, {{ a.Id }}" });
    });

    it("have AWS's placeholder in the document's outputs", async () => {
      const { result } = await run(runbook(round, `${parameters}\noutputs: [a.Id, b.Id]`), { answer });
      expect(result.outputs).to.deep.equal({
        "a.Id": "No output available yet because the step is not successfully executed",
        "b.Id": "i-1",
      });
    });

    it("equal no text, and are no number", async () => {
      const second = (condition: string) =>
        round +
        branch([choice(condition, "d")], "", "c").replace("name: choose", "name: again") +
        step("d") +
        step("c");
      const asText = await run(runbook(second('Variable: "{{ a.Id }}", StringEquals: i-1'), parameters), {
        answer,
      });
      expect(asText.order.at(-1)).to.equal("c");
      const asNumber = second('Variable: "{{ a.Id }}", NumericEquals: 1').replace(
        output("String"),
        output("Integer"),
      );
      let thrown: unknown;
      await run(runbook(asNumber, parameters), { answer }).catch((reason: unknown) => (thrown = reason));
      expect(thrown).to.be.instanceOf(NotModelled);
      expect((thrown as Error).message)
        .to.contain('step "again"')
        .and.to.contain("{{ a.Id }}");
    });
  });

  describe("is refused", () => {
    const refused = (
      name: string,
      steps: string,
      kind: typeof NotModelled | typeof RehearsalError,
      words: string,
    ) =>
      it(name, () => {
        let thrown: unknown;
        try {
          readRunbook(runbook(steps, parameters), "YAML");
        } catch (error) {
          thrown = error;
        }
        expect((thrown as Error | undefined)?.message).to.contain(words);
        expect((thrown as Error).constructor).to.equal(kind);
      });
    const R = RehearsalError;
    const N = NotModelled;
    const one = (condition: string) => branch([choice(condition)]) + three;

    refused("without choices", branch([]).replace("Choices:", "Choices: []") + three, R, "Choices is empty");
    refused("with an empty And", one("And: []"), R, "And is empty");
    refused("with an empty Or", one("Or: []"), R, "Or is empty");
    refused("with an unknown operator", one('Variable: "{{ S }}", StringLike: x'), R, '"StringLike" is not');
    refused("with none", one('Variable: "{{ S }}"'), R, "exactly one operator is needed, not 0");
    refused("with two", one(`${linux}, StartsWith: L`), R, "exactly one operator is needed, not 2");
    refused("without a Variable", one("StringEquals: Linux"), R, '"Variable" is missing');
    refused("without a NextStep", branch([`{ ${linux} }`]) + three, R, '"NextStep" is missing');
    refused(
      "with an unknown input",
      `${branch([choice(linux)], "", "a")}\n      Else: b${three}`,
      R,
      '"Else"',
    );
    refused(
      "with an unknown NextStep",
      branch([choice(linux, "z")]) + three,
      R,
      'step "choose", NextStep: there is no step "z"',
    );
    refused(
      "with an unknown Default",
      branch([choice(linux)], "", "z") + three,
      R,
      'step "choose", Default: there is no step "z"',
    );
    refused("with a NextStep backward", three + branch([choice(linux)]), R, '"b" comes earlier');
    refused("with a NextStep to itself", branch([choice(linux, "choose")]), R, '"choose" comes earlier');
    refused(
      "with a Default backward",
      step("a") + branch([choice(linux)], "", "a") + step("b"),
      R,
      'Default: the step "a" comes earlier',
    );
    refused(
      "with an unknown parameter",
      one('Variable: "{{ X }}", StringEquals: a'),
      R,
      "{{ X }} is neither",
    );
    refused(
      "with the output of a later step",
      one('Variable: "{{ a.Id }}", StringEquals: a'),
      R,
      "{{ a.Id }} is neither",
    );
    refused(
      "with a number in quotes",
      one(`Variable: "{{ I }}", NumericEquals: "5"`),
      R,
      'NumericEquals needs a value of the type Integer, not "5"',
    );
    refused(
      "with a number for a text",
      one(`Variable: "{{ S }}", StringEquals: 5`),
      R,
      "StringEquals needs a value of the type String, not 5",
    );
    refused(
      "with a text for a Boolean",
      one(`Variable: "{{ B }}", BooleanEquals: "true"`),
      R,
      "BooleanEquals needs a value of the type Boolean",
    );

    refused("with a text as Variable", one("Variable: Linux, StringEquals: Linux"), N, 'Variable "Linux"');
    refused(
      "with more than a reference as Variable",
      one('Variable: "{{ S }}-x", StringEquals: Linux-x'),
      N,
      'Variable "{{ S }}-x"',
    );
    refused(
      "with a system variable",
      one('Variable: "{{ global:REGION }}", StringEquals: x'),
      N,
      'Variable "{{ global:REGION }}"',
    );
    refused("with a list", one('Variable: "{{ L }}", Contains: a'), N, "Contains for {{ L }}, a StringList");
    refused("with a map", one('Variable: "{{ M }}", Contains: a'), N, "Contains for {{ M }}, a StringMap");
    refused(
      "with an operator of another type",
      one('Variable: "{{ B }}", StringEquals: "true"'),
      N,
      "StringEquals for {{ B }}, a Boolean",
    );
    refused(
      "with a reference on the other side",
      one('Variable: "{{ S }}", StringEquals: "{{ S }}"'),
      N,
      'StringEquals with "{{ S }}"',
    );
    refused("with And in Or", one(`Or: [{ And: [{ ${linux} }] }]`), N, '"And"');
    refused("with Not in Not", one(`Not: { Not: { ${linux} } }`), N, '"Not"');
    refused(
      "with outputs",
      branch([choice(linux)], "outputs: [{ Name: A, Selector: $.A, Type: String }]") + three,
      N,
      "outputs of aws:branch",
    );
    refused(
      "with a nextStep",
      branch([choice(linux)], "nextStep: a") + three,
      N,
      "with a nextStep of its own",
    );
    refused(
      "with Default and isEnd",
      branch([choice(linux)], "isEnd: true", "c") + three,
      N,
      "aws:branch with Default and isEnd",
    );
  });
});
