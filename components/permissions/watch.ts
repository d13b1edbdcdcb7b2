import { METRICS_NAMESPACE } from "../notices/metrics";
import { readParameter } from "./parameter";
import { Statement } from "./policy";
import { Scope } from "./scope";

// What watch's role may do: look at the group and its images, and put metrics of one namespace.

export function watchStatements(scope: Scope, ownRoleArn: string, skipUnchanged = false): Statement[] {
  const source =
    scope.launch.kind === "configuration"
      ? "autoscaling:DescribeLaunchConfigurations"
      : "ec2:DescribeLaunchTemplateVersions";
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "autoscaling:DescribeAutoScalingGroups",
        source,
        "ec2:DescribeImages",
        "ec2:DescribeSnapshots",
        // Whether a run found nothing changed.
        ...(skipUnchanged ? ["ssm:DescribeAutomationExecutions"] : []),
      ].sort(),
      Resource: "*",
    },
    ...readParameter(scope),
    {
      // Since when there is something to watch, as long as nothing was rolled out.
      Sid: "WhenThisRoleWasMade",
      Effect: "Allow",
      Action: "iam:GetRole",
      Resource: ownRoleArn,
    },
    {
      // AWS gives it no resource level, and this condition.
      Sid: "PutItsMetrics",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": METRICS_NAMESPACE } },
    },
  ];
}
