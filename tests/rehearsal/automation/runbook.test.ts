import { expect } from "chai";
import { NotModelled, RehearsalError } from "../../../rehearsal/errors";
import { assumedRole } from "../../../rehearsal/automation/assumeRole";
import { readRunbook } from "../../../rehearsal/automation/reading/runbook";
import { runbook, script, step } from "./running";

/** The refusal that reading gives. */
function refusal(yaml: string, format: "YAML" | "JSON" = "YAML"): Error {
  try {
    readRunbook(yaml, format);
  } catch (error) {
    return error as Error;
  }
  throw new Error(`this was read without complaint:\n${yaml}`);
}

function refuses(
  name: string,
  yaml: string,
  kind: typeof NotModelled | typeof RehearsalError,
  words: RegExp,
): void {
  it(name, () => {
    const error = refusal(yaml);
    expect(error.constructor).to.equal(kind);
    expect(error.message).to.match(words);
  });
}

const wait = (more: string) => `
  - name: a
    action: aws:waitForAwsResourceProperty
    inputs: { Service: ec2, Api: DescribeImages, ${more} }`;

describe("readRunbook", () => {
  it("reads what a runbook says, with AWS's defaults", () => {
    const read = readRunbook(
      `
schemaVersion: "0.3"
description: All of it
assumeRole: "{{ Role }}"
parameters:
  Role: { type: String, description: Who, default: "" }
  Count: { type: Integer, default: 3, allowedValues: [3, 4], displayType: textfield }
mainSteps:
  - name: one
    action: aws:executeAwsApi
    description: First
    maxAttempts: 2
    timeoutSeconds: 10
    onFailure: step:three
    isCritical: false
    nextStep: two
    inputs: { Service: ec2, Api: DescribeImages, Owners: [self] }
    outputs: [{ Name: Id, Selector: "$.Images[0].ImageId", Type: String }]
  - name: two
    action: aws:executeAwsApi
    onFailure: Continue
    inputs: { Service: ec2, Api: DeleteTags, Tags: "{{ one.Id }}" }
  - name: three
    action: aws:executeAwsApi
    isEnd: true
    inputs: { Service: ec2, Api: DeleteTags }
outputs: [one.Id]
`,
      "YAML",
    );
    expect(read.description).to.equal("All of it");
    expect(read.assumeRole).to.equal("{{ Role }}");
    expect(read.outputs).to.deep.equal(["one.Id"]);
    expect(read.parameters.Count).to.include({ name: "Count", type: "Integer", default: 3 });
    const [one, two, three] = read.mainSteps;
    expect(one).to.deep.include({
      maxAttempts: 2,
      timeoutSeconds: 10,
      onFailure: { kind: "step", step: "three" },
      isCritical: false,
      nextStep: "two",
      isEnd: false,
      outputs: [{ name: "Id", selector: "$.Images[0].ImageId", type: "String" }],
    });
    expect(two).to.deep.include({ maxAttempts: 1, onFailure: { kind: "Continue" }, isCritical: false });
    expect(three).to.deep.include({ onFailure: { kind: "Abort" }, isCritical: true, isEnd: true });
  });

  it("reads JSON as well", () => {
    const json = JSON.stringify({
      schemaVersion: "0.3",
      mainSteps: [
        { name: "a", action: "aws:executeAwsApi", inputs: { Service: "ec2", Api: "DescribeImages" } },
      ],
    });
    expect(readRunbook(json, "JSON").mainSteps[0].name).to.equal("a");
  });

  it("refuses a Script in JSON, which AWS does not document", () => {
    const yaml = runbook(script("a", "pass"));
    const inputs = readRunbook(yaml, "YAML").mainSteps[0].inputs;
    const json = JSON.stringify({
      schemaVersion: "0.3",
      mainSteps: [{ name: "a", action: "aws:executeScript", inputs }],
    });
    expect(refusal(json, "JSON")).to.be.instanceOf(NotModelled);
  });

  it("takes 64 KB and no more", () => {
    const around = runbook(step("a"), 'description: ""');
    const filled = (size: number) =>
      around.replace('""', `"${"x".repeat(size - Buffer.byteLength(around))}"`);
    expect(readRunbook(filled(65536), "YAML").mainSteps).to.have.length(1);
    expect(refusal(filled(65537)).message).to.match(/65537 bytes, AWS takes 65536/);
  });

  describe("refuses what AWS refuses:", () => {
    const R = RehearsalError;
    refuses("text that is not YAML", "a: [", R, /not YAML/);
    refuses(
      "a number that JSON does not know",
      runbook(step("a", "maxAttempts: .inf")),
      R,
      /maxAttempts: Infinity/,
    );
    refuses("another schemaVersion", 'schemaVersion: "2.2"\nmainSteps: []', R, /schemaVersion is "2.2"/);
    refuses(
      "an unquoted schemaVersion",
      "schemaVersion: 0.3\nmainSteps: []",
      R,
      /"schemaVersion" has to be a text/,
    );
    refuses("no steps", 'schemaVersion: "0.3"\nmainSteps: []', R, /mainSteps is empty/);
    refuses("an unknown top-level key", runbook(step("a"), "paramters: {}"), R, /"paramters" is not known/);
    refuses(
      "an unknown key of a step",
      runbook(step("a", "onfailure: Abort")),
      R,
      /step "a": "onfailure" is not known/,
    );
    refuses(
      "an unknown action",
      runbook("  - { name: a, action: 'aws:executeAwsAPI' }"),
      R,
      /"aws:executeAwsAPI" is not an/,
    );
    refuses(
      "a step without a name",
      runbook("  - { action: 'aws:executeAwsApi' }"),
      R,
      /step 1: "name" is missing/,
    );
    refuses(
      "a bad step name",
      runbook("  - { name: a-b, action: 'aws:executeAwsApi' }"),
      R,
      /"a-b": a name is/,
    );
    refuses("two steps of one name", runbook(step("a") + step("a")), R, /two steps have the name "a"/);
    refuses(
      "no attempts",
      runbook(step("a", "maxAttempts: 0")),
      R,
      /"maxAttempts" has to be a whole number from 1/,
    );
    refuses(
      "a time-out in quotes",
      runbook(step("a", 'timeoutSeconds: "5"')),
      R,
      /"timeoutSeconds" has to be/,
    );
    refuses("an unknown onFailure", runbook(step("a", "onFailure: Stop")), R, /onFailure is "Stop"/);
    refuses("a nextStep to nowhere", runbook(step("a", "nextStep: b")), R, /nextStep: there is no step "b"/);
    refuses(
      "an onFailure to nowhere",
      runbook(step("a", "onFailure: step:b")),
      R,
      /onFailure: there is no step "b"/,
    );
    refuses("a nextStep backward", runbook(step("a") + step("b", "nextStep: a")), R, /"a" comes earlier/);
    refuses("a nextStep to itself", runbook(step("a", "nextStep: a")), R, /"a" comes earlier/);
    refuses(
      "an onFailure backward",
      runbook(step("a") + step("b", "onFailure: step:a")),
      R,
      /onFailure: .* comes earlier/,
    );
    refuses(
      "a missing Service",
      runbook("  - { name: a, action: 'aws:executeAwsApi', inputs: { Api: X } }"),
      R,
      /"Service" is/,
    );
    refuses(
      "an unknown type of output",
      runbook(step("a", "outputs: [{ Name: A, Selector: $.A, Type: Text }]")),
      R,
      /no such type: "Text"/,
    );
    refuses(
      "an unknown key of an output",
      runbook(step("a", "outputs: [{ Name: A, Selector: $.A, Type: String, Of: b }]")),
      R,
      /outputs: "Of" is not known/,
    );
    refuses(
      "two outputs of one name",
      runbook(
        step(
          "a",
          "outputs: [{ Name: A, Selector: $.A, Type: String }, { Name: A, Selector: $.B, Type: String }]",
        ),
      ),
      R,
      /two outputs have the name A/,
    );
    refuses(
      "empty DesiredValues",
      runbook(wait('PropertySelector: "$.A", DesiredValues: []')),
      R,
      /DesiredValues is empty/,
    );
    refuses("no PropertySelector", runbook(wait("DesiredValues: [a]")), R, /"PropertySelector" is missing/);
    refuses(
      "a script's unknown input",
      runbook(`${script("a", "pass")}\n      Args: {}`),
      R,
      /"Args" is not known/,
    );
    refuses(
      "a script's bad Handler",
      runbook(script("a", "pass").replace("handler", "a.b")),
      R,
      /Handler has to be/,
    );
    refuses("a bad assumeRole", runbook(step("a"), "assumeRole: admin"), R, /assumeRole "admin" is neither/);
    refuses(
      "an assumeRole of no parameter",
      runbook(step("a"), 'assumeRole: "{{ Role }}"'),
      R,
      /assumeRole {{ Role }}/,
    );
    refuses("an output of no step", runbook(step("a"), "outputs: [a.B]"), R, /"a.B" is not an output/);
  });

  describe("refuses parameters that AWS refuses:", () => {
    const parameter = (text: string) => runbook(step("a"), `parameters: { P: { ${text} } }`);
    const R = RehearsalError;
    refuses("no type", parameter("description: x"), R, /"P": "type" is missing/);
    refuses("an unknown type", parameter("type: Text"), R, /"Text" is not a type/);
    refuses("an unknown key", parameter("type: String, pattern: x"), R, /"pattern" is not known/);
    refuses(
      "a default of another type",
      parameter("type: Boolean, default: 'true'"),
      R,
      /"true" is not of the type Boolean/,
    );
    refuses(
      "an Integer in quotes",
      parameter("type: Integer, default: '5'"),
      R,
      /"5" is not of the type Integer/,
    );
    refuses(
      "an allowed value of another type",
      parameter("type: Integer, allowedValues: [1, a]"),
      R,
      /allowed value "a"/,
    );
    refuses("a bad name", runbook(step("a"), "parameters: { a-b: { type: String } }"), R, /"a-b": a name is/);
  });

  describe("refuses by name what it does not model:", () => {
    const N = NotModelled;
    refuses("variables", runbook(step("a"), "variables: {}"), N, /"variables"/);
    refuses("files", runbook(step("a"), "files: {}"), N, /"files"/);
    for (const action of ["aws:loop", "aws:updateVariable", "aws:createImage", "aws:sleep"]) {
      refuses(
        action,
        runbook(`  - { name: a, action: '${action}', inputs: {} }`),
        N,
        new RegExp(`the action ${action}`),
      );
    }
    refuses("another runtime", runbook(script("a", "pass").replace("3.11", "3.8")), N, /Runtime "python3.8"/);
    refuses("an attachment", runbook(`${script("a", "pass")}\n      Attachment: a.zip`), N, /"Attachment"/);
    refuses("braces in a script", runbook(script("a", "return '{{ X }}'")), N, /"{{" in a Script/);
    refuses(
      "an Api in snake_case",
      runbook(step("a").replace("Api: A", "Api: describe_a")),
      N,
      /Api "describe_a"/,
    );
    refuses("a reference as Api", runbook(step("a").replace("Api: A", 'Api: "{{ A }}"')), N, /Api "{{ A }}"/);
    refuses(
      "a wildcard in a selector",
      runbook(step("a", 'outputs: [{ Name: A, Selector: "$.A[*].B", Type: String }]')),
      N,
      /JSONPath "\$\.A\[\*\]\.B"/,
    );
    refuses(
      "outputs of a wait",
      runbook(
        `${wait('PropertySelector: "$.A", DesiredValues: [a]')}\n    outputs: [{ Name: A, Selector: $.A, Type: String }]`,
      ),
      N,
      /outputs of aws:waitFor/,
    );
    refuses(
      "a map as a desired value",
      runbook(wait('PropertySelector: "$.A", DesiredValues: [{}]')),
      N,
      /comparing {}/,
    );
    refuses(
      "isEnd with nextStep",
      runbook(step("a", "isEnd: true\n    nextStep: b") + step("b")),
      N,
      /isEnd together with nextStep/,
    );
    refuses(
      "isEnd with a handler",
      runbook(step("a", "isEnd: true\n    onFailure: step:b") + step("b")),
      N,
      /isEnd together with onF/,
    );
    refuses(
      "Abort of what is not critical",
      runbook(step("a", "isCritical: false")),
      N,
      /isCritical false with onFailure Abort/,
    );
    refuses(
      "Continue past the next step",
      runbook(step("a", "onFailure: Continue\n    nextStep: c") + step("b") + step("c")),
      N,
      /Continue with a nextStep/,
    );
    const parameter = (text: string) => runbook(step("a"), `parameters: { P: { ${text} } }`);
    refuses("a resource type", parameter("type: 'AWS::EC2::Instance::Id'"), N, /AWS::EC2::Instance::Id/);
    refuses(
      "a parameter of Parameter Store",
      parameter("type: String, default: '{{ssm:x}}'"),
      N,
      /{{ }} in a default/,
    );
    refuses(
      "a pattern on a map",
      parameter("type: StringMap, allowedPattern: a"),
      N,
      /allowedPattern for the type StringMap/,
    );
    refuses(
      "minItems on a String",
      parameter("type: String, minItems: 1"),
      N,
      /minItems for the type String/,
    );
    refuses("a Java-only pattern", parameter("type: String, allowedPattern: 'a++'"), N, /a\+\+|\+\+/);
  });

  describe("refuses references to", () => {
    const using = (reference: string, before = "") =>
      runbook(
        `${step("a")}\n${step("b").replace("Api: B", `Api: B, X: "${reference}"`)}\n${step("c")}`,
        before,
      );
    const R = RehearsalError;
    refuses("no parameter", using("{{ Nothing }}"), R, /step "b", input X: {{ Nothing }} is neither/);
    refuses("no output", using("{{ a.Nothing }}"), R, /{{ a.Nothing }} is neither/);
    refuses("no step", using("{{ z.Nothing }}"), R, /{{ z.Nothing }} is neither/);
    refuses("no system variable", using("{{ global:TIME }}"), R, /global:TIME }} is not a variable/);
    refuses("Parameter Store", using("{{ssm:x}}"), NotModelled, /ssm:x/);
    refuses("a variable", using("{{variable:x}}"), NotModelled, /variable:x/);
    refuses("a part of an output", using("{{ a.B.C }}"), NotModelled, /a.B.C/);
    refuses("nothing readable", using("{{ {{ a }} }}"), NotModelled, /"{{"/);
    refuses(
      "a list inside a longer text",
      using("x-{{ L }}", "parameters: { L: { type: StringList, default: [a] } }"),
      NotModelled,
      /{{ L }}, a StringList, inside a longer text/,
    );
    const withOutput = (name: string) =>
      step(name, "outputs: [{ Name: Id, Selector: $.Id, Type: String }]").replace(
        "Api:",
        'X: "{{ b.Id }}", Api:',
      );
    refuses("its own output", runbook(withOutput("b")), R, /{{ b.Id }} is neither/);
    refuses(
      "a later output",
      runbook(withOutput("a") + withOutput("b").replace(/X: "[^"]*", /, "")),
      R,
      /{{ b.Id }} is neither/,
    );
    refuses(
      "anything in a member's name",
      runbook(step("a").replace("Api: A", 'Api: A, "{{ X }}": 1')),
      R,
      /cannot be a name: "{{ X }}"/,
    );
  });

  it("tells the role that a run takes", () => {
    const withRole = (role: string) =>
      readRunbook(
        runbook(step("a"), `assumeRole: "${role}"\nparameters: { Role: { type: String } }`),
        "YAML",
      );
    expect(assumedRole(withRole("{{ Role }}"), { Role: "arn:x" })).to.equal("arn:x");
    expect(assumedRole(withRole("{{Role}}"), { Role: "" })).to.equal(undefined);
    expect(assumedRole(withRole("arn:aws:iam::1:role/x"), { Role: "" })).to.equal("arn:aws:iam::1:role/x");
    expect(assumedRole(readRunbook(runbook(step("a")), "YAML"), {})).to.equal(undefined);
  });
});
