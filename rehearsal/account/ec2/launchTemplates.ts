import type { Ec2 } from "../ec2";
import { AwsError } from "../errors";
import { string } from "../parameters";
import type { LaunchTemplate, LaunchTemplateVersion } from "./launchTemplateShapes";

/** How a request names a template: by exactly one of the two. */
export interface TemplateReference {
  LaunchTemplateId?: string;
  LaunchTemplateName?: string;
}

export const templateReferenceShapes = {
  LaunchTemplateId: string(),
  LaunchTemplateName: string({ min: 3 }),
};

/** The template that a request names, or EC2's error where there is none. */
export function findLaunchTemplate(ec2: Ec2, by: TemplateReference): LaunchTemplate {
  const { LaunchTemplateId: id, LaunchTemplateName: name } = by;
  if (id !== undefined && name !== undefined) {
    // Seen from ModifyLaunchTemplate; what the other APIs say is not known.
    throw new AwsError(
      "InvalidParameterCombination",
      "Either provide launch template ID or launch template name to modify the template.",
    );
  }
  if (id !== undefined) {
    return templateWithId(ec2, id);
  }
  if (name !== undefined) {
    return templateWithName(ec2, name);
  }
  throw new AwsError("MissingParameter", "A launch template ID or name must be specified.");
}

function templateWithId(ec2: Ec2, id: string): LaunchTemplate {
  if (!/^lt-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new AwsError("InvalidLaunchTemplateId.Malformed", `Invalid id: "${id}" (expecting "lt-...")`);
  }
  const template = ec2.launchTemplates.get(id);
  if (!template) {
    throw new AwsError(
      "InvalidLaunchTemplateId.NotFound",
      `The specified launch template, with template ID ${id}, does not exist.`,
    );
  }
  return template;
}

function templateWithName(ec2: Ec2, name: string): LaunchTemplate {
  const template = templateNamed(ec2, name);
  if (!template) {
    throw new AwsError(
      "InvalidLaunchTemplateName.NotFoundException",
      `The specified launch template, with template name ${name}, does not exist.`,
    );
  }
  return template;
}

/** Names have a case, and are unique in the Region. */
export function templateNamed(ec2: Ec2, name: string): LaunchTemplate | undefined {
  return [...ec2.launchTemplates.values()].find((template) => template.LaunchTemplateName === name);
}

/** The version that a request means: a number as text, `$Latest`, `$Default`; nothing is the default version too. */
export function resolveVersion(template: LaunchTemplate, version?: string): LaunchTemplateVersion {
  const number = versionNumber(template, version);
  const found = template.versions.get(number);
  if (!found) {
    throw versionNotFound(
      `Could not find the specified version ${number} for the launch template with ID ${template.LaunchTemplateId}.`,
    );
  }
  return found;
}

/** The number that is meant, whether or not there is such a version. */
export function versionNumber(template: LaunchTemplate, version = "$Default"): number {
  if (version === "$Default") {
    return template.DefaultVersionNumber;
  }
  if (version === "$Latest") {
    return latestNumber(template);
  }
  if (!/^[0-9]+$/.test(version)) {
    throw new AwsError(
      "InvalidParameterValue",
      "Invalid launch template version: either '$Default', '$Latest', or a numeric version are allowed.",
    );
  }
  return Number(version);
}

/** The highest number that is left: after its deletion `$Latest` is an older version again. */
export function latestNumber(template: LaunchTemplate): number {
  return Math.max(...template.versions.keys());
}

export function versionNotFound(message: string): AwsError {
  return new AwsError("InvalidLaunchTemplateId.VersionNotFound", message);
}
