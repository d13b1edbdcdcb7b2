import { expect } from "chai";
import type { FindingKind } from "../../status/judge";
import { print } from "../../status/print";
import { type Report, report } from "../../status/report";
import { readStatus } from "../../status/status";
import { execution, GOLDEN, healthy, IMAGE, NAMES, NOW, OWN_IMAGE, RUN } from "./healthy";
import { type Answers, failure, stubClients } from "./stub";

/** What moto cannot show, or not so shortly. */
interface Case {
  of: string;
  changed: Answers;
  names?: Partial<typeof NAMES>;
  found: FindingKind[];
  saying?: RegExp;
}

const OTHER_RUN = "22222222-2222-4222-8222-222222222222";
const OLDER = {
  ...OWN_IMAGE,
  ImageId: "ami-0",
  Name: `${GOLDEN}_2026-11-25`,
  CreationDate: "2026-11-25T05:31:00.000Z",
};
const ARM = { ...OLDER, ImageId: "ami-arm", Name: "arm", Architecture: "arm64", Tags: [] };

/** create-image has these runs, the other runbooks the usual one. */
function runs(...listed: object[]): Answers {
  return {
    "ssm:DescribeAutomationExecutions": ({ Filters: filters }: { Filters: { Values: string[] }[] }) => {
      const [name] = filters[0].Values;
      return { AutomationExecutionMetadataList: name === "create" ? listed : [execution(name)] };
    },
  };
}

function atWork(startedAt: string) {
  return execution("create", {
    AutomationExecutionId: OTHER_RUN,
    AutomationExecutionStatus: "InProgress",
    ExecutionStartTime: new Date(startedAt),
    Outputs: undefined,
  });
}

/** A mixed instances policy whose base names our image, and these overrides. */
function mixed(...overrides: object[]): Answers {
  const specification = { LaunchTemplateId: "lt-1", LaunchTemplateName: "web", Version: "1" };
  const template = { LaunchTemplateSpecification: specification, Overrides: overrides };
  return {
    "autoscaling:DescribeAutoScalingGroups": {
      AutoScalingGroups: [{ MixedInstancesPolicy: { LaunchTemplate: template } }],
    },
    "ec2:DescribeLaunchTemplateVersions": ({ Versions: [version] = ["1"] }: { Versions?: string[] }) => ({
      LaunchTemplateVersions: [
        {
          VersionNumber: Number(version),
          LaunchTemplateData: { ImageId: version === "1" ? IMAGE : OLDER.ImageId },
        },
      ],
    }),
    ...images(OWN_IMAGE, OLDER, ARM),
  };
}

/** By a filter of ids all that are asked for, otherwise the group's own. */
function images(...all: (typeof OWN_IMAGE | typeof ARM)[]): Answers {
  return {
    "ec2:DescribeImages": ({ Filters: [filter] }: { Filters: { Name: string; Values: string[] }[] }) => ({
      Images: all.filter(({ ImageId: id, Tags: tags }) =>
        filter.Name === "image-id" ? filter.Values.includes(id) : tags.length > 0,
      ),
    }),
  };
}

/** A group whose launch template takes its image from a parameter, which names this one. */
function byParameter(imageId: string, selector = ""): Answers {
  const data = { ImageId: `resolve:ssm:/images/web${selector}` };
  return {
    "autoscaling:DescribeAutoScalingGroups": {
      AutoScalingGroups: [
        { LaunchTemplate: { LaunchTemplateId: "lt-1", LaunchTemplateName: "web", Version: "1" } },
      ],
    },
    "ec2:DescribeLaunchTemplateVersions": {
      LaunchTemplateVersions: [{ VersionNumber: 1, LaunchTemplateData: data }],
    },
    "ssm:GetParameter": ({ Name }: { Name: string }) =>
      Name === "/images/web" ? { Parameter: { Value: imageId } } : failure("ParameterNotFound", Name),
  };
}

const CASES: Case[] = [
  {
    of: "an image that is disabled",
    changed: images({ ...OWN_IMAGE, State: "disabled" }, OLDER),
    found: ["image-not-available"],
    saying:
      /which is disabled and not available, .+: roll out ami-0 \(\S+\) with aws ssm .+ ImageId=ami-0\.$/,
  },
  {
    of: "an image that is gone, and no other one",
    changed: images(),
    found: ["image-missing"],
    saying:
      /with image ami-1, which does not exist, .+: make a new image with aws ssm .+ --document-name create\.$/,
  },
  {
    of: "a group that is being deleted",
    changed: {
      "autoscaling:DescribeAutoScalingGroups": { AutoScalingGroups: [{ Status: "Delete in progress" }] },
    },
    found: ["group-missing"],
  },
  {
    of: "a launch template that takes its image from a parameter, which names the image that was rolled out",
    changed: byParameter(IMAGE),
    found: [],
  },
  {
    of: "a parameter that names an image that nobody made for the group",
    changed: { ...byParameter("ami-arm"), ...images(OWN_IMAGE, ARM) },
    found: ["image-not-ours"],
    saying:
      /refers to launch template web \(lt-1\) version 1 through parameter \/images\/web with image ami-arm \(arm\), which create-image did not make/,
  },
  {
    of: "a parameter that names an older image of ours",
    changed: { ...byParameter("ami-0"), ...images(OWN_IMAGE, OLDER) },
    found: ["image-not-the-last"],
  },
  {
    of: "a parameter that does not exist",
    changed: { ...byParameter(IMAGE), "ssm:GetParameter": failure("ParameterNotFound", "") },
    found: ["image-missing"],
    saying: /through parameter \/images\/web, which does not exist or names no image: roll out /,
  },
  {
    of: "a launch template that takes its image from a version of a parameter",
    changed: byParameter(IMAGE, ":3"),
    found: ["image-not-ours"],
    saying: /takes its image from resolve:ssm:\/images\/web:3: let the group use a version with an image id/,
  },
  {
    of: "a mixed instances policy whose launch template takes its image from a parameter",
    changed: {
      ...mixed(),
      "ec2:DescribeLaunchTemplateVersions": {
        LaunchTemplateVersions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId: "resolve:ssm:/image" } }],
      },
    },
    found: ["image-not-ours"],
    saying: /takes its image from resolve:ssm:\/image: let the group use a version with an image id/,
  },
  {
    of: "an override of another architecture, which is left alone",
    changed: mixed({ InstanceType: "t3.micro" }, { InstanceType: "t4g.micro", ImageId: "ami-arm" }),
    found: [],
  },
  {
    of: "a base that only lends its settings, and the override's image of another architecture",
    changed: mixed({ InstanceType: "t4g.micro", ImageId: "ami-arm" }),
    found: ["image-not-ours"],
    saying: /refers to the image id of override 0 with image ami-arm \(arm\)/,
  },
  {
    of: "an override with an older image of ours",
    changed: mixed(
      { InstanceType: "t3.micro" },
      {
        InstanceType: "t3.small",
        LaunchTemplateSpecification: { LaunchTemplateId: "lt-1", Version: "2" },
      },
    ),
    found: ["image-not-the-last"],
    saying: /launches image ami-0 \(\S+\) and not ami-1/,
  },
  {
    of: "a run at work, beside the last one",
    changed: runs(execution("create"), atWork("2026-11-26T06:20:00Z")),
    found: [],
  },
  {
    of: "a first run at work",
    changed: { ...runs(atWork("2026-11-26T06:20:00Z")), ...images(OLDER, OWN_IMAGE) },
    found: [],
  },
  {
    of: "a run that is at work for days, while others yield to it",
    changed: {
      ...runs(
        atWork("2026-11-23T05:30:00Z"),
        execution("create", { Outputs: { "report.EarlierRun": [OTHER_RUN] } }),
      ),
      ...images({ ...OWN_IMAGE, CreationDate: "2026-11-22T05:31:00.000Z" }),
    },
    found: ["no-run"],
    saying:
      /^Run 2{8}\S+ of create-image has been at work since 2026-11-23 05:30 UTC, and later ones make nothing/,
  },
  {
    of: "a yearly schedule whose last run AWS has forgotten",
    changed: {
      ...runs(),
      "events:DescribeRule": { State: "ENABLED", ScheduleExpression: "cron(30 5 1 1 ? *)" },
      "events:ListTargetsByRule": { Targets: [{ Arn: "a:a:a:a:a:automation-definition/create:1" }] },
      ...images({ ...OWN_IMAGE, CreationDate: "2026-01-01T05:31:00.000Z" }),
    },
    names: { retireDocumentName: undefined },
    found: [],
  },
  {
    of: "a rule whose schedule somebody changed into another form",
    changed: { "events:DescribeRule": { State: "ENABLED", ScheduleExpression: "rate(7 days)" } },
    found: [],
  },
  {
    of: "a target with a name that begins like the runbook's",
    changed: {
      "events:ListTargetsByRule": {
        Targets: ["create-other", "retire"].map((name) => ({
          Arn: `arn:aws:ssm:r:1:automation-definition/${name}:$DEFAULT`,
        })),
      },
    },
    found: ["target-missing"],
  },
  {
    of: "an image that a person rolled out after a failed roll-out",
    changed: {
      ...runs(
        execution("create", {
          Outputs: { "report.ImageId": ["ami-0"] },
          ExecutionStartTime: new Date("2026-11-25T05:30:00Z"),
        }),
      ),
      ...images(OWN_IMAGE, OLDER),
    },
    found: [],
  },
  {
    of: "a topic of another account, which is not looked at",
    changed: { "sns:ListSubscriptionsByTopic": new Error("must not be asked") },
    names: { topicArn: "arn:aws:sns:ap-northeast-1:999999999999:topic" },
    found: [],
  },
  {
    of: "several dead letters, some of which somebody is looking at",
    changed: {
      "sqs:GetQueueAttributes": {
        Attributes: { ApproximateNumberOfMessages: "1", ApproximateNumberOfMessagesNotVisible: "2" },
      },
    },
    found: ["dead-letters"],
    saying: /has 3 starts that/,
  },
  {
    of: "a watch that failed",
    changed: {
      "ssm:DescribeAutomationExecutions": ({ Filters: filters }: { Filters: { Values: string[] }[] }) => {
        const [name] = filters[0].Values;
        const status = name === "watch" ? "Failed" : "Success";
        return { AutomationExecutionMetadataList: [execution(name, { AutomationExecutionStatus: status })] };
      },
      "ssm:GetAutomationExecution": { AutomationExecution: { FailureMessage: "It may not." } },
    },
    names: { watchDocumentName: "watch" },
    found: ["run-failed"],
    saying: /^The last run of watch, 1{8}\S+ of 2026-11-26 05:30 UTC, ended Failed: It may not; when/,
  },
];

async function look(changed: Answers = {}, names: Partial<typeof NAMES> = {}): Promise<Report> {
  const { clients } = stubClients(healthy(changed));
  return report(await readStatus({ ...NAMES, ...names }, { clients, now: NOW }));
}

describe("the judgement", () => {
  it("is that all is well, where it is", async () => {
    expect((await look()).findings).to.deep.equal([]);
  });

  for (const { of, changed, names, found, saying } of CASES)
    it(`${found.length === 0 ? "has nothing against" : `has ${found.join()} against`} ${of}`, async () => {
      const { findings, healthy: isHealthy } = await look(changed, names);
      expect(findings.map(({ about }) => about)).to.deep.equal(found);
      expect(isHealthy).to.equal(found.length === 0);
      if (saying !== undefined) expect(findings[0].sentence).to.match(saying);
    });

  it("is of all pages of runs", async () => {
    const { findings } = await look({
      "ssm:DescribeAutomationExecutions": ({ NextToken: token }: { NextToken?: string }) => ({
        AutomationExecutionMetadataList: [
          token === undefined
            ? execution("create")
            : execution("create", {
                AutomationExecutionStatus: "Failed",
                ExecutionStartTime: new Date("2026-11-26T06:00:00Z"),
              }),
        ],
        NextToken: token === undefined ? "more" : undefined,
      }),
      "ssm:GetAutomationExecution": { AutomationExecution: {} },
    });
    expect(findings.map(({ about }) => about)).to.deep.equal(["run-failed"]);
  });

  it("is one sentence each", async () => {
    const { findings } = await look({
      "autoscaling:DescribeAutoScalingGroups": {},
      "sns:ListSubscriptionsByTopic": { Subscriptions: [] },
      "cloudwatch:DescribeAlarms": { MetricAlarms: [{ AlarmName: "alarm", StateValue: "ALARM" }] },
      "events:DescribeRule": { State: "DISABLED", ScheduleExpression: "cron(30 5 * * ? 2020)" },
      "events:ListTargetsByRule": {},
    });
    expect(findings.length).to.be.greaterThan(5);
    for (const { sentence } of findings) expect(sentence).to.match(/^[A-Z][^\n]*: [^\n]*[^.]\.$/);
  });
});

describe("the verification", () => {
  it("finds what names the image by its date, where the group refers to another one", async () => {
    const { verification } = await look({
      "autoscaling:DescribeLaunchConfigurations": ({
        LaunchConfigurationNames: [name],
      }: {
        LaunchConfigurationNames: string[];
      }) => ({
        LaunchConfigurations: [
          { LaunchConfigurationName: name, ImageId: name === "web_2026-11-26" ? IMAGE : "ami-0" },
        ],
      }),
      "autoscaling:DescribeAutoScalingGroups": {
        AutoScalingGroups: [{ LaunchConfigurationName: "web_2026-11-25" }],
      },
      ...images(OWN_IMAGE, OLDER),
    });
    expect(verification).to.deep.equal([
      { line: `image ${GOLDEN}_2026-11-26 (ami-1) is available`, holds: true },
      { line: "launch configuration web_2026-11-26 names it", holds: true },
      { line: "Auto Scaling group web refers to it", holds: false },
      { line: `the last run of create-image, ${RUN}, is a success`, holds: true },
    ]);
  });
});

describe("the verification, of a parameter,", () => {
  const lines = async (changed: Answers) => (await look(changed)).verification.slice(0, 3);

  it("finds that it names the image", async () => {
    expect(await lines(byParameter(IMAGE))).to.deep.equal([
      { line: `image ${GOLDEN}_2026-11-26 (ami-1) is available`, holds: true },
      { line: "launch template web (lt-1) version 1 through parameter /images/web names it", holds: true },
      { line: "Auto Scaling group web refers to it", holds: true },
    ]);
  });

  it("finds that it names another one", async () => {
    const changed = { ...byParameter("ami-0"), ...images(OWN_IMAGE, OLDER) };
    expect((await lines(changed)).slice(1)).to.deep.equal([
      { line: "parameter /images/web names it", holds: false },
      { line: "Auto Scaling group web refers to it", holds: false },
    ]);
  });
});

describe("what is printed", () => {
  it("is the same for the same account", async () => {
    const printed = print(await look(), "Asia/Tokyo").replace(/UTC, \S+ \S+ \S+ \(here\)/, "UTC, HERE");
    expect(printed).to.equal(`Auto Scaling group web in ap-northeast-1, 2026-11-26 06:30 UTC: healthy

Runs
  create-image  2026-11-26 05:30 UTC, 1 h ago  ${RUN}  Success
  roll-out      2026-11-26 05:30 UTC, 1 h ago  ${RUN}  Success
  retire        2026-11-26 05:30 UTC, 1 h ago  ${RUN}  Success

Image
  launch configuration web_2026-11-26: ami-1 (${GOLDEN}_2026-11-26), available, 1 h old
  1 running instance, 0 of an older image
  1 image of this group exists

Kept by retention
  nothing against its age

Schedule
  rule rule is on: cron(30 5 * * ? *)
  the next time: 2026-11-27 05:30 UTC, HERE, 2026-11-27 14:30 Asia/Tokyo

Notices
  0 dead letters
  topic arn:aws:sns:ap-northeast-1:123456789012:topic: 1 subscribed, 0 not confirmed
  alarm alarm: OK

The article's verification
  yes  image ${GOLDEN}_2026-11-26 (ami-1) is available
  yes  launch configuration web_2026-11-26 names it
  yes  Auto Scaling group web refers to it
  yes  the last run of create-image, ${RUN}, is a success
`);
  });

  it("says what does not exist", async () => {
    const printed = print(
      await look(
        {
          "autoscaling:DescribeAutoScalingGroups": {},
          "ssm:DescribeAutomationExecutions": {},
          "events:DescribeRule": { State: "DISABLED", ScheduleExpression: "rate(1 day)" },
          "cloudwatch:DescribeAlarms": {},
        },
        { topicArn: undefined },
      ),
    );
    for (const line of [
      "Auto Scaling group web does not exist",
      "create-image  no run is known",
      "no run of retire is known",
      "rule rule is off: rate(1 day)",
      "when it fires next is not known, because of the form of its schedule",
      "failures are told to nobody: no notifications are configured",
      "alarm alarm: does not exist",
      "?    the last run of create-image is a success (AWS knows of none, it forgets them after a month)",
    ])
      expect(printed).to.contain(`  ${line}\n`);
  });
});
