import { type CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { look } from "../look";

/** An alarm, as CloudWatch has it. */
export interface Alarm {
  readonly name: string;
  /** OK, ALARM or INSUFFICIENT_DATA; nothing where it does not exist. */
  readonly state?: string;
  /** Since when. */
  readonly since?: string;
  /** What the alarm means and what to do first, as it was deployed. */
  readonly description?: string;
}

/** One for each name, in the order of the names. CloudWatch takes a hundred in one call. */
export async function readAlarms(cloudWatch: CloudWatchClient, names: readonly string[]): Promise<Alarm[]> {
  const question = { what: `Alarm ${names.join(", ")}`, permission: "cloudwatch:DescribeAlarms" };
  const found = new Map<string, Alarm>();
  for (let start = 0; start < names.length; start += 100) {
    const input = { AlarmNames: names.slice(start, start + 100), MaxRecords: 100 };
    const answer = await look(question, () => cloudWatch.send(new DescribeAlarmsCommand(input)));
    for (const one of answer.MetricAlarms ?? [])
      found.set(one.AlarmName ?? "", {
        name: one.AlarmName ?? "",
        state: one.StateValue,
        since: one.StateUpdatedTimestamp?.toISOString(),
        description: one.AlarmDescription,
      });
  }
  return names.map((name) => found.get(name) ?? { name });
}
