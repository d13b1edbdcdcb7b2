import { evaluateResourcePolicy, type PolicyDocument } from "./policy";
import type { Context } from "./policyConditions";

/** A message of a queue, as far as anybody here looks at it. */
export interface QueueMessage {
  sentAt: Date;
  body: string;
  attributes: Record<string, string>;
}

export interface Queue {
  name: string;
  arn: string;
  retentionSeconds: number;
  policy?: PolicyDocument;
  messages: QueueMessage[];
}

/** SQS's state: queues, by ARN. Only AWS's services send anything. */
export class Sqs {
  readonly queues = new Map<string, Queue>();

  addQueue(queue: Omit<Queue, "messages">): void {
    this.queues.set(queue.arn, { ...queue, messages: [] });
  }

  /** Whether the queue's policy lets the service send. */
  send(arn: string, sender: { service: string; context: Context }, message: QueueMessage): boolean {
    const queue = this.queues.get(arn);
    const request = { ...sender, action: "sqs:SendMessage", resource: arn };
    if (queue?.policy === undefined || !evaluateResourcePolicy(queue.policy, request)) {
      return false;
    }
    queue.messages.push(message);
    return true;
  }

  /** Takes a message of somebody whose own policies let him send it. */
  keep(arn: string, message: QueueMessage): void {
    this.queues.get(arn)?.messages.push(message);
  }

  /** How many messages wait in a queue; what is older than its retention is gone. */
  visible(name: string, now: Date): number | undefined {
    const queue = [...this.queues.values()].find((one) => one.name === name);
    if (queue === undefined) {
      return undefined;
    }
    const oldest = now.getTime() - queue.retentionSeconds * 1000;
    queue.messages = queue.messages.filter(({ sentAt }) => sentAt.getTime() >= oldest);
    return queue.messages.length;
  }
}
