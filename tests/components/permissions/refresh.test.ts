import { expect } from "chai";
import { assumeLaunch, type LaunchFacts } from "../../../components/launch/facts";
import { prepareStatements } from "../../../components/permissions/prepare";
import { refreshStatements } from "../../../components/permissions/refresh";
import { rollOutStatements } from "../../../components/permissions/rollOut";
import { rollOutWithRefreshStatements } from "../../../components/permissions/rollOutWithRefresh";
import { POLICY_MAX, writePolicy } from "../../../components/permissions/policy";
import { startStatements } from "../../../components/permissions/start";
import { TOKYO } from "../../mocks";
import { BY_DEFAULT, BY_LATEST, BY_NUMBER, CONFIGURATION, MIXED, TEMPLATE } from "../launch/facts";
import { SCOPE } from "./scope";

const ENTRIES = ["Strategy=Rolling"];
const GROUP =
  "arn:aws:autoscaling:ap-northeast-1:123456789012:autoScalingGroup:*:autoScalingGroupName/web-group";
const STARTED = [
  { documentName: "prepare", roleArn: "arn:aws:iam::123456789012:role/prepare" },
  { documentName: "refresh", roleArn: "arn:aws:iam::123456789012:role/refresh" },
];

const look = (...actions: string[]) => ({ Sid: "Look", Effect: "Allow", Action: actions, Resource: "*" });
const RUNS = {
  Sid: "LookAtRuns",
  Effect: "Allow",
  Action: "ssm:GetAutomationExecution",
  Resource: "arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*",
};
const ALARMS = {
  Sid: "LookAtTheAlarms",
  Effect: "Allow",
  Action: "cloudwatch:DescribeAlarms",
  Resource: "arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:*",
};
const ofTemplates = (...actions: string[]) => ({
  Sid: "TheTemplatesOfTheGroup",
  Effect: "Allow",
  Action: actions,
  Resource: [`arn:aws:ec2:ap-northeast-1:123456789012:launch-template/${TEMPLATE}`],
});
const onRefreshes = (sid: string, ...actions: string[]) => ({
  Sid: sid,
  Effect: "Allow",
  Action: actions.map((action) => `autoscaling:${action}InstanceRefresh`),
  Resource: GROUP,
});

/** What the roll-out of a group without refresh may do by these statements. */
const asWithout = (launch: LaunchFacts, ...sids: string[]) => {
  const found = rollOutStatements({ ...SCOPE, launch }).filter(({ Sid }) => sids.includes(Sid));
  expect(found.map(({ Sid }) => Sid)).to.have.members(sids);
  return found;
};

describe("where instances are replaced, the role", () => {
  it("of roll-out may start the others, stop a refresh, and change nothing that the group launches", () => {
    const of = (launch: LaunchFacts) => rollOutWithRefreshStatements({ ...SCOPE, launch }, ENTRIES, STARTED);
    const looks = (more: string) => {
      const usual = [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeInstanceRefreshes",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ssm:DescribeAutomationExecutions",
      ];
      return [look(...[...usual, more].sort()), RUNS];
    };
    const start = startStatements(TOKYO, STARTED);
    const sid = "StopInstanceRefreshesOfTheGroup";
    expect(of(CONFIGURATION)).to.deep.equal([
      ...looks("autoscaling:DescribeLaunchConfigurations"),
      onRefreshes(sid, "Cancel"),
      ...start,
    ]);
    for (const launch of [BY_DEFAULT, BY_LATEST]) {
      const deleting = ofTemplates("ec2:DeleteLaunchTemplateVersions");
      expect(of(launch)).to.deep.equal([
        ...looks("ec2:DescribeLaunchTemplateVersions"),
        onRefreshes(sid, "Cancel"),
        deleting,
        ...start,
      ]);
    }
    expect(of(BY_NUMBER)).to.deep.equal([
      ...looks("ec2:DescribeLaunchTemplateVersions"),
      onRefreshes(sid, "Cancel", "Rollback"),
      ofTemplates("ec2:DeleteLaunchTemplateVersions"),
      ...start,
    ]);
  });

  it("of prepare may make what names the image, and not change the group", () => {
    expect(prepareStatements({ ...SCOPE, launch: CONFIGURATION })).to.deep.equal(
      rollOutStatements({ ...SCOPE, launch: CONFIGURATION }).filter(
        ({ Sid }) => !["LaunchConfigurationOfTheGroup", "WriteDownWhatWasRolledOut"].includes(Sid),
      ),
    );
    for (const launch of [BY_NUMBER, BY_DEFAULT, BY_LATEST]) {
      const looks = rollOutStatements({ ...SCOPE, launch }).filter(({ Sid }) => Sid.startsWith("Look"));
      expect(prepareStatements({ ...SCOPE, launch })).to.deep.equal([
        ...looks.filter(({ Sid }) => ["Look", "LookAtRuns", "LookAtTheKeys"].includes(Sid)),
        ofTemplates("ec2:CreateLaunchTemplateVersion", "ec2:DeleteLaunchTemplateVersions"),
      ]);
    }
  });

  it("of refresh may replace the instances of this group and change what it launches, and make nothing", () => {
    const of = (launch: LaunchFacts) => refreshStatements({ ...SCOPE, launch }, ENTRIES);
    const looks = [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeInstanceRefreshes",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
    ];
    const sid = "InstanceRefreshesOfTheGroup";
    expect(of(CONFIGURATION)).to.deep.equal([
      look(...looks),
      RUNS,
      onRefreshes(sid, "Cancel", "Start"),
      ...asWithout(CONFIGURATION, "LaunchConfigurationOfTheGroup", "WriteDownWhatWasRolledOut"),
    ]);
    expect(of(BY_DEFAULT)).to.deep.equal([
      look(...looks, "ec2:DescribeLaunchTemplateVersions"),
      RUNS,
      onRefreshes(sid, "Cancel", "Start"),
      ofTemplates("ec2:DeleteLaunchTemplateVersions"),
      ...asWithout(BY_DEFAULT, "DefaultVersionOfTheTemplates", "WriteDownWhatWasRolledOut"),
    ]);
    expect(of(BY_NUMBER)).to.deep.equal([
      look(...looks),
      RUNS,
      onRefreshes(sid, "Cancel", "Rollback", "Start"),
      ofTemplates("ec2:DeleteLaunchTemplateVersions", "ec2:RunInstances"),
      ...asWithout(
        BY_NUMBER,
        "LaunchTemplatesOfTheGroup",
        "LaunchFromTheTemplates",
        "LaunchWithWhatTheTemplatesName",
        "TagWhatIsLaunched",
        "PassRoleOfTheInstanceProfile",
        "WriteDownWhatWasRolledOut",
      ),
    ]);
    expect(of(MIXED).flatMap(({ Action }) => Action)).to.not.include("autoscaling:RollbackInstanceRefresh");
  });

  it("looks at alarms only where some watch over the refresh", () => {
    const entries = [...ENTRIES, "Alarms=errors"];
    for (const launch of [CONFIGURATION, BY_NUMBER, BY_DEFAULT, BY_LATEST]) {
      const scope = { ...SCOPE, launch };
      expect(refreshStatements(scope, entries)).to.deep.include(ALARMS);
      expect(rollOutWithRefreshStatements(scope, entries, STARTED)).to.deep.include(ALARMS);
      expect(refreshStatements(scope, ENTRIES)).to.not.deep.include(ALARMS);
      expect(rollOutWithRefreshStatements(scope, ENTRIES, STARTED)).to.not.deep.include(ALARMS);
    }
  });

  it("fits what IAM takes, with as many templates as a group may use, and nothing looked up", () => {
    const ids = Array.from({ length: 20 }, (_, index) => `lt-${String(index).padStart(17, "0")}`);
    const launch = assumeLaunch(ids, ["arn:aws:iam::123456789012:role/web"], TOKYO);
    const scope = { ...SCOPE, launch };
    for (const statements of [
      refreshStatements(scope, ["Alarms=a"]),
      prepareStatements(scope),
      rollOutWithRefreshStatements(scope, ["Alarms=a"], STARTED),
    ]) {
      expect(writePolicy("x", "x", statements).length).to.be.at.most(POLICY_MAX);
    }
  });
});
