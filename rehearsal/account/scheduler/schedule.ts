/** A schedule of EventBridge Scheduler, in its own shape. */
export interface Schedule {
  Arn: string;
  GroupName: string;
  Name: string;
  Description?: string;
  ScheduleExpression: string;
  ScheduleExpressionTimezone: string;
  State: "ENABLED" | "DISABLED";
  FlexibleTimeWindow: { Mode: "OFF" | "FLEXIBLE"; MaximumWindowInMinutes?: number };
  Target: ScheduleTarget;
}

export interface ScheduleTarget {
  Arn: string;
  RoleArn: string;
  Input?: string;
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  DeadLetterConfig?: { Arn?: string };
}

/** Schedules, by `GROUP/NAME`. */
export class Scheduler {
  readonly schedules = new Map<string, Schedule>();

  put(schedule: Schedule): void {
    this.schedules.set(`${schedule.GroupName}/${schedule.Name}`, schedule);
  }
}
