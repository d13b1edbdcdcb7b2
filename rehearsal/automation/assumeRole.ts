import { readReference } from "./reference";
import type { Runbook } from "./runbook";
import type { ParameterValue } from "./values";

/** The role that the run takes, or undefined where it keeps the starter's own rights: no role, or an empty one. */
export function assumedRole(
  runbook: Runbook,
  parameters: Record<string, ParameterValue>,
): string | undefined {
  const name = parameterOfAssumeRole(runbook.assumeRole);
  const role = name === undefined ? runbook.assumeRole : parameters[name];
  return typeof role === "string" && role !== "" ? role : undefined;
}

/** `assumeRole` is either a constant ARN or exactly one reference to a parameter, whose name this is. */
export function parameterOfAssumeRole(assumeRole: string | undefined): string | undefined {
  const whole = /^\{\{([^{}]*)\}\}$/.exec(assumeRole?.trim() ?? "");
  if (!whole) return undefined;
  const reference = readReference("runbook, assumeRole", whole[1].trim());
  return reference.kind === "parameter" ? reference.name : undefined;
}
