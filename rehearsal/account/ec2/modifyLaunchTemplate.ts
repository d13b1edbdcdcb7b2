import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";
import { actOnce } from "./clientTokens";
import { templateAnswer } from "./launchTemplateAnswers";
import {
  findLaunchTemplate,
  type TemplateReference,
  templateReferenceShapes,
  versionNotFound,
  versionNumber,
} from "./launchTemplates";
import type { LaunchTemplate } from "./launchTemplateShapes";
import { launchTemplateResource } from "./resources";

interface ModifyLaunchTemplateRequest extends TemplateReference {
  ClientToken?: string;
  DefaultVersion?: string;
}

const api = "ModifyLaunchTemplate";

export const modifyLaunchTemplate = operation<ModifyLaunchTemplateRequest>({
  api,
  input: structure({ ...templateReferenceShapes, ClientToken: string(), DefaultVersion: string() }),
  demands: (account, request) => [{ action: `ec2:${api}`, ...launchTemplateResource(account, request) }],
  perform: ({ ec2 }, request) => {
    const template = findLaunchTemplate(ec2, request);
    actOnce(ec2.clientTokens, api, request, () => {
      template.DefaultVersionNumber = newDefault(template, request.DefaultVersion);
      return template.DefaultVersionNumber;
    });
    return { LaunchTemplate: templateAnswer(template) };
  },
});

function newDefault(template: LaunchTemplate, wanted: string | undefined): number {
  if (wanted === undefined) {
    throw new AwsError(
      "MissingParameter",
      `A launch template version must be specified to set the new default version for the template with ID ${template.LaunchTemplateId}.`,
    );
  }
  const number = versionNumber(template, wanted);
  if (!template.versions.has(number)) {
    throw versionNotFound(
      `The launch template version ${number} is not found for the specified launch template.`,
    );
  }
  return number;
}
