import { NotModelled } from "../../errors";
import type { AccountState } from "../state";
import { AwsError } from "../errors";
import type { Principal } from "../iam";
import { operation } from "../operation";
import { string, structure } from "../parameters";
import { actOnce } from "./clientTokens";
import { requireImages } from "./describeImages";
import { versionAnswer } from "./launchTemplateAnswers";
import { launchTemplateDataShape } from "./launchTemplateDataShape";
import {
  findLaunchTemplate,
  resolveVersion,
  type TemplateReference,
  templateReferenceShapes,
} from "./launchTemplates";
import type { LaunchTemplate, LaunchTemplateData } from "./launchTemplateShapes";
import { launchTemplateResource } from "./resources";

interface CreateLaunchTemplateVersionRequest extends TemplateReference {
  ClientToken?: string;
  SourceVersion?: string;
  VersionDescription?: string;
  LaunchTemplateData: LaunchTemplateData;
}

const api = "CreateLaunchTemplateVersion";

export const createLaunchTemplateVersion = operation<CreateLaunchTemplateVersionRequest>({
  api,
  input: structure(
    {
      ...templateReferenceShapes,
      ClientToken: string(),
      SourceVersion: string(),
      VersionDescription: string({ min: 0 }),
      LaunchTemplateData: launchTemplateDataShape,
    },
    ["LaunchTemplateData"],
  ),
  demands: (account, request) => [{ action: `ec2:${api}`, ...launchTemplateResource(account, request) }],
  perform: (account, request, caller) => {
    const template = findLaunchTemplate(account.ec2, request);
    const number = actOnce(account.ec2.clientTokens, api, request, () =>
      addVersion(account, template, request, caller),
    );
    const version = template.versions.get(number);
    if (!version) {
      throw new NotModelled(
        `The rehearsal does not model ec2:${api} with the ClientToken of version ${number}, which has been deleted.`,
      );
    }
    return {
      LaunchTemplateVersion: versionAnswer(template, version),
      Warning: warningAbout(account, version.LaunchTemplateData),
    };
  },
});

/** Adds a version, and gives its number. */
function addVersion(
  { ec2, clock }: AccountState,
  template: LaunchTemplate,
  request: CreateLaunchTemplateVersionRequest,
  caller: Principal,
): number {
  checkDescription(request.VersionDescription);
  checkQuota(template, ec2.quotas.launchTemplateVersions);
  const data = { ...inherited(template, request.SourceVersion), ...request.LaunchTemplateData };
  checkData(data);
  template.lastNumber += 1;
  template.versions.set(template.lastNumber, {
    VersionNumber: template.lastNumber,
    VersionDescription: request.VersionDescription,
    CreateTime: clock.now(),
    CreatedBy: caller.arn,
    LaunchTemplateData: { ...data, ImageId: ec2.versionImage ?? data.ImageId },
  });
  return template.lastNumber;
}

/** AWS: a new version has its source's parameters, but of its block devices not the snapshots. */
function inherited(template: LaunchTemplate, source: string | undefined): LaunchTemplateData {
  if (source === undefined) {
    return {};
  }
  const { BlockDeviceMappings: devices, ...data } = resolveVersion(template, source).LaunchTemplateData;
  const withoutSnapshots = devices?.map(({ Ebs, ...device }) => ({
    ...device,
    ...(Ebs && { Ebs: { ...Ebs, SnapshotId: undefined } }),
  }));
  return { ...data, ...(withoutSnapshots && { BlockDeviceMappings: withoutSnapshots }) };
}

function checkDescription(description = ""): void {
  if (description.length > 255) {
    throw new AwsError(
      "InvalidParameterValue",
      "Value for parameter versionDescription is invalid. It may have at most 255 characters.",
    );
  }
}

function checkQuota({ versions }: LaunchTemplate, quota: number): void {
  if (versions.size >= quota) {
    throw new AwsError(
      "MaxTemplateVersionLimitExceeded",
      `You have reached the limit of ${quota} versions of a launch template.`,
    );
  }
}

function checkData(data: LaunchTemplateData): void {
  if (Object.keys(data).length === 0) {
    throw new AwsError(
      "MissingParameter",
      "No launch template data was provided. Launch template data is required to create a launch template.",
    );
  }
  if (data.ImageId?.startsWith("resolve:ssm:")) {
    throw new NotModelled(
      `The rehearsal does not model ec2:${api} of a version with ImageId "${data.ImageId}".`,
    );
  }
}

/** A version is made even if nothing could be launched from it; then the answer warns. Of this, the image is looked at. */
function warningAbout(account: AccountState, { ImageId: imageId }: LaunchTemplateData): object | undefined {
  const errors = [...imageWarnings(account, imageId), account.ec2.versionWarning ?? []].flat();
  return errors.length > 0 ? { Errors: errors } : undefined;
}

function imageWarnings(
  account: AccountState,
  imageId: string | undefined,
): { Code: string; Message: string }[] {
  try {
    requireImages(account, imageId === undefined ? [] : [imageId]);
    return [];
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return [{ Code: error.code, Message: error.message }];
  }
}
