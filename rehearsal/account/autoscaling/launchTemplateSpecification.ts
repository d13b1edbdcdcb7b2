import type { Ec2 } from "../ec2";
import type { LaunchTemplate, LaunchTemplateVersion } from "../ec2/launchTemplateShapes";
import { findLaunchTemplate, resolveVersion } from "../ec2/launchTemplates";
import { AwsError } from "../errors";
import { structure } from "../parameters";
import { invalidTemplate, validationError } from "./errors";
import { launchTemplateName, name } from "./limits";
import type { LaunchTemplateSpecification } from "./shapes";

export const launchTemplateSpecification = structure({
  LaunchTemplateId: name(),
  LaunchTemplateName: launchTemplateName(),
  Version: name(),
});

/** What a specification means at this moment. */
export interface ResolvedTemplate {
  template: LaunchTemplate;
  version: LaunchTemplateVersion;
}

/** What a request's specification means. The words of the refusal sound as if both were welcome; only one of them is. */
export function resolveRequested(ec2: Ec2, specification: LaunchTemplateSpecification): ResolvedTemplate {
  const { LaunchTemplateId: id, LaunchTemplateName: templateName } = specification;
  if ((id === undefined) === (templateName === undefined)) {
    throw validationError("Valid requests must contain either launchTemplateId or LaunchTemplateName");
  }
  try {
    return resolve(ec2, specification);
  } catch (error) {
    throw error instanceof AwsError ? invalidTemplate(error.message) : error;
  }
}

/** What a group's own specification means, which has both; EC2's error where that is nothing any more. */
export function resolveSpecification(
  ec2: Ec2,
  { LaunchTemplateId, Version }: LaunchTemplateSpecification,
): ResolvedTemplate {
  return resolve(ec2, { LaunchTemplateId, Version });
}

function resolve(ec2: Ec2, { Version, ...by }: LaunchTemplateSpecification): ResolvedTemplate {
  const template = findLaunchTemplate(ec2, by);
  return { template, version: resolveVersion(template, Version) };
}

/** A specification as the group keeps it: the version as it was sent, or not at all. */
export function completeSpecification(
  ec2: Ec2,
  specification: LaunchTemplateSpecification,
): LaunchTemplateSpecification {
  const { LaunchTemplateId, LaunchTemplateName } = resolveRequested(ec2, specification).template;
  return { ...specification, LaunchTemplateId, LaunchTemplateName };
}
