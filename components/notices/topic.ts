import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "../inputs/checkInputs";
import { AmiRefreshNotifications } from "../amiRefreshArgs";
import { topicPolicy } from "../permissions/notices";

/** Where notices go. */
export interface Topic {
  readonly arn: pulumi.Output<string>;
  /** What the component made; nothing where the topic is the user's own. */
  readonly made: sns.Topic | undefined;
}

/** The user's own topic, or one with a subscription for each address; nothing where nobody is to be told. */
export function createTopic(
  name: string,
  inputs: CheckedInputs,
  given: AmiRefreshNotifications | undefined,
  opts: pulumi.CustomResourceOptions,
): Topic | undefined {
  const { notifications, names, tags } = inputs;
  if (notifications === undefined) {
    return undefined;
  }
  if ("topicArn" in notifications) {
    return { arn: notifications.topicArn, made: undefined };
  }
  const topic = new sns.Topic(
    `${name}-topic`,
    { name: names.topic, kmsMasterKeyId: notifications.kmsKeyArn, tags },
    opts,
  );
  notifications.emails.forEach((endpoint, index) => {
    // By the address itself, so that one that is taken out of the list leaves the others as they are: each was confirmed.
    const address = given?.emails?.[index];
    new sns.TopicSubscription(
      `${name}-email-${typeof address === "string" ? address : index + 1}`,
      { topic: topic.arn, protocol: "email", endpoint },
      opts,
    );
  });
  return { arn: topic.arn, made: topic };
}

/** Lets EventBridge and the alarms publish. */
export function letServicesPublish(
  name: string,
  { topic, alarmArns }: { topic: sns.Topic; alarmArns: pulumi.Output<string[]> },
  opts: pulumi.CustomResourceOptions,
): void {
  const policy = pulumi
    .all([topic.arn, alarmArns])
    .apply(([topicArn, alarmArns]) => topicPolicy(topicArn, alarmArns));
  new sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy: pulumi.jsonStringify(policy) }, opts);
}
