import { latestNumber } from "./launchTemplates";
import type { LaunchTemplate, LaunchTemplateVersion } from "./launchTemplateShapes";

/** A template as EC2 answers it. */
export function templateAnswer(template: LaunchTemplate) {
  const { LaunchTemplateId, LaunchTemplateName, CreateTime, CreatedBy, DefaultVersionNumber, Tags } =
    template;
  return {
    LaunchTemplateId,
    LaunchTemplateName,
    CreateTime,
    CreatedBy,
    DefaultVersionNumber,
    LatestVersionNumber: latestNumber(template),
    Tags,
  };
}

/** A version as EC2 answers it. */
export function versionAnswer(template: LaunchTemplate, version: LaunchTemplateVersion) {
  const { LaunchTemplateId, LaunchTemplateName, DefaultVersionNumber } = template;
  return {
    LaunchTemplateId,
    LaunchTemplateName,
    ...version,
    DefaultVersion: version.VersionNumber === DefaultVersionNumber,
  };
}

/** All versions of a template; the newest comes first. */
export function versionAnswers(template: LaunchTemplate) {
  return [...template.versions.values()]
    .sort((one, other) => other.VersionNumber - one.VersionNumber)
    .map((version) => versionAnswer(template, version));
}
