import { dump } from "js-yaml";
import { InputError } from "../errors";
import { AutomationDocument } from "./load";
import { once } from "./once";
import { leaveOutUnwanted } from "./optional";

export type ParameterValue = string | number | boolean | string[];

/** Values by the names of the parameters that they fill in. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/**
 * The most that a document may have once the values are filled in. AWS takes 64 KB, the parameters that are given at a start
 * included; the rest is room for what a later version of a runbook needs.
 */
export const DOCUMENT_MAX_BYTES = 56 * 1024;

/** AWS's limits for the value of a parameter, the name of a document, and the names of a schedule and its group, in characters. */
const [PARAMETER_MAX, DOCUMENT_NAME_MAX, SCHEDULE_NAME_MAX] = [512, 128, 129];

/**
 * What a permission was made for. A run with another value would be denied in its middle; AWS refuses to start it, because
 * these parameters allow no other.
 */
const OF_PERMISSIONS = [
  "AutomationAssumeRole",
  "AutoScalingGroupName",
  "CommandDocumentName",
  "InstanceId",
  "LaunchConfigPrefix",
  "LaunchConfigurationFrom",
  "PatchDocumentName",
  "PrepareDocumentName",
  "RefreshDocumentName",
  "RollOutDocumentName",
  "RuleName",
  "StartStopped",
];

/** How long steps may take, in seconds, by their names. Whether AWS takes a parameter there it does not say. */
export type Timeouts = Readonly<Record<string, number>>;

/**
 * The text to register: the document with the values as the defaults of its parameters, so that starting it by hand from the
 * console needs no typing. Values whose parameter this document does not have are another document's.
 */
export function fillIn(
  title: string,
  whole: AutomationDocument,
  values: ParameterValues,
  timeouts: Timeouts = {},
): string {
  const document = leaveOutUnwanted(whole, (name) => values[name] !== undefined);
  const parameters = Object.entries(document.parameters).map(([name, parameter]) => {
    return [name, fillParameter(name, parameter, values[name])];
  });
  const text = writeDocument({
    ...document,
    parameters: Object.fromEntries(parameters) as AutomationDocument["parameters"],
    mainSteps: withTimeouts(document.mainSteps, JSON.stringify(timeouts)),
  });
  const bytes = Buffer.byteLength(text);
  if (bytes > DOCUMENT_MAX_BYTES) {
    throw new InputError(
      `the runbook ${title} with the values filled in has ${bytes} bytes: at most ${DOCUMENT_MAX_BYTES} are allowed, because ` +
        `AWS takes 64 KB with the parameters of a run included; give fewer or shorter tags.`,
    );
  }
  return text;
}

const withTimeouts = once((steps: AutomationDocument["mainSteps"], json): typeof steps => {
  const timeouts = JSON.parse(json) as Timeouts;
  return steps.map((step) => {
    const seconds = timeouts[step.name];
    return seconds === undefined ? step : { ...step, timeoutSeconds: seconds };
  });
});

/** Where one value is allowed, no pattern has to say what another one would look like. */
function fillParameter(
  name: string,
  parameter: AutomationDocument["parameters"][string],
  value: ParameterValue | undefined,
): Record<string, unknown> {
  if (value === undefined || !OF_PERMISSIONS.includes(name)) {
    return { ...parameter, ...(value === undefined ? {} : { default: value }) };
  }
  const declared = Object.entries(parameter).filter(([key]) => key !== "allowedPattern");
  return { ...Object.fromEntries(declared), default: value, allowedValues: [value] };
}

/**
 * As YAML of several lines, none of them folded, so that a preview shows which of them change; indented by one, because every
 * line of a script counts towards what AWS takes.
 */
export function writeDocument(document: AutomationDocument): string {
  return Object.entries(document)
    .map(([name, member]) =>
      typeof member === "object" && member !== null ? writeMember(member, name) : write({ [name]: member }),
    )
    .join("");
}

/** The steps are the same in each document that is made of a file. */
const writeMember = once((member: object, name) => write({ [name]: member }));

function write(member: Record<string, unknown>): string {
  return dump(member, { lineWidth: -1, noRefs: true, seqNoIndent: true, indent: 1 });
}

/**
 * Checks that a document has room for the values, whatever the role's ARN and the other document's name will be: these are
 * known only in the middle of an update, when other resources stand already.
 */
export function refuseTooLarge(title: string, document: AutomationDocument, values: ParameterValues): void {
  fillIn(title, document, {
    ...values,
    AutomationAssumeRole: "x".repeat(PARAMETER_MAX),
    RollOutDocumentName: "x".repeat(DOCUMENT_NAME_MAX),
    PrepareDocumentName: "x".repeat(DOCUMENT_NAME_MAX),
    RefreshDocumentName: "x".repeat(DOCUMENT_NAME_MAX),
    RuleName: "x".repeat(SCHEDULE_NAME_MAX),
  });
}
