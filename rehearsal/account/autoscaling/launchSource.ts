import type { AutoScalingGroup, LaunchSource } from "./shapes";

/** What of a group says what it launches. */
export function sourceOf({
  LaunchConfigurationName,
  LaunchTemplate,
  MixedInstancesPolicy,
}: AutoScalingGroup): LaunchSource {
  return structuredClone({ LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy });
}

/** Only what is launched from now on: the group's instances keep what they were launched with. */
export function setSource(group: AutoScalingGroup, source: LaunchSource): void {
  delete group.LaunchConfigurationName;
  delete group.LaunchTemplate;
  delete group.MixedInstancesPolicy;
  Object.assign(group, source);
}
