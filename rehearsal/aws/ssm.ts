import { assumedRole } from "../automation/assumeRole";
import { startParameters } from "../automation/parameters";
import { readRunbook, type Runbook } from "../automation/runbook";
import type { ParameterValue } from "../automation/values";
import type { Account } from "./account";
import { AwsError } from "./errors";
import type { Principal } from "./iam";
import { notAuthorized } from "./operation";
import { evaluate } from "./policy";
import type { Context } from "./policyConditions";

/** An Automation document. */
export interface Document {
  name: string;
  content: string;
  format: "YAML" | "JSON";
}

/** What StartAutomationExecution is asked. */
export interface StartRequest {
  documentName: string;
  /** `$DEFAULT`, or a number. */
  documentVersion: string;
  parameters: Record<string, string[]>;
}

/** An execution that was accepted: it has its role, and its parameters have their values. */
export interface Accepted {
  executionId: string;
  runbook: Runbook;
  parameters: Record<string, ParameterValue>;
  principal: Principal;
}

/** Systems Manager's state, as far as Automation needs it: documents, each in one version. */
export class Ssm {
  private readonly documents = new Map<string, Document>();

  constructor(private readonly account: Account) {}

  putDocument(document: Document): void {
    this.documents.set(document.name, document);
  }

  /**
   * Starts an execution for someone, who needs the right to start it and to pass it its role; undefined is the owner of
   * the account, who may do everything. The run itself has only what its role has.
   */
  start({ documentName, documentVersion, parameters: given }: StartRequest, starter?: Principal): Accepted {
    const executionId = this.account.ids.uuid();
    for (const resource of this.startedResources(documentName, documentVersion, executionId)) {
      demand(starter, "ssm:StartAutomationExecution", resource, {});
    }
    const document = this.documents.get(documentName);
    if (document === undefined || !["$DEFAULT", "$LATEST", "1"].includes(documentVersion)) {
      throw new AwsError(
        "AutomationDefinitionNotFoundException",
        `Automation definition ${documentName} in version ${documentVersion} could not be found.`,
      );
    }
    const runbook = readRunbook(document.content, document.format);
    const parameters = startParameters(runbook, given);
    return {
      executionId,
      runbook,
      parameters,
      principal: this.roleOf(runbook, parameters, executionId, starter),
    };
  }

  private roleOf(
    runbook: Runbook,
    parameters: Record<string, ParameterValue>,
    executionId: string,
    starter?: Principal,
  ): Principal {
    const roleArn = assumedRole(runbook, parameters);
    if (roleArn === undefined) {
      // Without a role the run has the starter's rights; EventBridge's events role has none that a step could use.
      return starter ?? { arn: "owner", policies: [] };
    }
    demand(starter, "iam:PassRole", roleArn, { "iam:PassedToService": "ssm.amazonaws.com" });
    const { accountId } = this.account.place;
    return this.account.iam.assume(
      roleArn,
      "ssm.amazonaws.com",
      { "aws:SourceAccount": accountId, "aws:SourceArn": this.arn(`automation-execution/${executionId}`) },
      `Automation-${executionId}`,
    );
  }

  private startedResources(documentName: string, version: string, executionId: string): string[] {
    return [
      this.arn(`automation-definition/${documentName}:${version}`),
      this.arn(`document/${documentName}`),
      this.arn(`automation-execution/${executionId}`),
    ];
  }

  private arn(resource: string): string {
    const { partition, region, accountId } = this.account.place;
    return `arn:${partition}:ssm:${region}:${accountId}:${resource}`;
  }
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
