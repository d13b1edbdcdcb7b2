import { expect } from "chai";
import { automationDefinitionArn } from "../../../components/permissions/arns";
import { startStatements } from "../../../components/permissions/start";
import { trustAutomation, trustRule } from "../../../components/permissions/trust";
import { BEIJING, TOKYO } from "../../mocks";

describe("who starts and who uses the roles:", () => {
  it("the events role may do exactly this", () => {
    const started = [
      { documentName: "Refresh", roleArn: "arn:aws:iam::123456789012:role/automation" },
      { documentName: "Retire", roleArn: "arn:aws:iam::123456789012:role/retire" },
    ];
    expect(startStatements(TOKYO, started)).to.deep.equal([
      {
        Sid: "StartTheRunbooks",
        Effect: "Allow",
        Action: "ssm:StartAutomationExecution",
        Resource: [
          "arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/Refresh:*",
          "arn:aws:ssm:ap-northeast-1:123456789012:document/Refresh",
          "arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/Retire:*",
          "arn:aws:ssm:ap-northeast-1:123456789012:document/Retire",
          "arn:aws:ssm:ap-northeast-1:123456789012:automation-execution/*",
        ],
      },
      {
        Sid: "PassTheirRoles",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: ["arn:aws:iam::123456789012:role/automation", "arn:aws:iam::123456789012:role/retire"],
        Condition: { StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com"] } },
      },
    ]);
    const china = startStatements(BEIJING, started);
    expect(china[1].Condition).to.deep.equal({
      StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com", "ssm.amazonaws.com.cn"] },
    });
  });

  it("only Automation and only this rule use the roles", () => {
    expect(trustAutomation(BEIJING)).to.deep.equal({
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
    expect(trustRule("123456789012", rule)).to.deep.equal({
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

  it("the target names the document as an automation definition in its default version", () => {
    expect(automationDefinitionArn(BEIJING, "Refresh")).to.equal(
      "arn:aws-cn:ssm:cn-north-1:210987654321:automation-definition/Refresh:$DEFAULT",
    );
  });
});
