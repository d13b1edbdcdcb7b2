import type { Ssm } from "../ssm";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { integer, list, string, structure } from "../parameters";
import { asItIs, type AutomationExecution } from "./execution";
import { type ExecutionFilter, executionTests, filterKeys } from "./executionFilters";

interface DescribeAutomationExecutionsRequest {
  Filters?: ExecutionFilter[];
  MaxResults?: number;
  NextToken?: string;
}

const api = "DescribeAutomationExecutions";
const longestPage = 50;

export const describeAutomationExecutions = operation<DescribeAutomationExecutionsRequest>({
  api,
  input: structure({
    Filters: list(
      structure(
        {
          Key: string({ enum: filterKeys }),
          Values: list(string({ min: 1, max: 150 }), { min: 1, max: 10 }),
        },
        ["Key", "Values"],
      ),
      { min: 1, max: 10 },
    ),
    MaxResults: integer({ min: 1, max: longestPage }),
    NextToken: string(),
  }),
  demands: () => [{ action: `ssm:${api}`, resource: "*", context: {} }],
  perform: ({ ssm, clock }, { Filters: filters, MaxResults: size, NextToken: token }) => {
    const tests = executionTests(filters);
    const passed = newestFirst(
      listed(ssm, clock.now()).filter((execution) => tests.every((test) => test(execution))),
    );
    const start = firstItem(token, passed.length);
    const end = start + Math.min(size ?? longestPage, ssm.longestPage);
    return {
      AutomationExecutionMetadataList: passed.slice(start, end).map(metadata),
      NextToken: end < passed.length ? String(end) : undefined,
    };
  },
});

/** What can be listed by now. */
function listed({ executions, listedAfterSeconds }: Ssm, now: Date): AutomationExecution[] {
  const latest = now.getTime() - listedAfterSeconds * 1000;
  return [...executions.values()]
    .filter(({ ExecutionStartTime }) => ExecutionStartTime.getTime() <= latest)
    .map((execution) => asItIs(execution, now));
}

/** After a thousand nights there are thousands of executions, of which few are asked for: only these are sorted. */
function newestFirst(executions: AutomationExecution[]): AutomationExecution[] {
  return executions
    .reverse()
    .sort((one, other) => other.ExecutionStartTime.getTime() - one.ExecutionStartTime.getTime());
}

/** Parameters are not among what a list tells. */
function metadata(execution: AutomationExecution): object {
  return { ...execution, Parameters: undefined, Mode: "Auto", AutomationType: "Local" };
}

function firstItem(token: string | undefined, count: number): number {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > count) {
    throw new AwsError("InvalidNextToken", `The token '${token}' is invalid.`);
  }
  return start;
}
