import { expect } from "chai";
import { createImageStatements } from "../../../components/permissions/createImage";
import { startStatements } from "../../../components/permissions/start";
import { BEIJING } from "../../mocks";
import { BY_NUMBER, CONFIGURATION } from "../launch/facts";
import { SCOPE } from "./scope";

const ROLL_OUT = { documentName: "RollOut", roleArn: "arn:aws:iam::123456789012:role/roll-out" };

describe("the role of create-image may do exactly this", () => {
  it("and start the patches, where they are wanted", () => {
    const patch = { documentName: "Patch", roleArn: "arn:aws:iam::123456789012:role/patch" };
    const [usual, both] = [[ROLL_OUT], [patch, ROLL_OUT]].map((started) =>
      createImageStatements(SCOPE, started),
    );
    expect(both).to.deep.equal([...usual.slice(0, -2), ...startStatements(SCOPE, [patch, ROLL_OUT])]);
  });

  const made = ["arn:aws:ec2:ap-northeast-1::image/*", "arn:aws:ec2:ap-northeast-1::snapshot/*"];
  const asksForTag = { "aws:RequestTag/ami-refresh:auto-scaling-group": "web-group" };

  it("whatever the group launches with", () => {
    expect(createImageStatements(SCOPE, [ROLL_OUT])).to.deep.equal([
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeLaunchConfigurations",
          "ec2:DescribeImages",
          "ec2:DescribeInstances",
          "ssm:DescribeAutomationExecutions",
        ],
        Resource: "*",
      },
      {
        Sid: "LookAtRuns",
        Effect: "Allow",
        Action: "ssm:GetAutomationExecution",
        Resource: "arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*",
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
        Resource: made,
        Condition: { StringEquals: asksForTag },
      },
      {
        Sid: "TagWhatCreateImageMakes",
        Effect: "Allow",
        Action: "ec2:CreateTags",
        Resource: made,
        Condition: { StringEquals: { "ec2:CreateAction": "CreateImage", ...asksForTag } },
      },
      {
        Sid: "StartTheRunbooks",
        Effect: "Allow",
        Action: "ssm:StartAutomationExecution",
        Resource: [
          "arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/RollOut:*",
          "arn:aws:ssm:ap-northeast-1:123456789012:document/RollOut",
          "arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*",
        ],
      },
      {
        Sid: "PassTheirRoles",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: ["arn:aws:iam::123456789012:role/roll-out"],
        Condition: { StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com"] } },
      },
    ]);
  });

  for (const [launch, more] of [
    [CONFIGURATION, []],
    [BY_NUMBER, ["ec2:DescribeLaunchTemplateVersions"]],
  ] as const) {
    it(`and look for changes where unchanged instances are skipped, of a group of the kind ${launch.kind}`, () => {
      const [usual, ...others] = createImageStatements({ ...SCOPE, launch }, [ROLL_OUT]);
      const actions = [...usual.Action, ...more, "ec2:DescribeSnapshots", "ec2:DescribeVolumes"].sort();
      expect(createImageStatements({ ...SCOPE, launch }, [ROLL_OUT], true)).to.deep.equal([
        { ...usual, Action: actions },
        ...others,
      ]);
    });
  }

  it("in partition aws-cn", () => {
    const rollOut = { ...ROLL_OUT, roleArn: "arn:aws-cn:iam::210987654321:role/roll-out" };
    expect(JSON.stringify(createImageStatements({ ...SCOPE, ...BEIJING }, [rollOut]))).to.not.contain(
      "arn:aws:",
    );
  });
});
