import { AutomationDocument } from "./load";
import { once } from "./once";

/**
 * Parameters that a document has only where the component has a value for them, with the steps that it has for these alone.
 * What nobody asked for is not registered, and a preview of a new version of the library shows nothing of it.
 */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  CreateImageDocumentName: [],
  ExcludeDevices: [],
  ImageParameterName: ["publishImage"],
  PatchDocumentName: ["chooseWhetherToPatch", "patch", "patchFailed"],
  RetainDays: [],
  SkipUnchanged: ["lookForChanges", "chooseWhetherToImage"],
};

type Step = AutomationDocument["mainSteps"][number];

/** The document without what is there for values that are not given. */
export function leaveOutUnwanted(
  document: AutomationDocument,
  isGiven: (parameter: string) => boolean,
  optional = OPTIONAL,
): AutomationDocument {
  const unwanted = Object.keys(optional).filter((name) => name in document.parameters && !isGiven(name));
  const steps = unwanted.flatMap((name) => optional[name]);
  return unwanted.length === 0 ? document : leaveOut(document, JSON.stringify([unwanted, steps]));
}

const leaveOut = once((document: AutomationDocument, json): AutomationDocument => {
  const [unwanted, steps] = JSON.parse(json) as string[][];
  const left = { ...document, mainSteps: steps.reduce(withoutStep, document.mainSteps) };
  const pruned = withoutReferences(left, [...unwanted, ...steps]) as AutomationDocument;
  const parameters = Object.entries(document.parameters).filter(([name]) => !unwanted.includes(name));
  return { ...pruned, parameters: Object.fromEntries(parameters) };
});

/** What led to the step leads to the one behind it; behind a branch that is where it leads by default. */
function withoutStep(steps: readonly Step[], name: string): readonly Step[] {
  const left = steps.find((step) => step.name === name);
  if (left === undefined) {
    return steps;
  }
  const { Default: byDefault } = (left.inputs ?? {}) as { Default?: string };
  const next = byDefault ?? (left.nextStep as string | undefined);
  return steps.filter((step) => step !== left).map((step) => redirect(step, name, next) as Step);
}

function redirect(value: unknown, from: string, to: string | undefined): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => redirect(one, from, to));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) =>
      ["nextStep", "NextStep", "Default"].includes(key) && one === from
        ? [key, to]
        : [key, redirect(one, from, to)],
    ),
  );
}

/** Without the members and entries that hand on a parameter or an output that is not there. */
function withoutReferences(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value.filter((one) => !refersTo(one, names)).map((one) => withoutReferences(one, names));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => !refersTo(one, names))
      .map(([key, one]) => [key, withoutReferences(one, names)]),
  );
}

/** `{{ RetainDays }}`, `{{ step.Output }}`, or among the outputs of a document `step.Output`. */
function refersTo(value: unknown, names: readonly string[]): boolean {
  const [, inBraces, asOutput] =
    (typeof value === "string" && /^(?:\{\{ (\w+)(?:\.\w+)? \}\}|(\w+)\.\w+)$/.exec(value)) || [];
  return names.includes(inBraces ?? asOutput ?? "");
}
