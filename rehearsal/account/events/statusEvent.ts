import type { Place } from "../api";
import { executionArn } from "../ssm/arns";
import type { AutomationExecution } from "../ssm/execution";
import type { EventValue } from "./pattern";

/**
 * What Automation tells the event bus when a run ends. Source:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
 */
export function statusEvent(place: Place, execution: AutomationExecution, now: Date): EventValue {
  const { AutomationExecutionId: id, DocumentName, DocumentVersion, ExecutionStartTime } = execution;
  return {
    source: "aws.ssm",
    "detail-type": "EC2 Automation Execution Status-change Notification",
    account: place.accountId,
    region: place.region,
    time: now.toISOString().replace(/\.\d+Z$/, "Z"),
    resource: executionArn(place, id),
    detail: {
      ExecutionId: id,
      Definition: DocumentName,
      DefinitionVersion: DocumentVersion,
      Status: execution.AutomationExecutionStatus,
      StartTime: ExecutionStartTime.toISOString(),
      EndTime: now.toISOString(),
      ExecutedBy: execution.ExecutedBy,
    },
  };
}
