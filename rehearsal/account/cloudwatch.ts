import type { Alarm, MetricId } from "./cloudwatch/alarm";

interface Datapoint {
  at: number;
  value: number;
}

/** An alarm looks back for seven days at the most, and further periods. */
const KEPT_MILLISECONDS = 10 * 24 * 60 * 60 * 1000;

/** CloudWatch's state: the datapoints of metrics, and alarms. */
export class CloudWatch {
  readonly alarms: Alarm[] = [];
  private readonly data = new Map<string, Datapoint[]>();

  put(metric: MetricId, at: Date, value: number): void {
    const data = this.data.get(key(metric)) ?? [];
    const since = at.getTime() - KEPT_MILLISECONDS;
    this.data.set(key(metric), [...data.filter((one) => one.at >= since), { at: at.getTime(), value }]);
  }

  /** The values that were put after `from` and not after `to`. */
  values(metric: MetricId, from: number, to: number): number[] {
    return (this.data.get(key(metric)) ?? [])
      .filter(({ at }) => at > from && at <= to)
      .map(({ value }) => value);
  }
}

function key({ namespace, name, dimensions }: MetricId): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}
