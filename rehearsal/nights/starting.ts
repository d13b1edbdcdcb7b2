import { AwsError } from "../account/errors";
import type { Accepted } from "../account/ssm";
import type { TimedStart } from "../account/timer";
import type { Deployment } from "../deploy/provision";
import { RehearsalError } from "../errors";

/** When a night begins, and what starts: all that the schedule starts, or what people start by hand. */
export interface Start {
  at: Date;
  byHand?: ByHand[];
  /** What measures is started, and not what refreshes. */
  isWatch?: boolean;
  mishap?: Mishap;
}

/**
 * What becomes of EventBridge's start: it is refused as by a role that may not, it never comes, or it comes twice.
 */
export type Mishap = "dropped" | "lost" | "doubled";

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
  /** What is done with a start that was refused. */
  refused?: (error: AwsError) => void;
}

export function startings(deployment: Deployment, { byHand, isWatch, mishap }: Start): Starting[] {
  if (byHand !== undefined) {
    return byHand.map((wanted) => manual(deployment, wanted));
  }
  const timer = (isWatch ? deployment.watch : undefined) ?? deployment.timer;
  const once = timer.starts
    .filter((one) => one.isEnabled())
    .map((one) => scheduledStart(deployment, one, mishap));
  return { dropped: once, lost: [], doubled: [...once, ...once], none: once }[mishap ?? "none"];
}

function scheduledStart(deployment: Deployment, start: TimedStart, mishap: Mishap | undefined): Starting {
  const { documentName } = start;
  return {
    runbook: runbookOf(deployment, documentName),
    documentName,
    accept: () => {
      if (mishap === "dropped") {
        throw new AwsError(
          "AccessDeniedException",
          `the events role is not authorized to perform: ssm:StartAutomationExecution of ${documentName}`,
        );
      }
      return start.start();
    },
    refused: (error) => start.keep(error),
  };
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
export function accepted({ accept, refused }: Starting): Accepted | AwsError {
  try {
    return accept();
  } catch (error) {
    if (error instanceof AwsError) {
      refused?.(error);
      return error;
    }
    throw error;
  }
}
