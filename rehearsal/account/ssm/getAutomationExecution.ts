import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";
import { executionArn } from "./arns";
import { asItIs } from "./execution";

const api = "GetAutomationExecution";

/** What became of the steps is not answered: `StepExecutions` is left out. */
export const getAutomationExecution = operation<{ AutomationExecutionId: string }>({
  api,
  input: structure({ AutomationExecutionId: string({ min: 36, max: 36 }) }, ["AutomationExecutionId"]),
  demands: ({ place }, { AutomationExecutionId: id }) => [
    { action: `ssm:${api}`, resource: executionArn(place, id), context: {} },
  ],
  perform: ({ ssm, clock }, { AutomationExecutionId: id }) => {
    const execution = ssm.executions.get(id);
    if (!execution) {
      throw new AwsError(
        "AutomationExecutionNotFoundException",
        "There is no automation execution information for the requested automation execution ID.",
      );
    }
    return { AutomationExecution: { ...asItIs(execution, clock.now()), Mode: "Auto" } };
  },
});
