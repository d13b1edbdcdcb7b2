import type { AccountState } from "../account/state";
import { readPattern } from "../account/events/pattern";
import { readTransformer, type Transformer } from "../account/events/transformer";
import type { PolicyDocument } from "../account/policy";
import type { Topic } from "../account/sns";
import { NotModelled, RehearsalError } from "../errors";
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

/** How long SQS keeps a message where nobody says how long. */
const FOUR_DAYS = 4 * 24 * 60 * 60;

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
      retentionSeconds: inputs.number("messageRetentionSeconds", FOUR_DAYS),
      policy: policies.find((policy) => policy.text("queueUrl") === url)?.json("policy") as
        PolicyDocument | undefined,
    });
  }
}

function addTopics({ sns }: AccountState, registered: Registered[]): void {
  for (const topic of ofType(registered, "aws:sns/topic:Topic")) {
    const inputs = new Properties(topic, "name kmsMasterKeyId tags");
    sns.topics.set(inputs.text("arn"), {
      arn: inputs.text("arn"),
      kmsKeyId: inputs.optionalText("kmsMasterKeyId"),
      subscriptions: [],
    });
  }
  for (const policy of ofType(registered, "aws:sns/topicPolicy:TopicPolicy")) {
    const inputs = new Properties(policy, "arn policy");
    registeredTopic(sns, policy, inputs.text("arn")).policy = inputs.json("policy") as PolicyDocument;
  }
  for (const subscription of ofType(registered, "aws:sns/topicSubscription:TopicSubscription")) {
    const inputs = new Properties(subscription, "topic protocol endpoint");
    const one = { protocol: inputs.oneOf("protocol", ["email"]), endpoint: inputs.text("endpoint") };
    registeredTopic(sns, subscription, inputs.text("topic")).subscriptions.push(one);
  }
}

function registeredTopic({ topics }: AccountState["sns"], { name }: Registered, arn: string): Topic {
  const topic = topics.get(arn);
  if (topic === undefined) {
    throw new RehearsalError(`${name} is about topic ${arn}, which the program does not register.`);
  }
  return topic;
}

const ALARM =
  "name alarmDescription namespace metricName dimensions statistic comparisonOperator threshold period evaluationPeriods " +
  "treatMissingData actionsEnabled alarmActions okActions tags";

function addAlarms({ cloudwatch }: AccountState, registered: Registered[]): void {
  for (const alarm of ofType(registered, "aws:cloudwatch/metricAlarm:MetricAlarm")) {
    const inputs = new Properties(alarm, ALARM);
    cloudwatch.alarms.push({
      name: inputs.text("name"),
      arn: inputs.text("arn"),
      description: inputs.text("alarmDescription"),
      metric: {
        namespace: inputs.text("namespace"),
        name: inputs.text("metricName"),
        dimensions: inputs.textMap("dimensions"),
      },
      statistic: inputs.oneOf("statistic", ["Maximum", "Sum", "SampleCount"]),
      comparison: inputs.oneOf("comparisonOperator", ["GreaterThanThreshold", "LessThanThreshold"]),
      threshold: inputs.number("threshold"),
      periodSeconds: inputs.number("period"),
      periods: inputs.number("evaluationPeriods"),
      missing: inputs.oneOf(
        "treatMissingData",
        ["ignore", "breaching", "notBreaching", "missing"],
        "missing",
      ),
      actionsEnabled: inputs.boolean("actionsEnabled", true),
      alarmActions: inputs.texts("alarmActions"),
      okActions: inputs.texts("okActions"),
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
      pattern: readPattern(inputs.json("eventPattern"), name),
      targets,
    });
  }
}

function topicTarget(target: Registered): { topicArn: string; transformer?: Transformer } {
  const inputs = new Properties(target, "rule targetId inputTransformer");
  const [topicArn, rule] = [inputs.text("arn"), inputs.text("rule")];
  if (!/^arn:[^:]+:sns:/.test(topicArn)) {
    throw new NotModelled(
      `The rehearsal does not model the target ${topicArn} of a rule on events, only topics.`,
    );
  }
  const transformer = inputs.inside("inputTransformer", "inputPaths inputTemplate");
  return {
    topicArn,
    transformer:
      transformer &&
      readTransformer(transformer.textMap("inputPaths"), transformer.text("inputTemplate"), rule),
  };
}
