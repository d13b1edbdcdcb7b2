import { GetQueueAttributesCommand, type QueueAttributeName, type SQSClient } from "@aws-sdk/client-sqs";
import { lookFor } from "../look";

const COUNTS: QueueAttributeName[] = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
];

/** How many starts EventBridge could not deliver, of the last 14 days; nothing where the queue does not exist. */
export async function countDeadLetters(sqs: SQSClient, queueUrl: string): Promise<number | undefined> {
  const answer = await lookFor(
    { what: `Dead-letter queue ${queueUrl}`, permission: "sqs:GetQueueAttributes" },
    /QueueDoesNotExist|NonExistentQueue/,
    () => sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: COUNTS })),
  );
  if (answer === undefined) return undefined;
  return COUNTS.reduce((sum, name) => sum + Number(answer.Attributes?.[name] ?? 0), 0);
}
