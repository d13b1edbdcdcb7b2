import {
  type AutomationExecutionMetadata,
  DescribeDocumentCommand,
  GetAutomationExecutionCommand,
  paginateDescribeAutomationExecutions,
  type SSMClient,
  type StepExecution,
} from "@aws-sdk/client-ssm";
import { look, lookFor } from "../look";
import { extractSentence } from "../sentence";

/** One execution of a runbook. */
export interface Run {
  readonly id: string;
  /** AWS's word, such as Success, Failed, TimedOut, Cancelled or InProgress. */
  readonly status: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The runbook's own outputs, by their names behind `report.`, where it came so far. */
  readonly outputs: Readonly<Record<string, readonly string[]>>;
  /** The earlier run for which this one made nothing. */
  readonly yieldedTo?: string;
  /** Of the last run that ended and was no success: the first step that failed. */
  readonly failedStep?: string;
  /** And what it says of it: a script's own sentence, without what AWS puts around it. */
  readonly sentence?: string;
}

/** What Systems Manager knows of a runbook and of its runs, which it keeps for about a month. */
export interface Runbook {
  readonly documentName: string;
  /** When the runbook got its present text; nothing where it does not exist. */
  readonly documentMadeAt?: string;
  /** The newest run that ended and did not yield to another. */
  readonly last?: Run;
  /** The newest one that ended as a success and did not yield. */
  readonly lastSuccess?: Run;
  /** The one that has been at work for longest. */
  readonly atWork?: Run;
  /** The newest ones, whatever became of them, the newest in front. */
  readonly recent: readonly Run[];
}

const FINAL = [
  "Success",
  "Failed",
  "TimedOut",
  "Cancelled",
  "CompletedWithSuccess",
  "CompletedWithFailure",
  "Exited",
];
const FAILED_STEP = ["Failed", "TimedOut", "Cancelled"];
/** Of a month of runs every hour there are fifteen pages. */
const MOST_PAGES = 20;
const MOST_RECENT = 5;

export async function readRunbook(ssm: SSMClient, documentName: string): Promise<Runbook> {
  const document = await lookFor(
    { what: `Runbook ${documentName}`, permission: "ssm:DescribeDocument" },
    /^InvalidDocument$/,
    () => ssm.send(new DescribeDocumentCommand({ Name: documentName })),
  );
  const runs = await listRuns(ssm, documentName);
  const ended = runs.filter(({ status, yieldedTo }) => FINAL.includes(status) && yieldedTo === undefined);
  return {
    documentName,
    documentMadeAt: document?.Document?.CreatedDate?.toISOString(),
    last: ended[0] && (await explain(ssm, ended[0])),
    // One that found nothing changed made no image.
    lastSuccess: ended.find(({ status, outputs }) => status === "Success" && !isUnchanged(outputs)),
    atWork: runs.filter(({ status }) => !FINAL.includes(status)).at(-1),
    recent: runs.slice(0, MOST_RECENT),
  };
}

/** The newest in front. AWS promises no order. */
async function listRuns(ssm: SSMClient, documentName: string): Promise<Run[]> {
  const question = {
    what: `The runs of ${documentName}`,
    permission: "ssm:DescribeAutomationExecutions",
  };
  const found = await look(question, async () => {
    const input = { Filters: [{ Key: "DocumentNamePrefix" as const, Values: [documentName] }] };
    const pages = paginateDescribeAutomationExecutions({ client: ssm, pageSize: 50 }, input);
    const listed: AutomationExecutionMetadata[] = [];
    let read = 0;
    for await (const page of pages) {
      listed.push(...(page.AutomationExecutionMetadataList ?? []));
      if (++read === MOST_PAGES) break;
    }
    return listed;
  });
  // The filter finds longer names too. A run that is queued has no start yet.
  return found
    .flatMap((one) => (one.DocumentName === documentName ? toRun(one) : []))
    .sort((one, other) => other.startedAt.localeCompare(one.startedAt));
}

function toRun(found: AutomationExecutionMetadata): Run[] {
  const { AutomationExecutionId: id, ExecutionStartTime: start, ExecutionEndTime: end } = found;
  if (id === undefined || start === undefined) return [];
  const outputs = Object.fromEntries(
    Object.entries(found.Outputs ?? {}).map(([name, values]) => [name.replace(/^report\./, ""), values]),
  );
  const earlier = outputs.EarlierRun?.[0];
  return [
    {
      id,
      status: found.AutomationExecutionStatus ?? "of no status",
      startedAt: start.toISOString(),
      ...(end === undefined ? {} : { endedAt: end.toISOString() }),
      outputs,
      // Where the step that writes it did not run, Automation has a text of its own there.
      ...(/^[0-9a-f-]{36}$/.test(earlier ?? "") ? { yieldedTo: earlier } : {}),
    },
  ];
}

function isUnchanged({ Unchanged: unchanged = [] }: Run["outputs"]): boolean {
  return unchanged[0]?.startsWith("ami-") === true;
}

async function explain(ssm: SSMClient, run: Run): Promise<Run> {
  if (run.status === "Success") return run;
  const question = { what: `Run ${run.id}`, permission: "ssm:GetAutomationExecution" };
  const answer = await look(question, () =>
    ssm.send(new GetAutomationExecutionCommand({ AutomationExecutionId: run.id })),
  );
  const execution = answer.AutomationExecution;
  const failed = (execution?.StepExecutions ?? []).filter(({ StepStatus: status }) =>
    FAILED_STEP.includes(status ?? ""),
  );
  // A step that fails may have a handler, which fails too and has the sentence for people.
  const said = [failed.at(-1)?.FailureMessage, execution?.FailureMessage, failed[0]?.FailureMessage];
  const sentence = said.map((text) => extractSentence(text ?? "")).find((text) => text !== "");
  return { ...run, ...nameOf(failed[0]), ...(sentence === undefined ? {} : { sentence }) };
}

function nameOf(step: StepExecution | undefined): Pick<Run, "failedStep"> {
  return step?.StepName === undefined ? {} : { failedStep: step.StepName };
}
