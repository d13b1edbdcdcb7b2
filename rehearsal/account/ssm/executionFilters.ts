import { NotModelled } from "../../errors";
import { AwsError } from "../errors";
import type { AutomationExecution } from "./execution";

export interface ExecutionFilter {
  Key: string;
  Values: string[];
}

export const filterKeys = [
  "DocumentNamePrefix",
  "ExecutionStatus",
  "ExecutionId",
  "ParentExecutionId",
  "CurrentAction",
  "StartTimeBefore",
  "StartTimeAfter",
  "AutomationType",
  "TagKey",
  "TargetResourceGroup",
  "AutomationSubtype",
  "OpsItemId",
] as const;

const statuses = [
  "Pending",
  "InProgress",
  "Waiting",
  "Success",
  "TimedOut",
  "Cancelling",
  "Cancelled",
  "Failed",
  "PendingApproval",
  "Approved",
  "Rejected",
  "Scheduled",
  "RunbookInProgress",
  "PendingChangeCalendarOverride",
  "ChangeCalendarOverrideApproved",
  "ChangeCalendarOverrideRejected",
  "CompletedWithSuccess",
  "CompletedWithFailure",
  "Exited",
];

type Test = (execution: AutomationExecution) => boolean;

/** An execution passes when it passes every filter, and that when one of its values fits. */
export function executionTests(filters: ExecutionFilter[] = []): Test[] {
  return filters.map(readFilter);
}

function readFilter({ Key: key, Values: values }: ExecutionFilter): Test {
  switch (key) {
    case "DocumentNamePrefix":
      return ({ DocumentName: name }) => values.some((prefix) => name.startsWith(prefix));
    case "ExecutionId":
      return ({ AutomationExecutionId: id }) => values.includes(id);
    case "ParentExecutionId":
      return ({ ParentAutomationExecutionId: id }) => id !== undefined && values.includes(id);
    case "CurrentAction":
      return ({ CurrentAction: action }) => action !== undefined && values.includes(action);
    case "ExecutionStatus":
      return ofStatus(values);
    case "StartTimeAfter": {
      const time = onlyTime(key, values);
      return ({ ExecutionStartTime }) => ExecutionStartTime > time;
    }
    case "StartTimeBefore": {
      const time = onlyTime(key, values);
      return ({ ExecutionStartTime }) => ExecutionStartTime < time;
    }
    default:
      throw new NotModelled(
        `The rehearsal does not model ssm:DescribeAutomationExecutions Filters "${key}".`,
      );
  }
}

function ofStatus(values: string[]): Test {
  const unknown = values.find((value) => !statuses.includes(value));
  if (unknown !== undefined) {
    throw invalid(`${unknown} is not a status of an execution.`);
  }
  return ({ AutomationExecutionStatus: status }) => values.includes(status);
}

/** Which forms of a time Systems Manager takes is not documented; its documents show this one. */
function onlyTime(key: string, values: string[]): Date {
  const [value] = values;
  if (values.length !== 1 || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value)) {
    throw invalid(`${key} takes one time in ISO 8601, in UTC, and not ${values.join(", ")}.`);
  }
  return new Date(value);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidFilterValue", `The filter value isn't valid. ${message}`);
}
