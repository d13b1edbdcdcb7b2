import { expect } from "chai";
import { forKind, type SourceKind } from "../../components/forKind";
import type { Runbook } from "../../components/automationDocument";
import { loadRunbook } from "../../components/runbook";

interface Step {
  name: string;
  nextStep?: string;
  inputs: { Script?: string; InputPayload?: Record<string, string> };
}

const stepsOf = (runbook: Runbook) => runbook.mainSteps as Step[];
const step = (runbook: Runbook, name: string) => {
  const found = stepsOf(runbook).find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`there is no step ${name}`);
  }
  return found;
};
const functionsOf = ({ inputs: { Script = "" } }: Step) =>
  [...Script.matchAll(/^(?:def|class) (\w+)/gm)].map(([, name]) => name);

describe("the runbook for one kind of launch source", () => {
  const whole = loadRunbook();
  const configuration = forKind(whole, "configuration");
  const templates = forKind(whole, "templates");

  it("has the steps of that kind, and no branch that is decided", () => {
    const shared = ["preflight", "launchSource", "retire", "chooseDryRun", "createImage", "waitForImage"];
    expect(stepsOf(configuration).map(({ name }) => name)).to.deep.equal([
      ...shared,
      "assertImageAvailable",
      "CreateLaunchConfiguration",
      "UpdateAutoScalingGroup",
      "report",
      "imageNotAvailable",
    ]);
    expect(stepsOf(templates).map(({ name }) => name)).to.deep.equal([
      ...shared,
      "assertImageAvailable",
      "advanceLaunchTemplates",
      "report",
      "imageNotAvailable",
    ]);
  });

  it("goes on where the branch would have gone", () => {
    expect(step(whole, "assertImageAvailable").nextStep).to.equal("chooseLaunchSource");
    expect(step(configuration, "assertImageAvailable").nextStep).to.equal("CreateLaunchConfiguration");
    expect(step(templates, "assertImageAvailable").nextStep).to.equal("advanceLaunchTemplates");
  });

  it("does not refer to what the other kind's steps give", () => {
    expect(step(whole, "report").inputs.InputPayload).to.include.all.keys([
      "LaunchConfigurationName",
      "Versions",
    ]);
    expect(step(configuration, "report").inputs.InputPayload)
      .to.include.all.keys(["LaunchConfigurationName"])
      .and.not.have.any.keys(["Versions"]);
    expect(step(templates, "report").inputs.InputPayload)
      .to.include.all.keys(["Versions"])
      .and.not.have.any.keys(["LaunchConfigurationName"]);
  });

  it("has no function that only the other kind calls, and every other one", () => {
    const left = (kind: Runbook, name: string) => {
      const functions = functionsOf(step(kind, name));
      return functionsOf(step(whole, name)).filter((one) => !functions.includes(one));
    };
    expect(left(configuration, "launchSource")).to.deep.equal([
      "of_template",
      "of_policy",
      "with_image",
      "refuse_shared",
      "followers",
    ]);
    expect(left(templates, "launchSource")).to.deep.equal(["of_configuration"]);
    expect(left(configuration, "retire")).to.deep.equal(["delete_versions"]);
    expect(left(templates, "retire")).to.deep.equal(["delete_configuration", "refuse_full_account"]);
    for (const name of ["preflight", "createImage", "report", "imageNotAvailable"]) {
      expect(left(configuration, name), name).to.deep.equal([]);
      expect(left(templates, name), name).to.deep.equal([]);
    }
  });

  it("is otherwise as it is in the file", () => {
    for (const kind of [configuration, templates]) {
      const { RegisteredFor, ...parameters } = kind.parameters;
      expect(whole.parameters.RegisteredFor.default).to.equal("any");
      expect(RegisteredFor).to.deep.equal({
        ...whole.parameters.RegisteredFor,
        default: kind === templates ? "templates" : "configuration",
      });
      expect({ ...whole.parameters, RegisteredFor }).to.deep.equal({ ...parameters, RegisteredFor });
      expect({ ...kind, parameters: {}, mainSteps: [] }).to.deep.equal({
        ...whole,
        parameters: {},
        mainSteps: [],
      });
      for (const name of ["preflight", "createImage", "waitForImage", "imageNotAvailable"]) {
        expect(step(kind, name)).to.deep.equal(step(whole, name));
      }
    }
  });

  it("leaves out a marked function as a whole, with what stands between it and the next", () => {
    const script = [
      "import json",
      "",
      "def first():",
      "    return 1",
      "",
      "# Only for launch templates.",
      "def second():",
      '    """Doc."""',
      "",
      "    return 2",
      "",
      "# A comment of the third.",
      "def third():",
      "    return 3",
      "",
      "# Only for launch templates.",
      "def last():",
      "    return 4",
    ].join("\n");
    const runbook = (kind: SourceKind) =>
      step(
        forKind(
          {
            schemaVersion: "0.3",
            parameters: {},
            mainSteps: [{ name: "one", action: "aws:executeScript", inputs: { Script: script } }],
          },
          kind,
        ),
        "one",
      ).inputs.Script;
    expect(runbook("configuration")).to.equal(
      [
        "import json",
        "",
        "def first():",
        "    return 1",
        "",
        "# A comment of the third.",
        "def third():",
        "    return 3",
        "",
      ].join("\n"),
    );
    expect(runbook("templates")).to.equal(script);
  });
});
