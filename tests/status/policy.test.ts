import { expect } from "chai";
import { report } from "../../status/report";
import { readStatus } from "../../status/status";
import { execution, healthy, IMAGE, LOCAL_NAMES, NAMES, NOW } from "./healthy";
import { permissions, readPolicy } from "./policy";
import { stubClients } from "./stub";

/** A group with a launch configuration, one with a launch template whose last run failed, and one whose image a parameter names. */
const STACKS = [
  healthy(),
  healthy({
    "ssm:DescribeAutomationExecutions": {
      AutomationExecutionMetadataList: [execution("create", { AutomationExecutionStatus: "Failed" })],
    },
    "ssm:GetAutomationExecution": { AutomationExecution: {} },
    "autoscaling:DescribeAutoScalingGroups": {
      AutoScalingGroups: [{ LaunchTemplate: { LaunchTemplateId: "lt-1", Version: "1" } }],
    },
    "ec2:DescribeLaunchTemplateVersions": { LaunchTemplateVersions: [] },
  }),
  healthy({
    "autoscaling:DescribeAutoScalingGroups": {
      AutoScalingGroups: [{ LaunchTemplate: { LaunchTemplateId: "lt-1", Version: "1" } }],
    },
    "ec2:DescribeLaunchTemplateVersions": {
      LaunchTemplateVersions: [{ LaunchTemplateData: { ImageId: "resolve:ssm:/images/web" } }],
    },
    "ssm:GetParameter": { Parameter: { Value: IMAGE } },
  }),
];

describe("the policy of a person who looks", () => {
  it("allows what is asked, and nothing else", async () => {
    const asked: string[] = [];
    for (const answers of STACKS) {
      for (const names of [NAMES, LOCAL_NAMES]) {
        const stub = stubClients(answers);
        report(await readStatus(names, { clients: stub.clients, now: NOW }));
        asked.push(...stub.asked);
      }
    }
    expect(permissions().sort()).to.deep.equal([...new Set(asked)].sort());
  });

  it("is limited to resources where AWS allows it", () => {
    const everywhere = readPolicy().Statement.filter(({ Resource: resource }) => resource === "*");
    // Those of which AWS's reference names no resource.
    expect(everywhere.flatMap(({ Action: action }) => action)).to.deep.equal([
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeLaunchConfigurations",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeLaunchTemplateVersions",
      "ssm:DescribeAutomationExecutions",
    ]);
  });

  it("only reads", () => {
    for (const permission of permissions()) expect(permission).to.match(/:(Describe|Get|List)[A-Z]/);
  });
});
