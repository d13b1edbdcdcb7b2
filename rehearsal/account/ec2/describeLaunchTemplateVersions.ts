import type { Ec2 } from "../ec2";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import { type Filter, filtered, filtersShape } from "./filters";
import { versionAnswer } from "./launchTemplateAnswers";
import {
  findLaunchTemplate,
  resolveVersion,
  type TemplateReference,
  templateReferenceShapes,
} from "./launchTemplates";
import type { LaunchTemplate, LaunchTemplateVersion } from "./launchTemplateShapes";
import { page, type PageRequest, pageShapes } from "./paging";

interface DescribeLaunchTemplateVersionsRequest extends TemplateReference, PageRequest {
  Versions?: string[];
  MinVersion?: string;
  Filters?: Filter[];
}

const api = "ec2:DescribeLaunchTemplateVersions";

export const describeLaunchTemplateVersions = operation<DescribeLaunchTemplateVersionsRequest>({
  api: "DescribeLaunchTemplateVersions",
  input: structure({
    ...templateReferenceShapes,
    Versions: list(string()),
    MinVersion: string(),
    Filters: filtersShape,
    ...pageShapes(),
  }),
  demands: () => [{ action: api, resource: "*", context: {} }],
  perform: ({ ec2 }, request) => {
    const passed = filtered(api, wantedVersions(ec2, request), request.Filters, {
      "image-id": ({ version }) => [version.LaunchTemplateData.ImageId ?? []].flat(),
    });
    const { items, NextToken } = page(ec2, passed, request, { least: 1, most: 200 });
    return {
      LaunchTemplateVersions: items.map(({ template, version }) => versionAnswer(template, version)),
      NextToken,
    };
  },
});

interface Wanted {
  template: LaunchTemplate;
  version: LaunchTemplateVersion;
}

function wantedVersions(ec2: Ec2, request: DescribeLaunchTemplateVersionsRequest): Wanted[] {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Versions: versions = [] } = request;
  if (id !== undefined || name !== undefined) {
    // "The version number after which to describe launch template versions"; without one, all.
    const after = Number(request.MinVersion ?? 0);
    return versionsOf(findLaunchTemplate(ec2, request), versions).filter(
      ({ version }) => version.VersionNumber > after,
    );
  }
  checkWords(versions);
  return [...ec2.launchTemplates.values()].flatMap((template) => versionsOf(template, versions));
}

/** Of all templates together only the latest and the default versions can be asked for. EC2's words are not known. */
function checkWords(versions: string[]): void {
  if (versions.length === 0) {
    throw new AwsError("MissingParameter", "A launch template ID or name must be specified.");
  }
  const wrong = versions.find((version) => !["$Latest", "$Default"].includes(version));
  if (wrong !== undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid launch template version: '${wrong}'. Without a launch template, only '$Latest' and '$Default' are allowed.`,
    );
  }
}

/** Those that were asked for, or all; the newest comes first. `$Latest` and a number can mean the same one. */
function versionsOf(template: LaunchTemplate, wanted: string[]): Wanted[] {
  const versions =
    wanted.length === 0
      ? template.versions.values()
      : new Set(wanted.map((version) => resolveVersion(template, version)));
  return [...versions]
    .sort((one, other) => other.VersionNumber - one.VersionNumber)
    .map((version) => ({ template, version }));
}
