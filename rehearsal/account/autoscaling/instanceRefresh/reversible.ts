import type { AutoScalingGroup, LaunchSource } from "../shapes";
import { templateParts } from "../templateLaunches";
import type { DesiredConfiguration } from "./shapes";

/** Why a refresh cannot be rolled back, or nothing where it can. An image by parameter is not modelled anywhere. */
export function irreversibleFor(
  group: AutoScalingGroup,
  desired: DesiredConfiguration | undefined,
): "noDesiredConfiguration" | "movingVersion" | undefined {
  if (desired === undefined) {
    return "noDesiredConfiguration";
  }
  return usesMovingVersion(group) ? "movingVersion" : undefined;
}

/** Whether a template is meant by `$Latest` or `$Default`, which also those mean who name no version. */
export function usesMovingVersion(source: LaunchSource): boolean {
  const { base, overrides } = templateParts(source);
  const own = overrides.map(({ LaunchTemplateSpecification }) => LaunchTemplateSpecification);
  return [base, ...own.filter((one) => one !== undefined)].some(
    ({ Version = "$Default" }) => !/^[0-9]+$/.test(Version),
  );
}
