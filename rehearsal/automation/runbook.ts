import type { ActionName } from "./actions/names";
import type { JsonMap, ParameterValue, ValueType } from "./values";

/** An Automation document of schema 0.3, read and checked. Names are the document's. */
export interface Runbook {
  description?: string;
  assumeRole?: string;
  parameters: Record<string, Parameter>;
  mainSteps: Step[];
  /** `step.Output` each. */
  outputs: string[];
}

export interface Parameter {
  name: string;
  type: ValueType;
  description?: string;
  default?: ParameterValue;
  allowedValues?: (string | number | boolean)[];
  allowedPattern?: string;
  minItems?: number;
  maxItems?: number;
  minChars?: number;
  maxChars?: number;
}

export interface Step {
  name: string;
  action: ActionName;
  description?: string;
  maxAttempts: number;
  timeoutSeconds?: number;
  onFailure: OnFailure;
  /** The step that runs first when the run is cancelled during this one. */
  onCancel?: string;
  nextStep?: string;
  isEnd: boolean;
  isCritical: boolean;
  inputs: JsonMap;
  outputs: StepOutput[];
}

export type OnFailure = { kind: "Abort" } | { kind: "Continue" } | { kind: "step"; step: string };

export interface StepOutput {
  name: string;
  selector: string;
  type: ValueType;
}
