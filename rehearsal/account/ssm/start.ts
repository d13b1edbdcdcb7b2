import { assumedRole } from "../../automation/assumeRole";
import { startParameters } from "../../automation/parameters";
import type { Runbook } from "../../automation/runbook";
import type { ParameterValue } from "../../automation/values";
import { NotModelled } from "../../errors";
import type { Place } from "../api";
import type { Clock } from "../clock";
import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Iam, Principal } from "../iam";
import type { Ids } from "../ids";
import { evaluate } from "../policy";
import type { Context } from "../policyConditions";
import { executionArn, ssmArn } from "./arns";
import { asTexts, type AutomationExecution } from "./execution";

/** What of an account's state the start of an execution works on. */
export interface AutomationState {
  place: Place;
  clock: Clock;
  ids: Ids;
  iam: Iam;
  ssm: {
    runbook: (documentName: string) => Runbook | undefined;
    addExecution: (execution: AutomationExecution) => void;
    executions: ReadonlyMap<string, AutomationExecution>;
    executionParameters: "supplied" | "all";
  };
}

/** AWS's limit for executions that start executions. */
const deepest = 5;

/** What StartAutomationExecution is asked. */
export interface StartRequest {
  documentName: string;
  /** `$DEFAULT`, or a number. */
  documentVersion: string;
  parameters: Record<string, string[]>;
  /** The execution whose step starts it. */
  parentExecutionId?: string;
}

/** An execution that was accepted: it has its role, and its parameters have their values. */
export interface Accepted {
  executionId: string;
  runbook: Runbook;
  parameters: Record<string, ParameterValue>;
  principal: Principal;
}

/**
 * Starts an execution for someone, who needs the right to start it and to pass it its role; undefined is the owner of
 * the account, who may do everything. The run itself has only what its role has.
 */
export function startExecution(
  account: AutomationState,
  request: StartRequest,
  starter?: Principal,
): Accepted {
  const { documentName, documentVersion, parameters: given, parentExecutionId } = request;
  const { place, ssm } = account;
  const executionId = account.ids.uuid();
  for (const resource of [
    ssmArn(place, `automation-definition/${documentName}:${documentVersion}`),
    ssmArn(place, `document/${documentName}`),
    executionArn(place, executionId),
  ]) {
    demand(starter, "ssm:StartAutomationExecution", resource, {});
  }
  const runbook = ssm.runbook(documentName);
  if (runbook === undefined || !["$DEFAULT", "$LATEST", "1"].includes(documentVersion)) {
    throw new AwsError(
      "AutomationDefinitionNotFoundException",
      `Automation definition ${documentName} in version ${documentVersion} could not be found.`,
    );
  }
  refuseDepth(account, parentExecutionId);
  const parameters = startParameters(runbook, given);
  const principal = roleOf(account, runbook, parameters, { executionId, starter, parentExecutionId });
  ssm.addExecution({
    AutomationExecutionId: executionId,
    DocumentName: documentName,
    DocumentVersion: "1",
    AutomationExecutionStatus: "Pending",
    ExecutionStartTime: account.clock.now(),
    ExecutedBy: starter?.arn ?? `arn:${place.partition}:iam::${place.accountId}:user/operations`,
    ParentAutomationExecutionId: parentExecutionId,
    Parameters: ssm.executionParameters === "all" ? asTexts(parameters) : given,
  });
  return { executionId, runbook, parameters, principal };
}

/** Executions start executions five levels deep; what AWS says to a sixth is not documented. */
function refuseDepth({ ssm }: AutomationState, parentExecutionId: string | undefined): void {
  let depth = 1;
  for (let id = parentExecutionId; id !== undefined; depth++) {
    id = ssm.executions.get(id)?.ParentAutomationExecutionId;
  }
  if (depth > deepest) {
    throw new NotModelled(`The rehearsal does not model executions that are nested ${depth} levels deep.`);
  }
}

interface Starting {
  executionId: string;
  starter?: Principal;
  parentExecutionId?: string;
}

function roleOf(
  { iam, place }: AutomationState,
  runbook: Runbook,
  parameters: Record<string, ParameterValue>,
  { executionId, starter, parentExecutionId }: Starting,
): Principal {
  const roleArn = assumedRole(runbook, parameters);
  if (roleArn === undefined && parentExecutionId !== undefined) {
    // AWS: it has the identity of whoever started the parent, which is not the parent's role.
    throw new NotModelled("The rehearsal does not model a runbook without a role that a step starts.");
  }
  if (roleArn === undefined) {
    // Without a role the run has the starter's rights; EventBridge's events role has none that a step could use.
    return starter ?? { arn: "owner", policies: [] };
  }
  demand(starter, "iam:PassRole", roleArn, { "iam:PassedToService": "ssm.amazonaws.com" });
  return iam.assume(
    roleArn,
    "ssm.amazonaws.com",
    { "aws:SourceAccount": place.accountId, "aws:SourceArn": executionArn(place, executionId) },
    `Automation-${executionId}`,
  );
}

function demand(who: Principal | undefined, action: string, resource: string, context: Context): void {
  if (who === undefined) {
    return;
  }
  const request = { action, resource, context };
  const decision = evaluate(who.policies, request);
  if (decision !== "allowed") {
    throw new AwsError("AccessDeniedException", notAuthorized(who, request, decision));
  }
}
