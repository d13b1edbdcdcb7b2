import { expect } from "chai";
import * as yaml from "js-yaml";
import {
  DOCUMENT_MAX_BYTES,
  fillIn,
  type ParameterValues,
  refuseTooLarge,
} from "../../../components/document/fillIn";
import {
  type AutomationDocument,
  loadRunbook,
  RUNBOOK_NAMES,
  type RunbookName,
} from "../../../components/document/load";
import { parameterName, parameterValue } from "../../../components/document/parameters";
import { messageOf } from "../../mocks";

const ROLE = "arn:aws:iam::123456789012:role/runbook";

/** A value for every parameter that the component fills in; each runbook takes what it declares. */
const VALUES: ParameterValues = {
  AutomationAssumeRole: ROLE,
  InstanceId: "i-0123456789abcdef0",
  LaunchConfigPrefix: "web",
  AutoScalingGroupName: "web-group",
  RollOutDocumentName: "web-roll-out",
  PatchDocumentName: "web-patch",
  CommandDocumentName: "AWS-RunPatchBaseline",
  CommandParameters: ["Operation=Install", "RebootOption=NoReboot"],
  StartStopped: true,
  PrepareDocumentName: "web-prepare",
  RefreshDocumentName: "web-refresh",
  RuleName: "web-schedule",
  InstanceRefresh: ["Strategy=Rolling", "MinHealthyPercentage=90"],
  LaunchConfigurationFrom: "group",
  Reboot: true,
  SkipUnchanged: true,
  ExcludeDevices: ["/dev/sdf"],
  CreateImageDocumentName: "web-create-image",
  ImageParameterName: "/web/ami",
  AllowSharedTemplate: true,
  CustomerKeyReady: true,
  RetainImages: 7,
  RetainDays: 30,
  RetainLaunchConfigurations: 3,
  Tags: ["Cost=a = b", "Team=web"],
};

/** What a parameter says of its value, once it is filled in with one that the permissions were made for. */
const only = (value: string | boolean) => ({ default: value, allowedValues: [value] });

/** What every roll-out of a group's kind takes, and nobody fills in. */
const PAUSES = {
  PauseSchedule: { default: "auto", allowedValues: ["auto", "true", "false"] },
  ImageParameterName: { default: "/web/ami" },
  RuleName: only("web-schedule"),
};
const OF_A_ROLL_OUT = {
  ...PAUSES,
  ReplaceInstances: { default: "false", allowedValues: ["true", "false"] },
  IsBack: { default: "false", allowedValues: ["true", "false"] },
};

const WATCH = {
  AutomationAssumeRole: only(ROLE),
  CreateImageDocumentName: { default: "web-create-image" },
  AutoScalingGroupName: only("web-group"),
};

const REFRESH = {
  AutomationAssumeRole: only(ROLE),
  AutoScalingGroupName: only("web-group"),
  InstanceRefresh: { default: ["Strategy=Rolling", "MinHealthyPercentage=90"] },
  HandedOn: {},
};
const RETIRE = {
  AutomationAssumeRole: only(ROLE),
  InstanceId: only("i-0123456789abcdef0"),
  LaunchConfigPrefix: only("web"),
  AutoScalingGroupName: only("web-group"),
  RollOutDocumentName: only("web-roll-out"),
  RetainImages: { default: 7 },
  RetainDays: { default: 30 },
  RetainLaunchConfigurations: { default: 3 },
  DryRun: { default: false },
};

const FILLED: Record<RunbookName, Record<string, unknown>> = {
  watch: WATCH,
  "watch-parameter": WATCH,
  "create-image": {
    AutomationAssumeRole: only(ROLE),
    InstanceId: only("i-0123456789abcdef0"),
    LaunchConfigPrefix: only("web"),
    AutoScalingGroupName: only("web-group"),
    RollOutDocumentName: only("web-roll-out"),
    PatchDocumentName: only("web-patch"),
    Reboot: { default: true },
    SkipUnchanged: { default: true },
    ExcludeDevices: { default: ["/dev/sdf"] },
    Tags: { default: ["Cost=a = b", "Team=web"] },
  },
  "patch-golden-instance": {
    AutomationAssumeRole: only(ROLE),
    InstanceId: only("i-0123456789abcdef0"),
    CommandDocumentName: only("AWS-RunPatchBaseline"),
    CommandParameters: { default: ["Operation=Install", "RebootOption=NoReboot"] },
    StartStopped: only(true),
  },
  "roll-out-launch-configuration": {
    AutomationAssumeRole: only(ROLE),
    // A run is given it.
    ImageId: {},
    InstanceId: only("i-0123456789abcdef0"),
    LaunchConfigPrefix: only("web"),
    AutoScalingGroupName: only("web-group"),
    LaunchConfigurationFrom: only("group"),
    CustomerKeyReady: { default: true },
    ...OF_A_ROLL_OUT,
  },
  "roll-out-launch-template": {
    AutomationAssumeRole: only(ROLE),
    ImageId: {},
    LaunchConfigPrefix: only("web"),
    AutoScalingGroupName: only("web-group"),
    AllowSharedTemplate: { default: true },
    CustomerKeyReady: { default: true },
    ...OF_A_ROLL_OUT,
  },
  "roll-out-parameter": {
    AutomationAssumeRole: only(ROLE),
    ImageId: {},
    AutoScalingGroupName: only("web-group"),
    AllowSharedTemplate: { default: true },
    CustomerKeyReady: { default: true },
    ...PAUSES,
  },
  "roll-out-with-refresh": {
    AutomationAssumeRole: only(ROLE),
    ImageId: {},
    AutoScalingGroupName: only("web-group"),
    InstanceRefresh: { default: ["Strategy=Rolling", "MinHealthyPercentage=90"] },
    StopRefresh: { default: "false", allowedValues: ["true", "false"] },
    PauseSchedule: { default: "auto", allowedValues: ["auto", "true", "false"] },
    ImageParameterName: { default: "/web/ami" },
    RuleName: only("web-schedule"),
    PrepareDocumentName: only("web-prepare"),
    RefreshDocumentName: only("web-refresh"),
  },
  "refresh-instances-launch-configuration": REFRESH,
  "refresh-instances-launch-template": REFRESH,
  "retire-images": RETIRE,
  "retire-images-parameter": RETIRE,
};

const filled = (name: RunbookName, values: ParameterValues = VALUES) =>
  fillIn(name, loadRunbook(name), values);

describe("a runbook that is filled in", () => {
  for (const name of RUNBOOK_NAMES) {
    it(`has exactly these values in ${name}, and is otherwise the file`, () => {
      const document = yaml.load(filled(name)) as AutomationDocument;
      const given = Object.entries(document.parameters).map(([parameter, one]) => {
        const { default: value, allowedValues } = one;
        return [
          parameter,
          { ...(value === undefined ? {} : { default: value }), ...(allowedValues ? { allowedValues } : {}) },
        ];
      });
      expect(Object.fromEntries(given)).to.deep.equal(FILLED[name]);
      expect(withoutValues(document)).to.deep.equal(withoutValues(loadRunbook(name)));
    });

    it(`has no pattern beside the one value that is allowed in ${name}`, () => {
      const { parameters } = yaml.load(filled(name)) as AutomationDocument;
      const filledIn = Object.values(parameters).filter(({ allowedValues }) => Array.isArray(allowedValues));
      expect(filledIn.length).to.be.greaterThan(0);
      expect(filledIn.filter(({ allowedPattern }) => allowedPattern !== undefined)).to.deep.equal([]);
    });
  }

  it("is several lines, scripts as block text, and the version as text", () => {
    const content = filled("create-image");
    expect(content).to.match(/^schemaVersion: '0\.3'$/m);
    expect(content).to.match(/^ {2}Script: \|-\n {3}\S/m);
    // A long line stays one line: folded, a change of one word would change the lines below it in a preview.
    const { description } = loadRunbook("create-image").parameters.LaunchConfigPrefix;
    expect(content.split("\n").some((line) => line.includes(String(description)))).to.equal(true);
  });

  it("repeats what stands in the file twice, and does not refer to it", () => {
    const again = { type: "String", description: "(Required) Twice." };
    const document = { ...loadRunbook("create-image"), extra: [again, again] };
    expect(fillIn("create-image", document, VALUES)).to.not.match(/[&*]ref_/);
  });

  it("is refused where AWS's 64 KB would leave no room, whatever is not known yet", () => {
    const document = loadRunbook("create-image");
    const bytes = Buffer.byteLength(fillIn("create-image", document, VALUES));
    const { AutomationAssumeRole, RollOutDocumentName, ...options } = VALUES;
    expect([AutomationAssumeRole, RollOutDocumentName]).to.deep.equal([ROLE, "web-roll-out"]);
    expect(refuseTooLarge("create-image", document, options)).to.equal(undefined);
    const Tags = [`Long=${"x".repeat(DOCUMENT_MAX_BYTES - bytes + 100)}`];
    expect(messageOf(() => fillIn("create-image", document, { ...VALUES, Tags }))).to.match(
      /^the runbook create-image with the values filled in has \d+ bytes: at most 57344 are allowed, because .*\.$/,
    );
    const just = [`Long=${"x".repeat(DOCUMENT_MAX_BYTES - bytes - 100)}`];
    expect(fillIn("create-image", document, { ...VALUES, Tags: just })).to.contain("Long=");
    expect(messageOf(() => refuseTooLarge("create-image", document, { ...options, Tags: just }))).to.contain(
      "give fewer or shorter tags.",
    );
  });
});

describe("an option of the component", () => {
  it("fills in the parameter of its name, and the article's where that has another", () => {
    expect(["retainImages", "instanceId", "prefix", "tags"].map(parameterName)).to.deep.equal([
      "RetainImages",
      "InstanceId",
      "LaunchConfigPrefix",
      "Tags",
    ]);
  });

  it("that is a map is a list in the order of its keys", () => {
    expect(parameterValue({ Team: "web", Cost: "a = b" })).to.deep.equal(["Cost=a = b", "Team=web"]);
    for (const value of [true, 7, "x", ["b", "a"]]) {
      expect(parameterValue(value)).to.deep.equal(value);
    }
  });
});

function withoutValues(document: AutomationDocument): AutomationDocument {
  const parameters = Object.entries(document.parameters).map(([name, parameter]) => [
    name,
    { ...parameter, default: undefined, allowedValues: undefined, allowedPattern: undefined },
  ]);
  return { ...document, parameters: Object.fromEntries(parameters) as AutomationDocument["parameters"] };
}
