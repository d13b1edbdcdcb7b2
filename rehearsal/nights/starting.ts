import type { Account } from "../account/account";
import { AwsError } from "../account/errors";
import { deliver, targetDocument } from "../account/events";
import type { Accepted } from "../account/ssm";
import type { Deployment } from "../deploy/provision";
import { RehearsalError } from "../errors";

/** When a night begins, and what starts: all that the schedule starts, or what people start by hand. */
export interface Start {
  at: Date;
  byHand?: ByHand[];
}

/** A runbook that a person starts. */
export interface ByHand {
  runbook: string;
  /** The others have their defaults. */
  parameters?: Record<string, string[]>;
}

/** A start that is about to be made. */
export interface Starting {
  runbook: string;
  documentName: string;
  accept: () => Accepted;
}

export function startings(account: Account, deployment: Deployment, { byHand }: Start): Starting[] {
  return (
    byHand?.map((wanted) => manual(deployment, wanted)) ??
    deployment.targets.map((target) => {
      const { documentName } = targetDocument(account, target);
      const accept = () => deliver(account, deployment.ssm, deployment.rule, target);
      return { runbook: runbookOf(deployment, documentName), documentName, accept };
    })
  );
}

function manual(deployment: Deployment, { runbook, parameters = {} }: ByHand): Starting {
  const documentName = documentOf(deployment, runbook);
  const request = { documentName, documentVersion: "$DEFAULT", parameters };
  return { runbook, documentName, accept: () => deployment.ssm.start(request) };
}

/** The document of a runbook that the program registers. */
export function documentOf({ documents }: Deployment, runbook: string): string {
  const found = documents.find((document) => document.runbook === runbook);
  if (found === undefined) {
    const known = documents.map((document) => document.runbook).join(", ");
    throw new RehearsalError(`The program registers no runbook ${runbook}: name one of ${known}.`);
  }
  return found.name;
}

/** What a document is called here; one that the program does not register has its own name. */
export function runbookOf({ documents }: Deployment, documentName: string): string {
  return documents.find(({ name }) => name === documentName)?.runbook ?? documentName;
}

/** What became of a start: an AwsError is one that was refused. */
export function accepted({ accept }: Starting): Accepted | AwsError {
  try {
    return accept();
  } catch (error) {
    if (error instanceof AwsError) {
      return error;
    }
    throw error;
  }
}
