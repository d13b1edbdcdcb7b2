import { evaluateResourcePolicy, type PolicyDocument } from "./policy";
import type { Context } from "./policyConditions";

export interface Topic {
  arn: string;
  policy?: PolicyDocument;
  /** What encrypts it: an alias, or an ARN. */
  kmsKeyId?: string;
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
  publish(context: Context | undefined, message: Message): void {
    const topic = this.topics.get(message.topicArn);
    if (topic === undefined || reachesSomebody(topic, context, message)) {
      this.messages.push(message);
    }
  }
}

function reachesSomebody(
  { policy, kmsKeyId = "", subscriptions }: Topic,
  context: Context | undefined,
  { by: service, topicArn: resource }: Message,
): boolean {
  const request = { service, action: "sns:Publish", resource, context };
  return (
    policy !== undefined &&
    evaluateResourcePolicy(policy, request) &&
    // The key policy of AWS's own key lets neither service use it; that of a customer's key is taken as one that does.
    !/(^|:)alias\/aws\//.test(kmsKeyId) &&
    subscriptions.length > 0
  );
}
