import { expect } from "chai";
import { watchStatements } from "../../../components/permissions/watch";
import { BY_PARAMETER, CONFIGURATION, MIXED } from "../launch/facts";
import { SCOPE } from "./scope";

const ROLE = "arn:aws:iam::123456789012:role/automation/watch";

describe("the role of watch may do exactly this", () => {
  it("and look at runs where those count that found nothing changed", () => {
    const [usual, ...others] = watchStatements({ ...SCOPE, launch: MIXED }, ROLE);
    expect(watchStatements({ ...SCOPE, launch: MIXED }, ROLE, true)).to.deep.equal([
      { ...usual, Action: [...usual.Action, "ssm:DescribeAutomationExecutions"] },
      ...others,
    ]);
  });

  for (const [launch, action] of [
    [CONFIGURATION, "autoscaling:DescribeLaunchConfigurations"],
    [BY_PARAMETER, "ec2:DescribeLaunchTemplateVersions"],
    [MIXED, "ec2:DescribeLaunchTemplateVersions"],
  ] as const) {
    it(`for a group of the kind ${launch.kind}`, () => {
      expect(watchStatements({ ...SCOPE, launch }, ROLE)).to.deep.equal([
        {
          Sid: "Look",
          Effect: "Allow",
          Action: [
            "autoscaling:DescribeAutoScalingGroups",
            action,
            "ec2:DescribeImages",
            "ec2:DescribeSnapshots",
          ].sort(),
          Resource: "*",
        },
        ...(launch.kind === "parameter"
          ? [
              {
                Sid: "ReadTheParameterOfTheGroup",
                Effect: "Allow",
                Action: "ssm:GetParameter",
                Resource: "arn:aws:ssm:ap-northeast-1:123456789012:parameter/images/web",
              },
            ]
          : []),
        { Sid: "WhenThisRoleWasMade", Effect: "Allow", Action: "iam:GetRole", Resource: ROLE },
        {
          Sid: "PutItsMetrics",
          Effect: "Allow",
          Action: "cloudwatch:PutMetricData",
          Resource: "*",
          Condition: { StringEquals: { "cloudwatch:namespace": "AmiRefresh" } },
        },
      ]);
    });
  }
});
