import { evaluateResourcePolicy, type PolicyDocument } from "./policy";
import type { Context } from "./policyConditions";

export interface Topic {
  arn: string;
  policy?: PolicyDocument;
  subscriptions: { protocol: string; endpoint: string }[];
}

/** What subscribers of a topic received. */
export interface Message {
  at: Date;
  topicArn: string;
  /** The service that published it. */
  by: string;
  subject: string;
  text: string;
  /** Whether it only says that an alarm found its first state after the deployment. */
  isFirst: boolean;
}

/** SNS's state: topics by ARN, and every message that was let through. */
export class Sns {
  readonly topics = new Map<string, Topic>();
  readonly messages: Message[] = [];

  /** A topic that the program did not make is the user's own, and lets both services publish. */
  publish(context: Context, message: Message): void {
    const topic = this.topics.get(message.topicArn);
    const request = {
      service: message.by,
      action: "sns:Publish",
      resource: message.topicArn,
      context,
    };
    if (
      topic === undefined ||
      (topic.policy !== undefined && evaluateResourcePolicy(topic.policy, request))
    ) {
      this.messages.push(message);
    }
  }
}
