import { expect } from "chai";
import { patchStatements } from "../../../components/permissions/patch";
import { BEIJING } from "../../mocks";
import { SCOPE } from "./scope";

const INSTANCE = "arn:aws:ec2:ap-northeast-1:123456789012:instance/i-0123456789abcdef0";
const BASELINE = "arn:aws:ssm:ap-northeast-1::document/AWS-RunPatchBaseline";

const always = (documentArn: string) => [
  {
    Sid: "Look",
    Effect: "Allow",
    Action: [
      "ec2:DescribeInstances",
      "ssm:DescribeAutomationExecutions",
      "ssm:DescribeInstanceInformation",
      "ssm:GetCommandInvocation",
      "ssm:ListCommandInvocations",
      "ssm:ListCommands",
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
    Sid: "RunTheCommandOnTheGoldenInstance",
    Effect: "Allow",
    Action: "ssm:SendCommand",
    Resource: [documentArn, INSTANCE],
  },
  { Sid: "CancelTheCommand", Effect: "Allow", Action: "ssm:CancelCommand", Resource: "*" },
];

describe("the role of patch may do exactly this", () => {
  it("with a document of AWS's own, which has no account in its ARN", () => {
    expect(patchStatements(SCOPE, "AWS-RunPatchBaseline")).to.deep.equal(always(BASELINE));
  });

  it("also with one whose name begins with Amazon, which nobody else's may", () => {
    expect(patchStatements(SCOPE, "AmazonCloudWatch-ManageAgent")).to.deep.equal(
      always("arn:aws:ssm:ap-northeast-1::document/AmazonCloudWatch-ManageAgent"),
    );
  });

  it("with one of this account's", () => {
    expect(patchStatements(SCOPE, "Patch-Web")).to.deep.equal(
      always("arn:aws:ssm:ap-northeast-1:123456789012:document/Patch-Web"),
    );
  });

  it("with one that another account shares", () => {
    const shared = "arn:aws:ssm:ap-northeast-1:999999999999:document/Patch-Web";
    expect(patchStatements(SCOPE, shared)).to.deep.equal(always(shared));
  });

  const starting = {
    Sid: "StartAndStopTheGoldenInstance",
    Effect: "Allow",
    Action: ["ec2:StartInstances", "ec2:StopInstances"],
    Resource: INSTANCE,
  };

  it("and where it starts a golden instance that is stopped, this too", () => {
    const launch = { ...SCOPE.launch, keyArns: [] };
    expect(patchStatements({ ...SCOPE, launch }, "AWS-RunPatchBaseline", true)).to.deep.equal([
      ...always(BASELINE),
      starting,
    ]);
  });

  it("and where keys encrypt its volumes, this too", () => {
    const keyArns = ["arn:aws:kms:ap-northeast-1:123456789012:key/1"];
    const launch = { ...SCOPE.launch, keyArns };
    expect(patchStatements({ ...SCOPE, launch }, "AWS-RunPatchBaseline", true)).to.deep.equal([
      ...always(BASELINE),
      starting,
      {
        Sid: "LetEc2UseTheKeysOfItsVolumes",
        Effect: "Allow",
        Action: "kms:CreateGrant",
        Resource: keyArns,
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
  });

  it("in another partition, under its name", () => {
    const text = JSON.stringify(patchStatements({ ...SCOPE, ...BEIJING }, "AWS-RunPatchBaseline", true));
    expect(text).to.contain("arn:aws-cn:ssm:cn-north-1::document/AWS-RunPatchBaseline");
    expect(text).to.not.contain("arn:aws:");
  });
});
