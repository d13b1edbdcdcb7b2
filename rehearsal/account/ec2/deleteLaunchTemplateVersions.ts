import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import { findLaunchTemplate, type TemplateReference, templateReferenceShapes } from "./launchTemplates";
import type { LaunchTemplate } from "./launchTemplateShapes";
import { launchTemplateResource } from "./resources";

interface DeleteLaunchTemplateVersionsRequest extends TemplateReference {
  Versions: string[];
}

const most = 200;

export const deleteLaunchTemplateVersions = operation<DeleteLaunchTemplateVersionsRequest>({
  api: "DeleteLaunchTemplateVersions",
  input: structure({ ...templateReferenceShapes, Versions: list(string()) }, ["Versions"]),
  demands: (account, request) => [
    { action: "ec2:DeleteLaunchTemplateVersions", ...launchTemplateResource(account, request) },
  ],
  perform: ({ ec2 }, request) => {
    const template = findLaunchTemplate(ec2, request);
    const numbers = readNumbers(request.Versions);
    if (numbers.includes(template.DefaultVersionNumber)) {
      throw invalid(
        "The default version cannot be deleted. Either specify another version as default or delete the launch template.",
      );
    }
    const outcomes = numbers.map((number) => ({
      LaunchTemplateId: template.LaunchTemplateId,
      LaunchTemplateName: template.LaunchTemplateName,
      VersionNumber: number,
      ResponseError: remove(template, number, ec2.versionDeletionFailure),
    }));
    return {
      SuccessfullyDeletedLaunchTemplateVersions: outcomes.filter(({ ResponseError }) => !ResponseError),
      UnsuccessfullyDeletedLaunchTemplateVersions: outcomes.filter(({ ResponseError }) => ResponseError),
    };
  },
});

/** Deletes a version, or gives the error that is answered beside its number: one version does not keep the others. */
function remove(
  { versions }: LaunchTemplate,
  number: number,
  failure: string | undefined,
): { Code: string; Message: string } | undefined {
  if (!versions.has(number)) {
    return {
      Code: "launchTemplateVersionDoesNotExist",
      Message: "The launch template version does not exist.",
    };
  }
  if (failure !== undefined) {
    return { Code: "unexpectedError", Message: failure };
  }
  versions.delete(number);
  return undefined;
}

/** Numbers only: which version `$Latest` is can change in the meantime. */
function readNumbers(versions: string[]): number[] {
  if (versions.length === 0) {
    throw new AwsError("MissingParameter", "At least one launch template version must be specified.");
  }
  if (versions.length > most) {
    throw invalid(`At most ${most} launch template versions can be deleted in one request.`);
  }
  const wrong = versions.find((version) => !/^[0-9]+$/.test(version));
  if (wrong !== undefined) {
    throw invalid(`Invalid value for version: ${wrong}`);
  }
  return [...new Set(versions.map(Number))];
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
