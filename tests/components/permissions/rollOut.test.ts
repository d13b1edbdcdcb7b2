import { expect } from "chai";
import { assumeLaunch, type LaunchFacts } from "../../../components/launch/facts";
import { launchConfigurationNames } from "../../../components/permissions/arns";
import { POLICY_MAX, writePolicy } from "../../../components/permissions/policy";
import { rollOutStatements } from "../../../components/permissions/rollOut";
import type { Scope } from "../../../components/permissions/scope";
import { evaluate } from "../../../rehearsal/account/policy";
import type { Context } from "../../../rehearsal/account/policyConditions";
import { BEIJING, TOKYO } from "../../mocks";
import {
  BY_DEFAULT,
  BY_LATEST,
  BY_NUMBER,
  BY_PARAMETER,
  CONFIGURATION,
  MIXED,
  OTHER_TEMPLATE,
  ROLE,
  TEMPLATE,
} from "../launch/facts";
import { policyOf, SCOPE } from "./scope";

const of = (launch: LaunchFacts, more: Partial<Scope> = {}) =>
  rollOutStatements({ ...SCOPE, launch, ...more });

const EC2 = "arn:aws:ec2:ap-northeast-1:123456789012";
const GROUP =
  "arn:aws:autoscaling:ap-northeast-1:123456789012:autoScalingGroup:*:autoScalingGroupName/web-group";
const template = (id: string) => `${EC2}:launch-template/${id}`;

const RUNS = {
  Sid: "LookAtRuns",
  Effect: "Allow",
  Action: "ssm:GetAutomationExecution",
  Resource: "arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*",
};

const LOOK_FOR_TEMPLATES = {
  Sid: "Look",
  Effect: "Allow",
  Action: [
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeInstanceRefreshes",
    "ec2:DescribeFleets",
    "ec2:DescribeImages",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:DescribeSnapshots",
    "ec2:DescribeSpotFleetRequests",
    "ssm:DescribeAutomationExecutions",
  ],
  Resource: "*",
};

const theTemplates = (ids: string[], ...more: string[]) => ({
  Sid: "TheTemplatesOfTheGroup",
  Effect: "Allow",
  Action: ["ec2:CreateLaunchTemplateVersion", "ec2:DeleteLaunchTemplateVersions", ...more],
  Resource: ids.map(template),
});

const NEVER_SENT = {
  "autoscaling:CapacityReservationIds": "true",
  "autoscaling:CapacityReservationResourceGroupArns": "true",
  "autoscaling:MaxSize": "true",
  "autoscaling:MinSize": "true",
  "autoscaling:VPCZoneIdentifiers": "true",
};

const updateOfGroup = {
  Sid: "LaunchTemplatesOfTheGroup",
  Effect: "Allow",
  Action: "autoscaling:UpdateAutoScalingGroup",
  Resource: GROUP,
};

const updateOfTemplate = {
  ...updateOfGroup,
  Condition: {
    Null: {
      ...NEVER_SENT,
      "autoscaling:InstanceTypes": "true",
      "autoscaling:TargetCapacityTypes": "true",
      "autoscaling:LaunchConfigurationName": "true",
    },
    Bool: { "autoscaling:LaunchTemplateVersionSpecified": "true" },
  },
};

const updateOfPolicy = {
  ...updateOfGroup,
  Condition: { Null: { ...NEVER_SENT, "autoscaling:LaunchConfigurationName": "true" } },
};

/** Where nothing is looked up, and where the templates ask for everything. */
const EVERY_TYPE = [
  "arn:aws:ec2:ap-northeast-1:*:capacity-reservation/*",
  `${EC2}:key-pair/*`,
  "arn:aws:ec2:ap-northeast-1:*:placement-group/*",
  "arn:aws:ec2:ap-northeast-1::snapshot/*",
];

const launchFrom = (ids: string[], usedArns: string[]) => [
  {
    Sid: "LaunchFromTheTemplates",
    Effect: "Allow",
    Action: "ec2:RunInstances",
    Resource: [
      "arn:aws:ec2:ap-northeast-1::image/*",
      `${EC2}:instance/*`,
      `${EC2}:network-interface/*`,
      "arn:aws:ec2:ap-northeast-1:*:security-group/*",
      "arn:aws:ec2:ap-northeast-1:*:subnet/*",
      `${EC2}:volume/*`,
      ...usedArns,
    ],
    Condition: { ArnEquals: { "ec2:LaunchTemplate": ids.map(template) } },
  },
];

const PASS = {
  Sid: "PassRoleOfTheInstanceProfile",
  Effect: "Allow",
  Action: "iam:PassRole",
  Resource: [ROLE],
  Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com"] } },
};

const WRITE_DOWN = {
  Sid: "WriteDownWhatWasRolledOut",
  Effect: "Allow",
  Action: "ec2:CreateTags",
  Resource: "arn:aws:ec2:ap-northeast-1::image/*",
  Condition: {
    StringEquals: { "aws:ResourceTag/ami-refresh:auto-scaling-group": "web-group" },
    "ForAllValues:StringEquals": { "aws:TagKeys": ["ami-refresh:rolled-out", "ami-refresh:previous-image"] },
    Null: { "aws:TagKeys": "false" },
  },
};

const NAMES = (accountArn: string) =>
  ["web_20??-??-??", "web_20??-??-??_??.??.??"].map(
    (name) => `${accountArn}:launchConfiguration:*:launchConfigurationName/${name}`,
  );

describe("the role of roll-out may do exactly this", () => {
  it("for a launch configuration made from the instance, with a profile", () => {
    expect(of(CONFIGURATION)).to.deep.equal([
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeInstanceRefreshes",
          "autoscaling:DescribeLaunchConfigurations",
          "ec2:DescribeImages",
          "ec2:DescribeInstances",
          "ec2:DescribeSnapshots",
          "ssm:DescribeAutomationExecutions",
        ],
        Resource: "*",
      },
      RUNS,
      {
        Sid: "LaunchConfigurationsWithOurNames",
        Effect: "Allow",
        Action: "autoscaling:CreateLaunchConfiguration",
        Resource: NAMES("arn:aws:autoscaling:ap-northeast-1:123456789012"),
      },
      {
        Sid: "WhatCreateLaunchConfigurationLooksUp",
        Effect: "Allow",
        Action: [
          "ec2:DescribeKeyPairs",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSpotInstanceRequests",
          "ec2:DescribeVpcClassicLink",
        ],
        Resource: "*",
      },
      {
        Sid: "AttributesOfTheGoldenInstance",
        Effect: "Allow",
        Action: "ec2:DescribeInstanceAttribute",
        Resource: `${EC2}:instance/i-0123456789abcdef0`,
      },
      {
        Sid: "LaunchConfigurationOfTheGroup",
        Effect: "Allow",
        Action: "autoscaling:UpdateAutoScalingGroup",
        Resource: GROUP,
        Condition: {
          Null: {
            ...NEVER_SENT,
            "autoscaling:InstanceTypes": "true",
            "autoscaling:TargetCapacityTypes": "true",
            "autoscaling:LaunchTemplateVersionSpecified": "true",
            "autoscaling:LaunchConfigurationName": "false",
          },
        },
      },
      PASS,
      WRITE_DOWN,
    ]);
  });

  it("for a launch configuration copied from the group, without a profile, in partition aws-cn", () => {
    const statements = of(
      { ...CONFIGURATION, roleArns: [] },
      { ...BEIJING, launchConfigurationFrom: "group" },
    );
    expect(Object.fromEntries(statements.map(({ Sid, Resource }) => [Sid, Resource]))).to.deep.equal({
      Look: "*",
      LookAtRuns: "arn:aws-cn:ssm:cn-north-1:210987654321:automation-execution/*",
      LaunchConfigurationsWithOurNames: NAMES("arn:aws-cn:autoscaling:cn-north-1:210987654321"),
      WhatCreateLaunchConfigurationLooksUp: "*",
      LaunchConfigurationOfTheGroup:
        "arn:aws-cn:autoscaling:cn-north-1:210987654321:autoScalingGroup:*:autoScalingGroupName/web-group",
      WriteDownWhatWasRolledOut: "arn:aws-cn:ec2:cn-north-1::image/*",
    });
    expect(statements[0].Action)
      .to.include("ec2:DescribeInstanceTypes")
      .and.not.include("ec2:DescribeInstances");
  });

  it("for a template by a number, with a profile, tags, named things and a key", () => {
    expect(of(BY_NUMBER)).to.deep.equal([
      LOOK_FOR_TEMPLATES,
      RUNS,
      {
        Sid: "LookAtTheKeys",
        Effect: "Allow",
        Action: "kms:DescribeKey",
        Resource: ["arn:aws:kms:ap-northeast-1:123456789012:key/1"],
      },
      theTemplates([TEMPLATE], "ec2:RunInstances"),
      updateOfTemplate,
      ...launchFrom([TEMPLATE], EVERY_TYPE),
      {
        Sid: "LaunchWithWhatTheTemplatesName",
        Effect: "Allow",
        Action: "ec2:RunInstances",
        Resource: [
          `${EC2}:secondary-subnet/ss-1`,
          "arn:aws:license-manager:ap-northeast-1:123456789012:license-configuration:lic-1",
          `${EC2}:spot-instances-request/*`,
        ],
      },
      {
        Sid: "TagWhatIsLaunched",
        Effect: "Allow",
        Action: "ec2:CreateTags",
        Resource: [`${EC2}:instance/*`, `${EC2}:volume/*`],
        Condition: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
      },
      PASS,
      WRITE_DOWN,
    ]);
  });

  it("for a template by default", () => {
    expect(of(BY_DEFAULT)).to.deep.equal([
      LOOK_FOR_TEMPLATES,
      RUNS,
      theTemplates([TEMPLATE]),
      {
        Sid: "DefaultVersionOfTheTemplates",
        Effect: "Allow",
        Action: "ec2:ModifyLaunchTemplate",
        Resource: [template(TEMPLATE)],
      },
      WRITE_DOWN,
    ]);
  });

  it("for a template by latest", () => {
    expect(of(BY_LATEST)).to.deep.equal([LOOK_FOR_TEMPLATES, RUNS, theTemplates([TEMPLATE]), WRITE_DOWN]);
  });

  it("for a mixed instances policy whose templates tag nothing and have no profile", () => {
    expect(of(MIXED)).to.deep.equal([
      LOOK_FOR_TEMPLATES,
      RUNS,
      theTemplates([TEMPLATE, OTHER_TEMPLATE], "ec2:RunInstances"),
      {
        Sid: "DefaultVersionOfTheTemplates",
        Effect: "Allow",
        Action: "ec2:ModifyLaunchTemplate",
        Resource: [template(TEMPLATE)],
      },
      updateOfPolicy,
      ...launchFrom([TEMPLATE, OTHER_TEMPLATE], []),
      WRITE_DOWN,
    ]);
  });

  it("for templates as given, where nothing was looked up", () => {
    const keys = {
      Sid: "LookAtTheKeys",
      Effect: "Allow",
      Action: "kms:DescribeKey",
      Resource: ["arn:aws:kms:ap-northeast-1:123456789012:key/*"],
    };
    expect(of(assumeLaunch([TEMPLATE], [ROLE], TOKYO))).to.deep.equal([
      LOOK_FOR_TEMPLATES,
      RUNS,
      keys,
      theTemplates([TEMPLATE], "ec2:RunInstances"),
      {
        Sid: "DefaultVersionOfTheTemplates",
        Effect: "Allow",
        Action: "ec2:ModifyLaunchTemplate",
        Resource: [template(TEMPLATE)],
      },
      updateOfPolicy,
      ...launchFrom([TEMPLATE], EVERY_TYPE),
      {
        Sid: "LaunchWithWhatTheTemplatesName",
        Effect: "Allow",
        Action: "ec2:RunInstances",
        Resource: [`${EC2}:spot-instances-request/*`],
      },
      {
        Sid: "TagWhatIsLaunched",
        Effect: "Allow",
        Action: "ec2:CreateTags",
        Resource: ["instance", "network-interface", "spot-instances-request", "volume"].map(
          (type) => `${EC2}:${type}/*`,
        ),
        Condition: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
      },
      PASS,
      WRITE_DOWN,
    ]);
    const [look, runs, ...others] = of(CONFIGURATION);
    expect(of(assumeLaunch([], [ROLE], TOKYO))).to.deep.equal([look, runs, keys, ...others]);
  });

  it("for a template that takes its image from a parameter, and nothing of the template", () => {
    const theParameter = (name: string) => ({
      Sid: "TheParameterOfTheGroup",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:PutParameter"],
      Resource: `arn:aws:ssm:ap-northeast-1:123456789012:parameter/${name}`,
    });
    const expected = [LOOK_FOR_TEMPLATES, RUNS, theParameter("images/web"), WRITE_DOWN];
    expect(of(BY_PARAMETER)).to.deep.equal(expected);
    // A name without a slash in front has none in its ARN either.
    expect(of({ ...BY_PARAMETER, parameter: "web-image" })[2]).to.deep.equal(theParameter("web-image"));
    const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    expect(of({ ...BY_PARAMETER, keyArns: [key] })[2]).to.deep.include({ Sid: "LookAtTheKeys" });
    expect(JSON.stringify(of(BY_PARAMETER, BEIJING))).to.not.contain("arn:aws:");
    expect(of(BY_PARAMETER, BEIJING)[2].Resource).to.equal(
      "arn:aws-cn:ssm:cn-north-1:210987654321:parameter/images/web",
    );
  });

  it("for a template in partition aws-cn", () => {
    const statements = of({ ...BY_NUMBER, namedArns: [], keyArns: [] }, BEIJING);
    const text = JSON.stringify(statements);
    expect(text).to.not.contain("arn:aws:ec2").and.not.contain("arn:aws:autoscaling");
    expect(statements.find(({ Sid }) => Sid === "TheTemplatesOfTheGroup")?.Resource).to.deep.equal([
      `arn:aws-cn:ec2:cn-north-1:210987654321:launch-template/${TEMPLATE}`,
    ]);
    expect(statements.at(-2)?.Condition).to.deep.equal({
      StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] },
    });
  });

  it("and of the two kinds neither has what the other needs alone", () => {
    const actions = (launch: LaunchFacts) => new Set(of(launch).flatMap(({ Action }) => Action));
    const configuration = actions(CONFIGURATION);
    for (const launch of [BY_NUMBER, BY_DEFAULT, BY_LATEST, MIXED, assumeLaunch([TEMPLATE], [ROLE], TOKYO)]) {
      const templates = actions(launch);
      for (const action of [
        "autoscaling:CreateLaunchConfiguration",
        "autoscaling:DescribeLaunchConfigurations",
        "ec2:DescribeInstanceAttribute",
        "ec2:DescribeKeyPairs",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotInstanceRequests",
        "ec2:DescribeVpcClassicLink",
      ]) {
        expect(configuration.has(action), action).to.equal(true);
        expect(templates.has(action), action).to.equal(false);
      }
      const own = [...templates].filter((action) => /LaunchTemplate|RunInstances|Fleet/.test(action));
      expect(own.length).to.be.greaterThan(3);
      own.forEach((action) => expect(configuration.has(action), action).to.equal(false));
    }
  });
});

describe("the policy of roll-out", () => {
  const manyTemplates = (count: number): LaunchFacts =>
    assumeLaunch(
      Array.from({ length: count }, (_, index) => `lt-${String(index).padStart(17, "0")}`),
      [],
      TOKYO,
    );

  const write = (scope: Scope) => writePolicy("roll-out", "this", rollOutStatements(scope));

  it("has room for twenty templates that were looked up, however the group refers to them", () => {
    const templates = manyTemplates(20).templates.map(({ id }) => ({ id, refersBy: ["number" as const] }));
    const launch = { ...BY_NUMBER, kind: "mixed" as const, templates };
    const longest = { prefix: "p".repeat(235), autoScalingGroupName: "g".repeat(255) };
    expect(write({ ...SCOPE, ...longest, launch }).length).to.be.at.most(POLICY_MAX);
  });

  it("has room for fifteen templates that were given, with a role", () => {
    expect(write({ ...SCOPE, launch: { ...manyTemplates(15), roleArns: [ROLE] } }).length).to.be.at.most(
      POLICY_MAX,
    );
  });
});

describe("launch configurations of two components whose prefixes begin alike are kept apart:", () => {
  const create = (prefix: string, name: string) =>
    evaluate([policyOf(rollOutStatements({ ...SCOPE, prefix }))], {
      action: "autoscaling:CreateLaunchConfiguration",
      resource: `arn:aws:autoscaling:ap-northeast-1:123456789012:launchConfiguration:*:launchConfigurationName/${name}`,
      context: {},
    });

  for (const [prefix, name, decision] of [
    ["web", "web_2026-11-24", "allowed"],
    ["web", "web_2026-11-24_05.30.17", "allowed"],
    ["web_api", "web_api_2026-11-24", "allowed"],
    ["web", "web_api_2026-11-24", "implicitDeny"],
    ["web", "web_api_2026-11-24_05.30.17", "implicitDeny"],
    ["web_api", "web_2026-11-24", "implicitDeny"],
    ["web", "web_2026-11-24_2026-11-25", "implicitDeny"],
    ["web_2026-11-24", "web_2026-11-24", "implicitDeny"],
    ["web", "web_prod-eu-01", "implicitDeny"],
    ["web", "web_2026-11-24_", "implicitDeny"],
    ["web", "web", "implicitDeny"],
  ] as const) {
    it(`${prefix} and ${name}: ${decision}`, () => {
      expect(create(prefix, name)).to.equal(decision);
    });
  }

  it("in every two names that the runbooks can make", () => {
    const suffixes = ["2026-11-24", "2026-11-24_05.30.17"];
    const prefixes = ["web", "web_api", "web_", "web_2026-11-24", "web_20", "w", "web_2026-11-24_05.30.17"];
    for (const mine of prefixes) {
      for (const other of prefixes.filter((prefix) => prefix !== mine)) {
        for (const suffix of suffixes) {
          const name = `${other}_${suffix}`;
          // web_2026-11-24's own names never look like web's: one has a date and a date, the other a date and a time.
          expect(create(mine, name), `${mine} may make ${name}`).to.equal("implicitDeny");
        }
      }
    }
  });

  it("patterns for the names alone", () => {
    expect(launchConfigurationNames("web")).to.deep.equal(["web_20??-??-??", "web_20??-??-??_??.??.??"]);
  });
});

describe("an update of the group changes its launch source and nothing else of it, by every key of UpdateAutoScalingGroup:", () => {
  const IMAGE = { "autoscaling:ImageId": "ami-1" };
  const IN_A_POLICY = {
    ...IMAGE,
    "autoscaling:InstanceTypes": ["t3.small", "t3.large"],
    "autoscaling:TargetCapacityTypes": ["on-demand"],
  };
  const OURS: Record<string, [launch: LaunchFacts, context: Context]> = {
    "a launch configuration": [CONFIGURATION, { ...IMAGE, "autoscaling:LaunchConfigurationName": "web" }],
    "a numbered template": [BY_NUMBER, { ...IMAGE, "autoscaling:LaunchTemplateVersionSpecified": true }],
    "a policy with numbers": [MIXED, { ...IN_A_POLICY, "autoscaling:LaunchTemplateVersionSpecified": true }],
    "a policy without": [MIXED, { ...IN_A_POLICY, "autoscaling:LaunchTemplateVersionSpecified": false }],
  };
  const OTHERS: Context = {
    "autoscaling:CapacityReservationIds": ["cr-1", "cr-2"],
    "autoscaling:CapacityReservationResourceGroupArns": ["arn:aws:resource-groups:x:1:group/g"],
    "autoscaling:InstanceTypes": ["t3.small"],
    "autoscaling:LaunchConfigurationName": "other",
    "autoscaling:LaunchTemplateVersionSpecified": false,
    "autoscaling:MaxSize": "9",
    "autoscaling:MinSize": "0",
    "autoscaling:TargetCapacityTypes": ["capacity-block"],
    "autoscaling:VPCZoneIdentifiers": ["subnet-1", "subnet-2"],
  };
  const update = (launch: LaunchFacts, context: Context) =>
    evaluate([policyOf(rollOutStatements({ ...SCOPE, launch }))], {
      action: "autoscaling:UpdateAutoScalingGroup",
      resource: GROUP.replace("*", "1"),
      context,
    });

  for (const [what, [launch, ours]] of Object.entries(OURS)) {
    it(`to ${what}`, () => expect(update(launch, ours)).to.equal("allowed"));

    for (const key of Object.keys(OTHERS).filter((one) => !(one in ours))) {
      it(`to ${what}, and not with ${key}`, () =>
        expect(update(launch, { ...ours, [key]: OTHERS[key] })).to.equal("implicitDeny"));
    }
  }

  for (const launch of [CONFIGURATION, BY_NUMBER]) {
    it(`not without any source, of a ${launch.kind}`, () =>
      expect(update(launch, {})).to.equal("implicitDeny"));
  }

  it("not to another version than a numbered one, of a template", () => {
    expect(update(BY_NUMBER, { "autoscaling:LaunchTemplateVersionSpecified": false })).to.equal(
      "implicitDeny",
    );
  });

  it("not to another launch configuration's name, where it has templates", () => {
    for (const launch of [BY_NUMBER, MIXED]) {
      expect(update(launch, { "autoscaling:LaunchConfigurationName": "web" })).to.equal("implicitDeny");
    }
  });
});

describe("a launch by Auto Scaling's dry run", () => {
  const launch = (id: string | undefined, resource: string) =>
    evaluate([policyOf(rollOutStatements({ ...SCOPE, launch: BY_NUMBER }))], {
      action: "ec2:RunInstances",
      resource: resource.startsWith("arn:") ? resource : `${EC2}:${resource}`,
      context: id === undefined ? {} : { "ec2:LaunchTemplate": template(id) },
    });

  for (const [id, resource, decision] of [
    [TEMPLATE, "instance/*", "allowed"],
    [TEMPLATE, "subnet/subnet-1", "allowed"],
    [TEMPLATE, `launch-template/${TEMPLATE}`, "allowed"],
    [OTHER_TEMPLATE, "instance/*", "implicitDeny"],
    [OTHER_TEMPLATE, `launch-template/${OTHER_TEMPLATE}`, "implicitDeny"],
    [undefined, "instance/*", "implicitDeny"],
    [TEMPLATE, "elastic-gpu/*", "implicitDeny"],
    [undefined, "spot-instances-request/*", "allowed"],
    // What another account shares has its owner in its ARN.
    [TEMPLATE, "arn:aws:ec2:ap-northeast-1:999999999999:subnet/subnet-1", "allowed"],
    [TEMPLATE, "arn:aws:ec2:ap-northeast-1:999999999999:security-group/sg-1", "allowed"],
    [TEMPLATE, "arn:aws:ec2:ap-northeast-1:999999999999:placement-group/rack", "allowed"],
    [TEMPLATE, "arn:aws:ec2:ap-northeast-1:999999999999:capacity-reservation/cr-1", "allowed"],
    [OTHER_TEMPLATE, "arn:aws:ec2:ap-northeast-1:999999999999:subnet/subnet-1", "implicitDeny"],
    [undefined, "arn:aws:ec2:ap-northeast-1:999999999999:subnet/subnet-1", "implicitDeny"],
    [TEMPLATE, "arn:aws:ec2:ap-northeast-1:999999999999:key-pair/theirs", "implicitDeny"],
    [undefined, "secondary-subnet/ss-1", "allowed"],
    [undefined, "secondary-subnet/ss-2", "implicitDeny"],
  ] as const) {
    it(`from ${id ?? "no template"} with ${resource}: ${decision}`, () =>
      expect(launch(id, resource)).to.equal(decision));
  }
});

describe("what was rolled out is written down", () => {
  const tag = (
    keys: string[],
    ownedBy: string | undefined,
    resource = "arn:aws:ec2:ap-northeast-1::image/ami-1",
  ) =>
    evaluate([policyOf(rollOutStatements(SCOPE))], {
      action: "ec2:CreateTags",
      resource,
      context: {
        ...(ownedBy === undefined ? {} : { "aws:ResourceTag/ami-refresh:auto-scaling-group": ownedBy }),
        ...(keys.length === 0 ? {} : { "aws:TagKeys": keys }),
      },
    });
  const BOTH = ["ami-refresh:rolled-out", "ami-refresh:previous-image"];

  for (const [what, keys, ownedBy, decision] of [
    ["with both keys on an image of ours", BOTH, "web-group", "allowed"],
    ["with the time alone", [BOTH[0]], "web-group", "allowed"],
    ["and nothing else with it", [...BOTH, "ami-refresh:keep"], "web-group", "implicitDeny"],
    ["and not who owns it", ["ami-refresh:auto-scaling-group"], "web-group", "implicitDeny"],
    ["and not with no key", [], "web-group", "implicitDeny"],
    ["and not on another group's image", BOTH, "other", "implicitDeny"],
    ["and not on anybody's image", BOTH, undefined, "implicitDeny"],
  ] as [string, string[], string | undefined, string][]) {
    it(what, () => expect(tag(keys, ownedBy)).to.equal(decision));
  }

  it("and not on a snapshot", () =>
    expect(tag(BOTH, "web-group", "arn:aws:ec2:ap-northeast-1::snapshot/snap-1")).to.equal("implicitDeny"));
});
