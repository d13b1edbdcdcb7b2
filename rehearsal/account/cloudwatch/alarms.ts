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

/**
 * CloudWatch looks at so many periods more than an alarm asks for, and takes what is there for what is missing. How many
 * more is not documented in general; AWS's example for three periods looks at five.
 */
const FURTHER_PERIODS = 2;

/**
 * As CloudWatch decides where every period has to breach. What is there counts first, the newest of it; only where that is
 * not enough does it matter how missing data is treated. A period is none of the calendar: the window slides.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
function nextState(account: State, alarm: Alarm): AlarmState {
  const periods = Array.from({ length: alarm.periods + FURTHER_PERIODS }, (_, period) => period);
  const there = periods
    .map((period) => breachesIn(account, alarm, period))
    .filter((one) => one !== undefined)
    .slice(0, alarm.periods);
  if (there.includes(false)) {
    return "OK";
  }
  return there.length === alarm.periods ? "ALARM" : stateWithout(alarm, there.length === 0);
}

/** The state where nothing is there that does not breach, and too little that does. */
function stateWithout({ missing, state }: Alarm, isEmpty: boolean): AlarmState {
  switch (missing) {
    case "ignore":
      return state;
    case "breaching":
      return "ALARM";
    case "notBreaching":
      return "OK";
    case "missing":
      return isEmpty ? "INSUFFICIENT_DATA" : "ALARM";
  }
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
