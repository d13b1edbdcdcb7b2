import { NotModelled } from "../../errors";
import { AwsError, NoAnswer } from "../../account/errors";
import type { Members } from "../../account/api";
import type { Child } from "../child";
import { callFailed, childFailed, timedOut } from "../failure";
import type { Fields } from "../reading/fields";
import { isMap, shown, type Json, type JsonMap } from "../values";
import type { Action, Attempt } from "./action";

const api = "StartAutomationExecution";
/** As for every other API call of a step. */
const longestAnswer = 25;

/**
 * Starts another runbook with the rights of this one's role, and waits for its end. What AWS does not document, and how
 * the rehearsal takes it: when the time is up, or when this execution is cancelled, the other one goes on; a step that
 * failed or timed out after the start has the outputs that tell of the other execution, and not its Output.
 */
export const executeAutomation: Action = {
  startSeconds: 1,
  outputs: { declared: false, own: { Output: "StringList", ExecutionId: "String", Status: "String" } },
  checkStep(where, { maxAttempts, timeoutSeconds }) {
    if (maxAttempts > 1) {
      throw new NotModelled(`${where}: the rehearsal does not model maxAttempts ${maxAttempts} of ${name}`);
    }
    if (timeoutSeconds === undefined) {
      throw new NotModelled(`${where}: AWS does not tell the default timeoutSeconds of ${name}; set it`);
    }
  },
  checkInputs(inputs) {
    inputs.notModelled("Targets", "TargetParameterName", "TargetMaps", "TargetLocations");
    inputs.notModelled("MaxConcurrency", "MaxErrors", "Tags");
    checkName(inputs.where, inputs.neededText("DocumentName"));
    inputs.text("DocumentVersion");
    checkParameters(inputs);
  },
  *run(attempt) {
    const { clock, step } = attempt;
    const seconds = step.timeoutSeconds ?? 0;
    const atLatest = new Date(clock.now().getTime() + seconds * 1000);
    const child = start(attempt);
    if (clock.now() < atLatest) yield { child, atLatest };
    const { end, executionId } = child;
    if (end === undefined || end.at > clock.now()) {
      throw timedOut(`waiting ${seconds} seconds for the end of execution ${executionId}`, {
        ExecutionId: executionId,
        Status: "InProgress",
      });
    }
    if (end.status !== "Success") {
      throw childFailed({ ExecutionId: executionId, Status: end.status });
    }
    const answer: Members = { Output: end.outputs, ExecutionId: executionId, Status: end.status };
    return answer;
  },
};

const name = "aws:executeAutomation";

function checkName(where: string, documentName: string): void {
  if (documentName.startsWith("arn:")) {
    throw new NotModelled(
      `${where}: the rehearsal does not model documents of other accounts: ${documentName}`,
    );
  }
}

function checkParameters(inputs: Fields): void {
  for (const [parameter, value] of Object.entries(inputs.map("RuntimeParameters") ?? {})) {
    asTexts(`${inputs.where}, RuntimeParameters`, parameter, value);
  }
}

/** AWS shows texts and lists of texts. Nothing says what becomes of other values. */
function asTexts(where: string, parameter: string, value: Json): string[] {
  const texts = Array.isArray(value) ? value : [value];
  if (texts.every((text) => typeof text === "string")) return texts;
  throw new NotModelled(
    `${where}: the rehearsal does not model ${shown(value)} for ${parameter}, only texts`,
  );
}

function start({ step, inputs, clock, startChild }: Attempt): Child {
  const where = `step "${step.name}"`;
  const { DocumentName, DocumentVersion = "$DEFAULT", RuntimeParameters = {} } = inputs;
  checkName(where, DocumentName as string);
  try {
    return startChild(step.name, {
      documentName: DocumentName as string,
      documentVersion: DocumentVersion as string,
      parameters: runtimeParameters(where, RuntimeParameters),
    });
  } catch (error) {
    if (error instanceof AwsError) throw callFailed(api, error);
    if (!(error instanceof NoAnswer)) throw error;
    clock.advance(longestAnswer);
    throw timedOut(`waiting ${longestAnswer} seconds for the answer of ${api}`);
  }
}

function runtimeParameters(where: string, given: Json): Record<string, string[]> {
  if (!isMap(given)) throw new NotModelled(`${where}: RuntimeParameters is ${shown(given)}, which is no map`);
  return Object.fromEntries(
    Object.entries(given as JsonMap).map(([parameter, value]) => [
      parameter,
      asTexts(`${where}, RuntimeParameters`, parameter, value),
    ]),
  );
}
