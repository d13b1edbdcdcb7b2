import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { load } from "js-yaml";
import { AmiRefresh, type AmiRefreshInstanceRefresh } from "../../../components";
import { refuseForLaunch } from "../../../components/inputs/instanceRefresh";
import { furnishedAccount, messageOf, type Recorded, TOKYO, underMocks } from "../../mocks";
import { BY_DEFAULT, BY_LATEST, BY_NUMBER, CONFIGURATION, MIXED } from "../launch/facts";

const ARGS = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web",
  prefix: "web",
  cron: "30 5 * * ? *",
};

interface Document {
  parameters: Record<string, { default?: unknown; allowedValues?: unknown[] }>;
  mainSteps: { name: string; timeoutSeconds?: number }[];
}

/** The sentence for preferences that cannot be used, whether it comes at once or when the values are known. */
async function refusal(instanceRefresh: unknown): Promise<string> {
  const errors: string[] = [];
  const { rejections } = await underMocks(() => {
    try {
      return new AmiRefresh("web", {
        ...ARGS,
        instanceRefresh: instanceRefresh as AmiRefreshInstanceRefresh,
      });
    } catch (error) {
      errors.push((error as Error).message);
      return undefined;
    }
  });
  errors.push(...rejections.map((error) => (error as Error).message));
  expect([...new Set(errors)]).to.have.length(1);
  expect(errors[0]).to.match(/^AmiRefresh "web": [^\n]+\.$/);
  return errors[0].replace('AmiRefresh "web": ', "");
}

function documentOf(resources: Recorded[], name: string): Document {
  const found = resources.find((one) => one.type === "aws:ssm/document:Document" && one.name === name);
  return load(String(found?.inputs.content)) as Document;
}

const secondsOf = ({ mainSteps }: Document) =>
  Object.fromEntries(mainSteps.map(({ name, timeoutSeconds }) => [name, timeoutSeconds]));

describe("instanceRefresh", () => {
  for (const [what, given, sentence] of [
    ["a text", "yes", /^instanceRefresh "yes" is not a map: give \{\} for instances to be replaced/],
    [
      "known later as a whole",
      pulumi.output({}),
      /^instanceRefresh is known only later as a whole, and it decides which resources there are: give a plain map/,
    ],
    [
      "a misspelled key",
      { minHealthyPercentag: 90 },
      /^instanceRefresh\.minHealthyPercentag is not known: give any of strategy, .*write minHealthyPercentage/,
    ],
    [
      "an unknown strategy",
      { strategy: "BlueGreen" },
      /^instanceRefresh\.strategy "BlueGreen" is not known: give "Rolling" or "ReplaceRootVolume"/,
    ],
    [
      "too little",
      { minHealthyPercentage: -1 },
      /^instanceRefresh\.minHealthyPercentage -1 cannot be used: give a whole number from 0 to 100, in per cent/,
    ],
    [
      "too much",
      { minHealthyPercentage: 100, maxHealthyPercentage: 201 },
      /^instanceRefresh\.maxHealthyPercentage 201 cannot be used: give a whole number from 100 to 200/,
    ],
    [
      "half a per cent",
      { minHealthyPercentage: 99.5 },
      /^instanceRefresh\.minHealthyPercentage 99\.5 cannot be used/,
    ],
    [
      "a maximum alone",
      { maxHealthyPercentage: 110 },
      /^instanceRefresh\.maxHealthyPercentage 110 has no meaning for AWS without minHealthyPercentage/,
    ],
    [
      "a span that is too wide",
      { minHealthyPercentage: 50, maxHealthyPercentage: 151 },
      /^instanceRefresh\.maxHealthyPercentage 151 is 101 more than minHealthyPercentage 50: AWS takes at most 100/,
    ],
    ["a negative warm-up", { instanceWarmup: -5 }, /^instanceRefresh\.instanceWarmup -5 cannot be used/],
    [
      "a flag that is a text",
      { skipMatching: "true" },
      /^instanceRefresh\.skipMatching "true" is neither true nor false/,
    ],
    [
      "eleven alarms",
      { alarms: Array.from({ length: 11 }, (_, index) => `alarm-${index}`) },
      /^instanceRefresh\.alarms \[.*\] cannot be used: give a list of 1 to 10 names of alarms/,
    ],
    ["no alarm", { alarms: [] }, /^instanceRefresh\.alarms \[\] cannot be used/],
    [
      "an alarm twice",
      { alarms: ["a", "a"] },
      /^instanceRefresh\.alarms \["a","a"\] has one twice: give each once/,
    ],
    ["an alarm without a name", { alarms: [" "] }, /^instanceRefresh\.alarms \[" "\] cannot be used/],
    [
      "an alarm on two lines",
      { alarms: ["a\nb"] },
      /^instanceRefresh\.alarms .* cannot be used: give a list of 1 to 10 names of alarms, each of 1 to 255 characters/,
    ],
    [
      "more checkpoints than a runbook takes",
      { checkpointPercentages: Array.from({ length: 31 }, (_, index) => 70 + index), checkpointDelay: 0 },
      /^instanceRefresh\.checkpointPercentages .* cannot be used: give a list of 1 to 30 whole numbers/,
    ],
    ["a Map", new Map([["bakeTime", 60]]), /^instanceRefresh \{\} is not a map/],
    ["no number", { bakeTime: Number.NaN }, /^instanceRefresh\.bakeTime NaN cannot be used/],
    [
      "no time for its warm-up",
      { instanceWarmup: 21600 },
      /^instanceRefresh\.timeout is 21600 by default and is no longer than the 21600 seconds/,
    ],
    [
      "checkpoints that do not ascend",
      { checkpointPercentages: [50, 20, 100] },
      /^instanceRefresh\.checkpointPercentages \[50,20,100\] do not ascend to 100/,
    ],
    [
      "checkpoints that do not end at all",
      { checkpointPercentages: [20, 50] },
      /^instanceRefresh\.checkpointPercentages \[20,50\] do not ascend to 100/,
    ],
    [
      "a pause at no checkpoint",
      { checkpointDelay: 60 },
      /^instanceRefresh\.checkpointDelay 60 has no checkpoint to pause at/,
    ],
    [
      "protected instances that are terminated",
      { scaleInProtectedInstances: "Terminate" },
      /^instanceRefresh\.scaleInProtectedInstances "Terminate" is not known: give "Refresh" or "Ignore" or "Wait"/,
    ],
    [
      "standby that is refreshed",
      { standbyInstances: "Refresh" },
      /^instanceRefresh\.standbyInstances "Refresh" is not known: give "Terminate" or "Ignore" or "Wait"/,
    ],
    [
      "three days to bake",
      { bakeTime: 259200 },
      /^instanceRefresh\.bakeTime 259200 cannot be used: give a whole number from 0 to 172800, in seconds/,
    ],
    [
      "no time for its pauses",
      { checkpointPercentages: [50, 100], bakeTime: 600, timeout: 7800 },
      /^instanceRefresh\.timeout 7800 is no longer than the 7800 seconds of all checkpoints, instanceWarmup and bakeTime together/,
    ],
    [
      "no time for its bake time by default",
      { bakeTime: 21600 },
      /^instanceRefresh\.timeout is 21600 by default and is no longer than the 21600 seconds/,
    ],
  ] as [string, unknown, RegExp][]) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(given)).to.match(sentence);
    });
  }

  it("checks values that are known later when they are known", async () => {
    expect(await refusal({ minHealthyPercentage: pulumi.output(101) })).to.match(
      /^instanceRefresh\.minHealthyPercentage 101 cannot be used/,
    );
  });

  for (const [what, entries, launch, sentence] of [
    [
      "rolling $Latest back",
      ["AutoRollback=true"],
      BY_LATEST,
      /^instanceRefresh\.autoRollback true cannot be had, because the group refers to launch template lt-\w+ by \$Default or \$Latest.*: let the group refer to a numbered version, or set it to false\.$/,
    ],
    [
      "rolling $Default back",
      ["AutoRollback=true"],
      BY_DEFAULT,
      /^instanceRefresh\.autoRollback true cannot/,
    ],
    [
      "skipping with a launch configuration",
      ["SkipMatching=true"],
      CONFIGURATION,
      /^instanceRefresh\.skipMatching true cannot be had for a group with a launch configuration/,
    ],
    [
      "root volumes of one template",
      ["Strategy=ReplaceRootVolume"],
      BY_NUMBER,
      /^instanceRefresh\.strategy "ReplaceRootVolume" is for a group with a mixed instances policy/,
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(messageOf(() => refuseForLaunch([...entries], launch))).to.match(sentence);
    });
  }

  it("takes for a kind of group what AWS takes for it", () => {
    refuseForLaunch(["AutoRollback=true"], CONFIGURATION);
    refuseForLaunch(["AutoRollback=true", "SkipMatching=true"], BY_NUMBER);
    refuseForLaunch(["AutoRollback=false"], BY_LATEST);
    refuseForLaunch(["Strategy=ReplaceRootVolume"], MIXED);
  });

  it("fills in AWS's names, and nothing that was not given", async () => {
    const { resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, instanceRefresh: {} }));
    for (const name of ["web-roll-out", "web-refresh"]) {
      const { default: entries } = documentOf(resources, name).parameters.InstanceRefresh;
      expect(entries, name).to.deep.equal(["Strategy=Rolling"]);
    }
  });

  it("fills in every preference, and lets those wait who wait for the refresh", async () => {
    const instanceRefresh: Required<AmiRefreshInstanceRefresh> = {
      strategy: "Rolling",
      minHealthyPercentage: 90,
      maxHealthyPercentage: 120,
      instanceWarmup: 60,
      skipMatching: false,
      autoRollback: false,
      alarms: [pulumi.output("errors"), "latency"],
      checkpointPercentages: [20, 100],
      checkpointDelay: 600,
      scaleInProtectedInstances: "Refresh",
      standbyInstances: "Terminate",
      bakeTime: 900,
      timeout: 36000,
    };
    const { resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, instanceRefresh }));
    const refresh = documentOf(resources, "web-refresh");
    expect(refresh.parameters.InstanceRefresh.default).to.deep.equal([
      "Strategy=Rolling",
      "MinHealthyPercentage=90",
      "MaxHealthyPercentage=120",
      "InstanceWarmup=60",
      "SkipMatching=false",
      "AutoRollback=false",
      "Alarms=errors",
      "Alarms=latency",
      "CheckpointPercentages=20",
      "CheckpointPercentages=100",
      "CheckpointDelay=600",
      "ScaleInProtectedInstances=Refresh",
      "StandbyInstances=Terminate",
      "BakeTime=900",
    ]);
    expect(secondsOf(refresh)).to.include({
      // Each in three attempts.
      waitForRefresh: 12000,
      waitForItsEnd: 12000,
      waitForTheWayBack: 12000,
    });
    const rollOut = secondsOf(documentOf(resources, "web-roll-out"));
    expect(rollOut).to.include({
      waitForStoppedRefresh: 12000,
      waitForItsRun: 36000 + 1200,
      refreshInstances: 3 * 36000 + 3600,
    });
    expect(secondsOf(documentOf(resources, "web-create-image")).rollOut).to.equal(
      36000 + 2 * (3 * 36000 + 3600) + 2 * 3600,
    );
  });

  it("is refused where a parameter names the image", async () => {
    const { rejections } = await underMocks(() => new AmiRefresh("web", { ...ARGS, instanceRefresh: {} }), {
      account: furnishedAccount(TOKYO, { launchSource: "parameter" }),
    });
    expect(rejections.map((error) => (error as Error).message)).to.deep.equal([
      'AmiRefresh "web": instanceRefresh cannot be had yet for a group whose launch template takes its image from parameter ' +
        '"/images/web": leave instanceRefresh out, or let the template name an image id.',
    ]);
  });

  it("lets the roll-out start the runbooks of this component and no others", async () => {
    const { resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, instanceRefresh: {} }));
    const { parameters } = documentOf(resources, "web-roll-out");
    for (const [name, document] of [
      ["PrepareDocumentName", "web-prepare"],
      ["RefreshDocumentName", "web-refresh"],
    ]) {
      const physical = resources.find((one) => one.name === document && one.inputs.content !== undefined);
      expect(parameters[name].allowedValues).to.deep.equal([parameters[name].default]);
      expect(String(parameters[name].default)).to.contain(document);
      expect(physical, document).to.not.equal(undefined);
    }
  });
});
