import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import * as yaml from "js-yaml";
import type { Runbook } from "../../components/automationDocument";
import { compactSteps } from "../../components/compact";
import { forKind } from "../../components/forKind";
import {
  CONTENT_MAX_BYTES,
  fillIn,
  loadRunbook,
  type RunbookValues,
  written as writtenOut,
} from "../../components/runbook";
import { messageOf, TOKYO } from "../mocks";

const ROLE = "arn:aws:iam::123456789012:role/automation";
const VALUES: RunbookValues = {
  ...TOKYO,
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web-group",
  prefix: "web",
  launchConfigurationFrom: "group",
  retire: true,
  launch: {
    kind: "template",
    templates: [{ id: "lt-0123456789abcdef0", refersBy: ["number"] }],
    profiles: ["web"],
    roleArns: ["arn:aws:iam::123456789012:role/web"],
    taggedTypes: ["instance"],
    namedArns: [],
    keyArns: [],
  },
  reboot: true,
  allowSharedTemplate: true,
  customerKeyReady: false,
  retainImages: 7,
  retainLaunchConfigurations: 3,
  tags: { Team: "web", Cost: "a = b" },
};

describe("the runbook's loader", () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "runbook-"))));
  after(() => fs.rmSync(folder, { recursive: true }));

  const written = (content: string): string => {
    const file = path.join(folder, "runbook.yaml");
    fs.writeFileSync(file, content);
    return file;
  };

  it("finds the file whatever the working directory is", () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect(loadRunbook()).to.have.property("schemaVersion", "0.3");
    } finally {
      process.chdir(here);
    }
  });

  it("fills in the component's values as defaults and changes nothing else", () => {
    const runbook = loadRunbook();
    const filled = yaml.load(fillIn(runbook, VALUES, ROLE)) as Runbook;
    const defaults = Object.fromEntries(
      Object.entries(filled.parameters).map(([name, one]) => [name, one.default]),
    );
    expect(defaults).to.deep.equal({
      AutomationAssumeRole: "arn:aws:iam::123456789012:role/automation",
      InstanceId: "i-0123456789abcdef0",
      LaunchConfigPrefix: "web",
      AutoScalingGroupName: "web-group",
      Reboot: true,
      LaunchConfigurationFrom: "group",
      AllowSharedTemplate: true,
      CustomerKeyReady: false,
      Retire: true,
      RetainImages: 7,
      RetainLaunchConfigurations: 3,
      DryRun: false,
      Tags: ["Cost=a = b", "Team=web"],
      PermissionsMadeFor: [
        "InstanceId=i-0123456789abcdef0",
        "LaunchConfigPrefix=web",
        "AutoScalingGroupName=web-group",
        "LaunchConfigurationFrom=group",
        "Retire=true",
      ],
      RegisteredFor: "templates",
      MayLaunch: ["instance-profile/web", "launch-template/lt-0123456789abcdef0/number", "tags/instance"],
    });
    const withoutDefaults = (one: Runbook) => ({
      ...one,
      parameters: Object.fromEntries(
        Object.entries(one.parameters).map(([name, parameter]) => [
          name,
          { ...parameter, default: undefined },
        ]),
      ),
    });
    const compact = { ...runbook, mainSteps: compactSteps(forKind(runbook, "templates").mainSteps) };
    expect(withoutDefaults(filled)).to.deep.equal(withoutDefaults(compact));
  });

  it("writes several lines, scripts as block text, and the version as text", () => {
    const content = fillIn(loadRunbook(), VALUES, ROLE);
    expect(content).to.match(/^schemaVersion: '0\.3'$/m);
    expect(content).to.match(/^ +Script: \|-\n +import boto3\n/m);
    expect(content).to.not.match(/[&*]ref_/);
    // A long line stays one line: folded, a change of one word would change the lines below it in a preview.
    const { description } = loadRunbook().parameters.LaunchConfigurationFrom;
    expect(content.split("\n").some((line) => line.includes(String(description)))).to.equal(true);
  });

  it("repeats what stands in the file twice, and does not refer to it", () => {
    const again = { type: "String", description: "(Required) Twice." };
    const runbook = { ...loadRunbook(), extra: [again, again] };
    expect(fillIn(runbook, VALUES, ROLE)).to.not.match(/[&*]ref_/);
  });

  it("makes the same text again from the same values", () => {
    expect(fillIn(loadRunbook(), VALUES, ROLE)).to.equal(
      fillIn(loadRunbook(), { ...VALUES, tags: { Cost: "a = b", Team: "web" } }, ROLE),
    );
  });

  for (const [what, content, part] of [
    ["is missing", undefined, "cannot be read (ENOENT"],
    ["is empty", "", "cannot be read ("],
    ["is no YAML", "a: [", "cannot be read ("],
    ["is a list", "- a", "is not an Automation document"],
    [
      "has another version",
      "schemaVersion: '2.2'\nparameters: {}\nmainSteps: []",
      "is not an Automation document",
    ],
    ["has no steps", "schemaVersion: '0.3'\nparameters: {}", "is not an Automation document"],
  ] as const) {
    it(`says in one sentence that the file ${what}`, () => {
      const file = content === undefined ? path.join(folder, "none.yaml") : written(content);
      const message = messageOf(() => loadRunbook(file));
      expect(message).to.contain(part);
      expect(message).to.contain(JSON.stringify(file));
      expect(message).to.match(
        /^the runbook .*restore the file that belongs to this version of ami-refresh\.$/,
      );
    });
  }

  it("refuses a runbook that lacks one of its parameters", () => {
    const file = written("schemaVersion: '0.3'\nparameters: {InstanceId: {type: String}}\nmainSteps: []");
    expect(messageOf(() => fillIn(loadRunbook(file), VALUES, ROLE))).to.contain(
      "has no parameter AutomationAssumeRole",
    );
  });

  it("refuses values with which it would be too large for AWS", () => {
    const tags = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`${i}${"k".repeat(120)}`, "ü".repeat(256)]),
    );
    expect(messageOf(() => fillIn(loadRunbook(), { ...VALUES, tags }, ROLE))).to.contain(
      `at most ${CONTENT_MAX_BYTES}`,
    );
  });

  it("leaves room in AWS's 64 KB: 60.5 KB for the steps of one kind, and the rest for values", () => {
    for (const kind of ["configuration", "templates"] as const) {
      expect(Buffer.byteLength(writtenOut(forKind(loadRunbook(), kind))), kind).to.be.at.most(60.5 * 1024);
    }
    // A run is given the four parameters of the rule's target, each as long as it can be.
    const target = JSON.stringify({
      AutomationAssumeRole: ["x".repeat(512)],
      InstanceId: ["i-0123456789abcdef0"],
      LaunchConfigPrefix: ["x".repeat(235)],
      AutoScalingGroupName: ["x".repeat(255)],
    });
    expect(CONTENT_MAX_BYTES + target.length).to.be.at.most(64 * 1024);
  });
});
