import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "../inputs/checkInputs";
import { longestGapHours } from "../inputs/cron/longestGap";
import { Named, childName } from "../inputs/physicalNames";
import { longestRunHours } from "../longest";
import { Topic } from "./topic";
import { DAY_SECONDS, METRICS_DIMENSION, METRICS_NAMESPACE, WatchMetric } from "./metrics";
import { StartMetrics } from "./startMetrics";

/** More hours than anything lasts: nothing reaches this while the schedule is off. */
const NEVER_HOURS = 1e9;

export interface AlarmsArgs {
  /** The component's name. */
  readonly name: string;
  readonly inputs: CheckedInputs;
  readonly topic: Topic | undefined;
}

type Settings = Omit<cloudwatch.MetricAlarmArgs, "alarmActions" | "okActions" | "tags" | "name">;

/** The alarms on starts that were refused. */
export function alarmOnDeadLetters(
  args: AlarmsArgs,
  queueName: pulumi.Output<string>,
  starts: pulumi.Output<StartMetrics>,
  opts: pulumi.CustomResourceOptions,
): cloudwatch.MetricAlarm[] {
  const { autoScalingGroupName } = args.inputs;
  return [
    createAlarm(
      args,
      "deadLettersAlarm",
      {
        alarmDescription: pulumi.interpolate`Auto Scaling group ${autoScalingGroupName}: EventBridge could not start an ami-refresh runbook, and the start is in queue ${queueName}. Look first at the ERROR_CODE among the message's attributes; mend the cause, start the runbook, and purge the queue.`,
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        period: 300,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
      },
      opts,
    ),
    createAlarm(
      args,
      "lostDeadLettersAlarm",
      {
        alarmDescription: pulumi.interpolate`Auto Scaling group ${autoScalingGroupName}: EventBridge could neither start an ami-refresh runbook nor put the start into queue ${queueName}. Look first at ${starts.lookAt}; then start the runbook.`,
        namespace: starts.namespace,
        metricName: starts.lost,
        dimensions: starts.dimension.apply(([name, value]) => ({ [name]: value })),
        statistic: "Sum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        period: 300,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
      },
      opts,
    ),
  ];
}

/** The alarms on what the runbook watch measures, and on its silence. */
export function alarmOnWatch(args: AlarmsArgs, opts: pulumi.CustomResourceOptions): cloudwatch.MetricAlarm[] {
  const { inputs } = args;
  const { autoScalingGroupName, enabled, maxImageAgeDays } = inputs;
  const switchedOn = inputs.timeZone === undefined ? "the schedule's rule" : "schedule create-image";
  const missing = createAlarm(
    args,
    "missingSuccessAlarm",
    {
      alarmDescription: pulumi.interpolate`Auto Scaling group ${autoScalingGroupName}: no image was made and rolled out for longer than the schedule's longest gap and the longest run. Look first whether ${switchedOn} is enabled, then at the last runs of create-image. Silent while the component's argument enabled is false.`,
      ...watched(inputs, "HoursSinceSuccess"),
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: longestWithoutSuccess(inputs),
      evaluationPeriods: 1,
      treatMissingData: "ignore",
      // Switched on again, it changes its state, and so it speaks.
      actionsEnabled: enabled,
    },
    opts,
  );
  const silent = createAlarm(
    args,
    "silentWatchAlarm",
    {
      alarmDescription: pulumi.interpolate`Auto Scaling group ${autoScalingGroupName}: the runbook watch has measured nothing for two days or more, so that nothing would say when refreshes stop. Look first at its last run. After the deployment this alarm is in ALARM until the first run of watch, within a day: that shows that its messages arrive.`,
      ...watched(inputs, "HoursSinceSuccess"),
      statistic: "SampleCount",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
    },
    opts,
  );
  if (maxImageAgeDays === undefined) {
    return [missing, silent];
  }
  const age = createAlarm(
    args,
    "imageAgeAlarm",
    {
      alarmDescription: pulumi.interpolate`Auto Scaling group ${autoScalingGroupName}: the image that it launches is older than ${maxImageAgeDays} days. Look first whether somebody rolled back, then at the last runs of create-image and of roll-out.`,
      ...watched(inputs, "ImageAgeDays"),
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: maxImageAgeDays,
      evaluationPeriods: 1,
      treatMissingData: "ignore",
    },
    opts,
  );
  return [missing, silent, age];
}

/** In hours: between two starts, and then until the run has ended. */
function longestWithoutSuccess({
  cron,
  timeZone,
  flexibleWindowMinutes,
  enabled,
  instanceRefresh,
  patch,
}: CheckedInputs): pulumi.Output<number> {
  return pulumi
    .all([cron, enabled, instanceRefresh?.timeout, patch?.timeout, flexibleWindowMinutes])
    .apply(([cron, enabled, refresh, command, window = 0]) =>
      enabled
        ? Math.ceil(longestGapHours(cron, timeZone) + window / 60) + longestRunHours(refresh, command)
        : NEVER_HOURS,
    );
}

/** A metric of the watch, a day at a time. */
function watched({ autoScalingGroupName }: CheckedInputs, metricName: WatchMetric) {
  return {
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensions: { [METRICS_DIMENSION]: autoScalingGroupName },
    period: DAY_SECONDS,
  };
}

/** Alarms speak when something is wrong, and when it is good again. */
function createAlarm(
  { name, inputs, topic }: AlarmsArgs,
  named: Named,
  settings: Settings,
  opts: pulumi.CustomResourceOptions,
): cloudwatch.MetricAlarm {
  const actions = topic === undefined ? {} : { alarmActions: [topic.arn], okActions: [topic.arn] };
  return new cloudwatch.MetricAlarm(
    childName(name, named),
    { name: inputs.names[named], ...settings, ...actions, tags: inputs.tags },
    opts,
  );
}
