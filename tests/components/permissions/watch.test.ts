import { expect } from "chai";
import { watchStatements } from "../../../components/permissions/watch";
import { CONFIGURATION, MIXED } from "../launch/facts";
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
