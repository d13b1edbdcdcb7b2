import type { Account } from "../../rehearsal/account/account";

/** An alarm of the team that owns the group; it is OK. */
export function addAlarm({ cloudwatch, place: { partition, region, accountId } }: Account): void {
  cloudwatch.alarms.push({
    name: "errors",
    arn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:errors`,
    description: "Too many errors",
    metric: { namespace: "web", name: "errors", dimensions: {} },
    statistic: "Sum",
    comparison: "GreaterThanThreshold",
    threshold: 0,
    periodSeconds: 60,
    periods: 1,
    missing: "ignore",
    actionsEnabled: false,
    alarmActions: [],
    okActions: [],
    state: "OK",
    hasBeenOk: true,
  });
}
