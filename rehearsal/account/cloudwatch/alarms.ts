import type { Place } from "../api";
import type { Clock } from "../clock";
import type { CloudWatch } from "../cloudwatch";
import type { Sns } from "../sns";
import type { Sqs } from "../sqs";
import type { Alarm, AlarmState, MetricId } from "./alarm";

interface State {
  place: Place;
  clock: Clock;
  cloudwatch: CloudWatch;
  sns: Sns;
  sqs: Sqs;
}

/** Looks at every alarm as it is now, and has those that change their state tell of it. */
export function evaluateAlarms(account: State): void {
  for (const alarm of account.cloudwatch.alarms) {
    const next = nextState(account, alarm);
    if (next !== alarm.state) {
      const isFirst = !alarm.hasBeenOk && (next === "OK" || alarm.missing === "breaching");
      alarm.state = next;
      alarm.hasBeenOk ||= next === "OK";
      tell(account, alarm, isFirst);
    }
  }
}

function tell({ place, clock, sns }: State, alarm: Alarm, isFirst: boolean): void {
  const { name, arn, description, state, actionsEnabled } = alarm;
  const actions = { OK: alarm.okActions, ALARM: alarm.alarmActions, INSUFFICIENT_DATA: [] }[state];
  for (const topicArn of actionsEnabled ? actions : []) {
    sns.publish(
      { "aws:SourceArn": arn },
      {
        at: clock.now(),
        topicArn,
        by: "cloudwatch.amazonaws.com",
        subject: `${state}: "${name}" in ${place.region}`,
        text: description,
        isFirst,
      },
    );
  }
}

/** As CloudWatch decides where every period has to breach: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html */
function nextState(account: State, alarm: Alarm): AlarmState {
  const breaches = Array.from({ length: alarm.periods }, (_, period) => breachesIn(account, alarm, period));
  if (breaches.every((one) => one === undefined)) {
    return { ignore: alarm.state, breaching: "ALARM", notBreaching: "OK", missing: "INSUFFICIENT_DATA" }[
      alarm.missing
    ] as AlarmState;
  }
  const filled = breaches.map((one) => one ?? alarm.missing === "breaching");
  return filled.every(Boolean) ? "ALARM" : "OK";
}

/** Whether a period breaches; undefined where it has no data. Period 0 ends now. */
function breachesIn(account: State, alarm: Alarm, period: number): boolean | undefined {
  const end = account.clock.now().getTime() - period * alarm.periodSeconds * 1000;
  const values = valuesOf(account, alarm.metric, end - alarm.periodSeconds * 1000, end);
  if (values.length === 0) {
    return undefined;
  }
  const value = {
    Maximum: Math.max(...values),
    Sum: values.reduce((sum, one) => sum + one, 0),
    SampleCount: values.length,
  }[alarm.statistic];
  return alarm.comparison === "GreaterThanThreshold" ? value > alarm.threshold : value < alarm.threshold;
}

/** A queue tells its length all the time; anything else is what was put. */
function valuesOf(account: State, metric: MetricId, from: number, to: number): number[] {
  if (metric.namespace !== "AWS/SQS") {
    return account.cloudwatch.values(metric, from, to);
  }
  const visible = account.sqs.visible(metric.dimensions.QueueName, account.clock.now());
  return visible === undefined ? [] : [visible];
}
