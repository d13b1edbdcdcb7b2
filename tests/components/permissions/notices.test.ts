import { expect } from "chai";
import { queuePolicy } from "../../../components/permissions/notices";

describe("the dead-letter queue", () => {
  it("takes messages of EventBridge alone, and of this rule alone", () => {
    const [queue, rule] = [
      "arn:aws:sqs:eu-west-1:123456789012:q",
      "arn:aws:events:eu-west-1:123456789012:rule/r",
    ];
    expect(queuePolicy(queue, rule)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "StartsOfThisRule",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue,
          Condition: { ArnEquals: { "aws:SourceArn": rule } },
        },
      ],
    });
  });
});
