/** Where CloudWatch counts what a schedule starts. */
export interface StartMetrics {
  readonly namespace: string;
  /** The dimension's name and its value. */
  readonly dimension: readonly [string, string];
  /** The names of the metrics: starts, starts that came to nothing, and those that not even the queue has. */
  readonly started: string;
  readonly failed: string;
  readonly lost: string;
  /** What to look at where the queue has not got them. */
  readonly lookAt: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export function ruleMetrics(ruleName: string): StartMetrics {
  return {
    namespace: "AWS/Events",
    dimension: ["RuleName", ruleName],
    started: "Invocations",
    failed: "FailedInvocations",
    lost: "InvocationsFailedToBeSentToDlq",
    lookAt: `the queue's policy, which has to let rule ${ruleName} send`,
  };
}

/** A schedule group is the only dimension. https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html */
export function scheduleGroupMetrics(groupName: string): StartMetrics {
  return {
    namespace: "AWS/Scheduler",
    dimension: ["ScheduleGroup", groupName],
    started: "InvocationAttemptCount",
    failed: "InvocationDroppedCount",
    lost: "InvocationsFailedToBeSentToDeadLetterCount",
    lookAt: `the role of schedule group ${groupName}, which has to be allowed to send`,
  };
}
