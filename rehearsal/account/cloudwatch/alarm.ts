/** What tells one metric from another. */
export interface MetricId {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface Alarm {
  name: string;
  arn: string;
  description: string;
  metric: MetricId;
  statistic: "Maximum" | "Sum" | "SampleCount";
  comparison: "GreaterThanThreshold" | "LessThanThreshold";
  threshold: number;
  periodSeconds: number;
  periods: number;
  missing: "ignore" | "breaching" | "notBreaching" | "missing";
  actionsEnabled: boolean;
  alarmActions: string[];
  okActions: string[];
  state: AlarmState;
  /** Whether it has ever been OK: until then it finds its state after the deployment. */
  hasBeenOk: boolean;
}
