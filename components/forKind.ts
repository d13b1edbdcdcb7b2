import type { Runbook } from "./automationDocument";

// AWS takes 64 KB of a document, and the whole runbook has more. What a group of the other kind would need is left out.

/** The kinds of launch source that differ in their steps. */
export const SOURCE_KINDS = ["configuration", "templates"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** The steps that only one kind has. */
const STEPS: Record<SourceKind, string[]> = {
  configuration: ["CreateLaunchConfiguration", "UpdateAutoScalingGroup"],
  templates: ["advanceLaunchTemplates"],
};

/** The line above a function of a script that only one kind calls. */
const MARKS: Record<SourceKind, string> = {
  configuration: "# Only for a launch configuration.",
  templates: "# Only for launch templates.",
};

interface Step {
  name: string;
  action: string;
  nextStep?: string;
  inputs: {
    Script?: string;
    InputPayload?: Record<string, unknown>;
    Choices?: { NextStep: string }[];
    Default?: string;
  };
}

/**
 * The runbook with the steps and functions of one kind, which its parameter `RegisteredFor` names. It reads as the whole one
 * does, without what could not be reached.
 */
export function forKind(runbook: Runbook, kind: SourceKind): Runbook {
  const other = kind === "configuration" ? "templates" : "configuration";
  const steps = (runbook.mainSteps as Step[]).filter(({ name }) => !STEPS[other].includes(name));
  const decided = decidedBranches(steps, STEPS[other]);
  const { parameters } = runbook;
  return {
    ...runbook,
    // A run for a group of the other kind ends before it needs what was left out.
    parameters: { ...parameters, RegisteredFor: { ...parameters.RegisteredFor, default: kind } },
    mainSteps: steps
      .filter(({ name }) => !decided.has(name))
      .map((step) => ({
        ...step,
        ...(step.nextStep === undefined ? {} : { nextStep: decided.get(step.nextStep) ?? step.nextStep }),
        inputs: withoutOther(step.inputs, STEPS[other], MARKS[other]),
      })),
  };
}

/** Branches that have one way left, and where that leads. */
function decidedBranches(steps: Step[], gone: string[]): Map<string, string> {
  const branches = steps.filter(({ action }) => action === "aws:branch");
  return new Map(
    branches.flatMap(({ name, inputs: { Choices = [], Default } }): [string, string][] => {
      const targets = [
        ...Choices.map(({ NextStep }) => NextStep),
        ...(Default === undefined ? [] : [Default]),
      ];
      const left = targets.filter((target) => !gone.includes(target));
      return left.length === 1 && targets.length > 1 ? [[name, left[0]]] : [];
    }),
  );
}

function withoutOther(inputs: Step["inputs"], gone: string[], mark: string): Step["inputs"] {
  const { Script: script, InputPayload: payload } = inputs;
  const refersToGone = (value: unknown) => gone.some((name) => String(value).startsWith(`{{ ${name}.`));
  return {
    ...inputs,
    ...(payload === undefined
      ? {}
      : {
          InputPayload: Object.fromEntries(
            Object.entries(payload).filter(([, value]) => !refersToGone(value)),
          ),
        }),
    ...(script === undefined ? {} : { Script: withoutMarked(script, mark) }),
  };
}

/** A function ends where the next line without indentation begins. */
function withoutMarked(script: string, mark: string): string {
  let leftOut = false;
  const lines = script.split("\n").filter((line, index, all) => {
    if (line === mark) {
      leftOut = true;
    } else if (leftOut && /^\S/.test(line) && all[index - 1] !== mark) {
      leftOut = false;
    }
    return !leftOut;
  });
  return lines.join("\n");
}
