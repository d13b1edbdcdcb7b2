import { expect } from "chai";
import type { PolicyDocument, Statement } from "../../../rehearsal/account/policy";
import type { ConditionBlock, Context } from "../../../rehearsal/account/policyConditions";
import { Sns } from "../../../rehearsal/account/sns";

const ARN = "arn:aws:sns:ap-northeast-1:111122223333:people";
const ALARM = "arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:old";

const lets = (service: string, more: Partial<Statement> = {}): PolicyDocument => ({
  Statement: {
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sns:Publish",
    Resource: ARN,
    ...more,
  },
});

/** Whether somebody receives what a service publishes. */
function isReceived(
  by: string,
  context: Context | undefined,
  policy?: PolicyDocument,
  { kmsKeyId, endpoints = ["a@example.com"] }: { kmsKeyId?: string; endpoints?: string[] } = {},
): boolean {
  const sns = new Sns();
  const subscriptions = endpoints.map((endpoint) => ({ protocol: "email", endpoint }));
  sns.topics.set(ARN, { arn: ARN, policy, kmsKeyId, subscriptions });
  sns.publish(context, { at: new Date(), topicArn: ARN, by, subject: "s", text: "t", isFirst: false });
  return sns.messages.length === 1;
}

const events = (...more: [PolicyDocument?, { kmsKeyId?: string; endpoints?: string[] }?]) =>
  isReceived("events.amazonaws.com", undefined, ...more);
const open = lets("events.amazonaws.com");

describe("a topic", () => {
  it("is open to the services that its policy names", () => {
    expect(events(open)).to.equal(true);
    expect(events()).to.equal(false);
    expect(events(lets("cloudwatch.amazonaws.com"))).to.equal(false);
    expect(events(lets("events.amazonaws.com", { Action: "sns:Subscribe" }))).to.equal(false);
    expect(events(lets("events.amazonaws.com", { Resource: `${ARN}-x` }))).to.equal(false);
  });

  for (const Condition of [
    { ArnEquals: { "aws:SourceArn": "arn:aws:events:ap-northeast-1:111122223333:rule/x" } },
    { StringEquals: { "aws:SourceAccount": "111122223333" } },
    { StringNotEquals: { "aws:SourceAccount": "222222222222" } },
    { StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } },
  ] as ConditionBlock[]) {
    it(`drops every notice of EventBridge's where the statement has ${JSON.stringify(Condition)}`, () => {
      expect(events(lets("events.amazonaws.com", { Condition }))).to.equal(false);
    });
  }

  it("asks CloudWatch for the alarm", () => {
    const policy = (arn: string) =>
      lets("cloudwatch.amazonaws.com", { Condition: { ArnEquals: { "aws:SourceArn": arn } } });
    const context = { "aws:SourceArn": ALARM };
    expect(isReceived("cloudwatch.amazonaws.com", context, policy(ALARM))).to.equal(true);
    expect(isReceived("cloudwatch.amazonaws.com", context, policy(`${ALARM}-x`))).to.equal(false);
  });

  it("is silent with AWS's own key, and not with a customer's", () => {
    for (const kmsKeyId of ["alias/aws/sns", "arn:aws:kms:ap-northeast-1:111122223333:alias/aws/sns"]) {
      expect(events(open, { kmsKeyId })).to.equal(false);
    }
    const key = "arn:aws:kms:ap-northeast-1:111122223333:";
    expect(events(open, { kmsKeyId: `${key}key/11111111-2222-3333-4444-555555555555` })).to.equal(true);
    expect(events(open, { kmsKeyId: `${key}alias/sns` })).to.equal(true);
  });

  it("reaches nobody where nobody is subscribed", () => {
    expect(events(open, { endpoints: [] })).to.equal(false);
  });
});
