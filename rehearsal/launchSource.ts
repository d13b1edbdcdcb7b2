import type {
  AutoScalingGroup,
  LaunchTemplateOverride,
  LaunchTemplateSpecification,
} from "./account/autoscaling/shapes";
import { templateParts } from "./account/autoscaling/templateLaunches";

/** What a group launches from, in words. */
export function launchSourceWords(group: AutoScalingGroup): string {
  if (group.LaunchConfigurationName !== undefined) {
    return `launch configuration ${group.LaunchConfigurationName}`;
  }
  const { base, overrides } = templateParts(group);
  if (group.MixedInstancesPolicy === undefined) {
    return templateWords(base);
  }
  return `a mixed instances policy: ${templateWords(base)}${overridesWords(overrides)}`;
}

function overridesWords(overrides: LaunchTemplateOverride[]): string {
  if (overrides.length === 0) {
    return "";
  }
  const own = overrides.flatMap(({ LaunchTemplateSpecification: template, ImageId: imageId }, index) => [
    ...(template ? [`${index} from ${templateWords(template)}`] : []),
    ...(imageId ? [`${index} with image ${imageId}`] : []),
  ]);
  const count = overrides.length === 1 ? "1 override" : `${overrides.length} overrides`;
  return own.length === 0 ? `, with ${count}` : `; of ${count}, ${own.join(", ")}`;
}

function templateWords({
  LaunchTemplateName: name,
  Version = "$Default",
}: LaunchTemplateSpecification): string {
  return `launch template ${name}, version ${Version}`;
}
