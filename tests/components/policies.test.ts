import { expect } from "chai";
import {
  automationDefinitionArn,
  automationPolicy,
  automationTrust,
  eventsPolicy,
  eventsTrust,
  launchConfigurationNames,
  type Refreshed,
} from "../../components/policies";
import { evaluate } from "../../rehearsal/aws/policy";
import { BEIJING, TOKYO } from "../mocks";

const REFRESHED: Refreshed = {
  ...TOKYO,
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web-group",
  prefix: "web",
  launchConfigurationFrom: "instance",
  instanceProfileRoleArns: ["arn:aws:iam::123456789012:role/web"],
};

describe("policies", () => {
  it("allow the runbook exactly this, in partition aws, from the instance, with a profile", () => {
    expect(automationPolicy(REFRESHED)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Look",
          Effect: "Allow",
          Action: [
            "autoscaling:DescribeAccountLimits",
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeLaunchConfigurations",
            "ec2:DescribeImages",
            "ec2:DescribeInstances",
          ],
          Resource: "*",
        },
        {
          Sid: "ImageOfTheGoldenInstance",
          Effect: "Allow",
          Action: "ec2:CreateImage",
          Resource: "arn:aws:ec2:ap-northeast-1:123456789012:instance/i-0123456789abcdef0",
        },
        {
          Sid: "ImageWithOwnershipTag",
          Effect: "Allow",
          Action: "ec2:CreateImage",
          Resource: ["arn:aws:ec2:ap-northeast-1::image/*", "arn:aws:ec2:ap-northeast-1::snapshot/*"],
          Condition: { StringEquals: { "aws:RequestTag/ami-refresh:auto-scaling-group": "web-group" } },
        },
        {
          Sid: "TagWhatCreateImageMakes",
          Effect: "Allow",
          Action: "ec2:CreateTags",
          Resource: ["arn:aws:ec2:ap-northeast-1::image/*", "arn:aws:ec2:ap-northeast-1::snapshot/*"],
          Condition: {
            StringEquals: {
              "ec2:CreateAction": "CreateImage",
              "aws:RequestTag/ami-refresh:auto-scaling-group": "web-group",
            },
          },
        },
        {
          Sid: "NewLaunchConfiguration",
          Effect: "Allow",
          Action: "autoscaling:CreateLaunchConfiguration",
          Resource: [
            "arn:aws:autoscaling:ap-northeast-1:123456789012:launchConfiguration:*:launchConfigurationName/web_20??-??-??",
            "arn:aws:autoscaling:ap-northeast-1:123456789012:launchConfiguration:*:launchConfigurationName/web_20??-??-??_??.??.??",
          ],
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
          Sid: "LaunchConfigurationOfTheGroup",
          Effect: "Allow",
          Action: "autoscaling:UpdateAutoScalingGroup",
          Resource:
            "arn:aws:autoscaling:ap-northeast-1:123456789012:autoScalingGroup:*:autoScalingGroupName/web-group",
          Condition: {
            StringLikeIfExists: {
              "autoscaling:LaunchConfigurationName": ["web_20??-??-??", "web_20??-??-??_??.??.??"],
            },
            Null: { "autoscaling:MinSize": "true", "autoscaling:MaxSize": "true" },
          },
        },
        {
          Sid: "AttributesOfTheGoldenInstance",
          Effect: "Allow",
          Action: "ec2:DescribeInstanceAttribute",
          Resource: "arn:aws:ec2:ap-northeast-1:123456789012:instance/i-0123456789abcdef0",
        },
        {
          Sid: "PassRoleOfTheInstanceProfile",
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: ["arn:aws:iam::123456789012:role/web"],
          Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com"] } },
        },
      ],
    });
  });

  it("allow the runbook less when it copies the group and passes no role, in partition aws-cn", () => {
    const policy = automationPolicy({
      ...REFRESHED,
      ...BEIJING,
      launchConfigurationFrom: "group",
      instanceProfileRoleArns: [],
    });
    const resources = policy.Statement.map(({ Sid, Resource }) => [Sid, Resource]);
    expect(Object.fromEntries(resources)).to.deep.equal({
      Look: "*",
      ImageOfTheGoldenInstance: "arn:aws-cn:ec2:cn-north-1:210987654321:instance/i-0123456789abcdef0",
      ImageWithOwnershipTag: ["arn:aws-cn:ec2:cn-north-1::image/*", "arn:aws-cn:ec2:cn-north-1::snapshot/*"],
      TagWhatCreateImageMakes: [
        "arn:aws-cn:ec2:cn-north-1::image/*",
        "arn:aws-cn:ec2:cn-north-1::snapshot/*",
      ],
      NewLaunchConfiguration: [
        "arn:aws-cn:autoscaling:cn-north-1:210987654321:launchConfiguration:*:launchConfigurationName/web_20??-??-??",
        "arn:aws-cn:autoscaling:cn-north-1:210987654321:launchConfiguration:*:launchConfigurationName/web_20??-??-??_??.??.??",
      ],
      WhatCreateLaunchConfigurationLooksUp: "*",
      LaunchConfigurationOfTheGroup:
        "arn:aws-cn:autoscaling:cn-north-1:210987654321:autoScalingGroup:*:autoScalingGroupName/web-group",
    });
  });

  it("pass roles to the service under both of its names in China", () => {
    const policy = automationPolicy({ ...REFRESHED, ...BEIJING });
    expect(
      policy.Statement.find(({ Sid }) => Sid === "PassRoleOfTheInstanceProfile")?.Condition,
    ).to.deep.equal({
      StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] },
    });
  });

  it("allow EventBridge exactly this", () => {
    expect(eventsPolicy(TOKYO, "Refresh", "arn:aws:iam::123456789012:role/automation")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "StartTheRunbook",
          Effect: "Allow",
          Action: "ssm:StartAutomationExecution",
          Resource: [
            "arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/Refresh:*",
            "arn:aws:ssm:ap-northeast-1:123456789012:document/Refresh",
            "arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*",
          ],
        },
        {
          Sid: "PassTheAutomationRole",
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: "arn:aws:iam::123456789012:role/automation",
          Condition: { StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com"] } },
        },
      ],
    });
    const china = eventsPolicy(BEIJING, "Refresh", "arn:aws-cn:iam::210987654321:role/automation");
    expect(china.Statement[1].Condition).to.deep.equal({
      StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com", "ssm.amazonaws.com.cn"] },
    });
  });

  it("let only Automation and only this rule use the roles", () => {
    expect(automationTrust(BEIJING)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ssm.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "210987654321" },
            ArnLike: { "aws:SourceArn": "arn:aws-cn:ssm:cn-north-1:210987654321:automation-execution/*" },
          },
        },
      ],
    });
    const rule = "arn:aws:events:ap-northeast-1:123456789012:rule/nightly";
    expect(eventsTrust("123456789012", rule)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnEquals: { "aws:SourceArn": rule },
          },
        },
      ],
    });
  });

  it("name the document as an automation definition in its default version", () => {
    expect(automationDefinitionArn(BEIJING, "Refresh")).to.equal(
      "arn:aws-cn:ssm:cn-north-1:210987654321:automation-definition/Refresh:$DEFAULT",
    );
  });

  describe("keep two components apart whose prefixes begin alike", () => {
    const create = (prefix: string, name: string) =>
      evaluate([automationPolicy({ ...REFRESHED, prefix })], {
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

    it("in every two names that the runbook can make", () => {
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
  });

  it("make patterns for the names alone", () => {
    expect(launchConfigurationNames("web")).to.deep.equal(["web_20??-??-??", "web_20??-??-??_??.??.??"]);
  });
});
