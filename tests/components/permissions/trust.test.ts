import { expect } from "chai";
import {
  automationDefinitionArn,
  automationTrust,
  eventsPolicy,
  eventsTrust,
} from "../../components/policies";
import { BEIJING, TOKYO } from "../mocks";

describe("policies", () => {
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
});
