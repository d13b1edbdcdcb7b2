import { sortUnique } from "../sortUnique";
import { Place } from "../place";
import { executionsArn } from "./arns";
import { Statement } from "./policy";

/**
 * Actions that only look and to which AWS gives no resource level, and what every runbook reads of runs, its own included; most
 * also ask which other runs are at work.
 */
export function lookStatements(place: Place, looks: string[], asksWhoIsAtWork = true): Statement[] {
  return [
    {
      // Every step looks things up, and those that write read back what they wrote.
      Sid: "Look",
      Effect: "Allow",
      Action: sortUnique([...looks, ...(asksWhoIsAtWork ? ["ssm:DescribeAutomationExecutions"] : [])]),
      Resource: "*",
    },
    {
      // When this run and others started, and what became of them.
      Sid: "LookAtRuns",
      Effect: "Allow",
      Action: "ssm:GetAutomationExecution",
      Resource: executionsArn(place),
    },
  ];
}
