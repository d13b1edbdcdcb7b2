import { expect } from "chai";
import { createImageStatements } from "../../../components/permissions/createImage";
import type { Statement } from "../../../components/permissions/policy";
import { retireStatements } from "../../../components/permissions/retire";
import { rollOutStatements } from "../../../components/permissions/rollOut";
import { BY_DEFAULT, BY_LATEST, BY_NUMBER, CONFIGURATION, MIXED } from "../launch/facts";
import { SCOPE } from "./scope";

/** What each role may do beside looking, for every kind of group together. */
function writes(statementsOf: (launch: typeof CONFIGURATION) => Statement[]): string[] {
  const kinds = [CONFIGURATION, BY_NUMBER, BY_DEFAULT, BY_LATEST, MIXED];
  const actions = kinds.flatMap(statementsOf).flatMap(({ Action }) => Action);
  return [...new Set(actions)].filter((action) => !/:(Describe|Get|List)/.test(action)).sort();
}

describe("no role does another's job:", () => {
  it("the one that images changes nothing of the group and deletes nothing", () => {
    const rollOut = { documentName: "RollOut", roleArn: "arn:aws:iam::123456789012:role/roll-out" };
    expect(writes((launch) => createImageStatements({ ...SCOPE, launch }, [rollOut]))).to.deep.equal([
      "ec2:CreateImage",
      "ec2:CreateTags",
      "iam:PassRole",
      "ssm:StartAutomationExecution",
    ]);
  });

  it("the one that changes the group deletes only versions of its templates", () => {
    expect(writes((launch) => rollOutStatements({ ...SCOPE, launch }))).to.deep.equal([
      "autoscaling:CreateLaunchConfiguration",
      "autoscaling:UpdateAutoScalingGroup",
      "ec2:CreateLaunchTemplateVersion",
      "ec2:CreateTags",
      "ec2:DeleteLaunchTemplateVersions",
      "ec2:ModifyLaunchTemplate",
      "ec2:RunInstances",
      "iam:PassRole",
    ]);
  });

  it("the one that deletes makes nothing", () => {
    expect(writes((launch) => retireStatements({ ...SCOPE, launch }))).to.deep.equal([
      "autoscaling:DeleteLaunchConfiguration",
      "ec2:DeleteLaunchTemplateVersions",
      "ec2:DeleteSnapshot",
      "ec2:DeregisterImage",
    ]);
  });
});
