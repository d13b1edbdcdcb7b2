import { readRunbook } from "../automation/reading/runbook";
import type { Runbook } from "../automation/runbook";
import type { Ec2 } from "./ec2";
import type { Principal } from "./iam";
import type { AutomationExecution } from "./ssm/execution";
import { ParameterStore } from "./ssm/parameterStore";
import { RunCommand } from "./ssm/runCommand";
import { type Accepted, type AutomationState, startExecution, type StartRequest } from "./ssm/start";

export type { Accepted, StartRequest } from "./ssm/start";

/** An Automation document. */
export interface Document {
  name: string;
  content: string;
  format: "YAML" | "JSON";
}

/** Systems Manager's state, as far as it is needed: documents, each in one version, executions, parameters, and commands. */
export class Ssm {
  private readonly documents = new Map<string, Document>();
  /** The runbooks that were read already. */
  private readonly runbooks = new WeakMap<Document, Runbook>();

  /** By id, of these documents or of any others, ended or not, in the order in which they were started. */
  readonly executions = new Map<string, AutomationExecution>();

  /** How long DescribeAutomationExecutions does not list a new execution. */
  listedAfterSeconds = 0;

  /** No page of a list is longer than this. */
  longestPage = Infinity;

  /**
   * Which parameters of an execution GetAutomationExecution tells. AWS's text says, those that it was started with; samples
   * of its answers show some with their defaults too.
   */
  executionParameters: "supplied" | "all" = "supplied";

  readonly parameters: ParameterStore;
  readonly runCommand: RunCommand;

  constructor(private readonly account: AutomationState & { ec2: Ec2 }) {
    this.parameters = new ParameterStore(account.clock, account.ec2);
    this.runCommand = new RunCommand(account.clock, account.ec2);
  }

  putDocument(document: Document): void {
    this.documents.set(document.name, document);
  }

  get documentNames(): string[] {
    return [...this.documents.keys()];
  }

  hasDocument(name: string): boolean {
    return this.documents.has(name);
  }

  /** The runbook that a document holds. */
  runbook(documentName: string): Runbook | undefined {
    const document = this.documents.get(documentName);
    if (document === undefined) {
      return undefined;
    }
    const runbook = this.runbooks.get(document) ?? readRunbook(document.content, document.format);
    this.runbooks.set(document, runbook);
    return runbook;
  }

  start(request: StartRequest, starter?: Principal): Accepted {
    return startExecution(this.account, request, starter);
  }

  addExecution(execution: AutomationExecution): void {
    this.executions.set(execution.AutomationExecutionId, execution);
  }

  /** Whoever runs an execution tells what becomes of it. */
  updateExecution(executionId: string, changes: Partial<AutomationExecution>): void {
    const execution = this.executions.get(executionId);
    if (execution) {
      this.executions.set(executionId, { ...execution, ...changes });
    }
  }
}
