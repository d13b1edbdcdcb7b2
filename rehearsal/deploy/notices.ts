import type { AccountState } from "../account/state";
import type { Pattern } from "../account/events/pattern";
import type { InputTransformer } from "../account/events/transformer";
import type { PolicyDocument } from "../account/policy";
import { NotModelled } from "../errors";
import type { Registered } from "./program";
import { ofType, Properties } from "./properties";

/** Puts queues, topics, alarms and rules on events into the account. */
export function provisionNotices(account: AccountState, registered: Registered[]): void {
  addQueues(account, registered);
  addTopics(account, registered);
  addAlarms(account, registered);
  addFailureRules(account, registered);
  for (const dashboard of ofType(registered, "aws:cloudwatch/dashboard:Dashboard")) {
    new Properties(dashboard, "dashboardName dashboardBody").json("dashboardBody");
  }
}

function addQueues({ sqs }: AccountState, registered: Registered[]): void {
  const policies = ofType(registered, "aws:sqs/queuePolicy:QueuePolicy").map(
    (policy) => new Properties(policy, "queueUrl policy"),
  );
  for (const queue of ofType(registered, "aws:sqs/queue:Queue")) {
    const inputs = new Properties(queue, "name messageRetentionSeconds sqsManagedSseEnabled tags");
    const url = inputs.text("url");
    sqs.addQueue({
      name: inputs.text("name"),
      arn: inputs.text("arn"),
      retentionSeconds: Number(queue.inputs.messageRetentionSeconds),
      policy: policies.find((policy) => policy.text("queueUrl") === url)?.json("policy") as
        PolicyDocument | undefined,
    });
  }
}

function addTopics({ sns }: AccountState, registered: Registered[]): void {
  for (const topic of ofType(registered, "aws:sns/topic:Topic")) {
    const inputs = new Properties(topic, "name kmsMasterKeyId tags");
    sns.topics.set(inputs.text("arn"), { arn: inputs.text("arn"), subscriptions: [] });
  }
  for (const policy of ofType(registered, "aws:sns/topicPolicy:TopicPolicy")) {
    const inputs = new Properties(policy, "arn policy");
    const topic = sns.topics.get(inputs.text("arn"));
    if (topic !== undefined) {
      topic.policy = inputs.json("policy") as PolicyDocument;
    }
  }
  for (const subscription of ofType(registered, "aws:sns/topicSubscription:TopicSubscription")) {
    const inputs = new Properties(subscription, "topic protocol endpoint");
    const one = { protocol: inputs.oneOf("protocol", ["email"]), endpoint: inputs.text("endpoint") };
    sns.topics.get(inputs.text("topic"))?.subscriptions.push(one);
  }
}

const ALARM =
  "name alarmDescription namespace metricName dimensions statistic comparisonOperator threshold period evaluationPeriods " +
  "treatMissingData actionsEnabled alarmActions okActions tags";

function addAlarms({ cloudwatch }: AccountState, registered: Registered[]): void {
  for (const alarm of ofType(registered, "aws:cloudwatch/metricAlarm:MetricAlarm")) {
    const inputs = new Properties(alarm, ALARM);
    const given = alarm.inputs;
    cloudwatch.alarms.push({
      name: inputs.text("name"),
      arn: inputs.text("arn"),
      description: inputs.text("alarmDescription"),
      metric: {
        namespace: inputs.text("namespace"),
        name: inputs.text("metricName"),
        dimensions: given.dimensions as Record<string, string>,
      },
      statistic: inputs.oneOf("statistic", ["Maximum", "Sum", "SampleCount"]),
      comparison: inputs.oneOf("comparisonOperator", ["GreaterThanThreshold", "LessThanThreshold"]),
      threshold: Number(given.threshold),
      periodSeconds: Number(given.period),
      periods: Number(given.evaluationPeriods),
      missing: inputs.oneOf("treatMissingData", ["ignore", "breaching", "notBreaching", "missing"]),
      actionsEnabled: given.actionsEnabled !== false,
      alarmActions: (given.alarmActions ?? []) as string[],
      okActions: (given.okActions ?? []) as string[],
      state: "INSUFFICIENT_DATA",
      hasBeenOk: false,
    });
  }
}

/** Rules on events, whose targets are topics and have no role: a topic's own policy lets EventBridge publish. */
function addFailureRules({ eventBus }: AccountState, registered: Registered[]): void {
  for (const rule of ofType(registered, "aws:cloudwatch/eventRule:EventRule")) {
    if (rule.inputs.eventPattern === undefined) {
      continue;
    }
    const inputs = new Properties(rule, "name description eventPattern tags");
    const name = inputs.text("name");
    const targets = ofType(registered, "aws:cloudwatch/eventTarget:EventTarget")
      .filter((target) => target.inputs.rule === name)
      .map((target) => topicTarget(target));
    eventBus.rules.push({
      name,
      arn: inputs.text("arn"),
      pattern: inputs.json("eventPattern") as Pattern,
      targets,
    });
  }
}

function topicTarget(target: Registered): { topicArn: string; transformer: InputTransformer } {
  const inputs = new Properties(target, "rule targetId inputTransformer");
  const topicArn = inputs.text("arn");
  if (!/^arn:[^:]+:sns:/.test(topicArn)) {
    throw new NotModelled(
      `The rehearsal does not model the target ${topicArn} of a rule on events, only topics.`,
    );
  }
  const transformer = target.inputs.inputTransformer as InputTransformer;
  return { topicArn, transformer };
}
