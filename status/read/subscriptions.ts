import { paginateListSubscriptionsByTopic, type SNSClient, type Subscription } from "@aws-sdk/client-sns";
import { lookFor } from "../look";

/** Who hears what is sent to the topic. */
export interface Subscriptions {
  /** How many hear it. */
  readonly confirmed: number;
  /** The addresses that have not confirmed yet that they want to. */
  readonly pending: readonly string[];
}

/** Nothing where the topic does not exist. */
export function readSubscriptions(sns: SNSClient, topicArn: string): Promise<Subscriptions | undefined> {
  const question = { what: `Topic ${topicArn}`, permission: "sns:ListSubscriptionsByTopic" };
  return lookFor(question, /^NotFound(Exception)?$/, async () => {
    const listed: Subscription[] = [];
    for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topicArn }))
      listed.push(...(page.Subscriptions ?? []));
    return {
      confirmed: listed.filter((one) => one.SubscriptionArn?.startsWith("arn:")).length,
      pending: listed
        .filter((one) => one.SubscriptionArn === "PendingConfirmation")
        .map((one) => one.Endpoint ?? "an address without a name"),
    };
  });
}
