import type { Place } from "../api";
import type { Ids } from "../ids";
import { executionArn, ssmArn } from "../ssm/arns";
import type { AutomationExecution } from "../ssm/execution";
import type { BusEvent } from "./busEvent";

/**
 * What Systems Manager puts on the event bus when an execution has ended.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
 */
export function statusEvent(place: Place, ids: Ids, execution: AutomationExecution, at: Date): BusEvent {
  const { AutomationExecutionId: id, DocumentName: name, DocumentVersion: version } = execution;
  return {
    version: "0",
    id: ids.uuid(),
    "detail-type": "EC2 Automation Execution Status-change Notification",
    source: "aws.ssm",
    account: place.accountId,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region: place.region,
    resources: [executionArn(place, id), ssmArn(place, `automation-definition/${name}:${version}`)],
    detail: {
      ExecutionId: id,
      Definition: name,
      DefinitionVersion: Number(version),
      Status: execution.AutomationExecutionStatus,
      EndTime: spokenTime(at),
      StartTime: spokenTime(execution.ExecutionStartTime),
      Time: Math.floor(at.getTime() / 1000),
      ExecutedBy: execution.ExecutedBy,
    },
  };
}

/** `Nov 29, 2024 7:00:20 PM` */
function spokenTime(time: Date): string {
  const date = time.toLocaleDateString("en-US", {
    timeZone: "UTC",
    month: "short",
    day: "numeric",
    year: "numeric",
  });
  const hours = time.toLocaleTimeString("en-US", { timeZone: "UTC" }).replace(/\s/g, " ");
  return `${date} ${hours}`;
}
