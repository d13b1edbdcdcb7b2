import type { AccountState } from "../state";
import type { Place } from "../api";
import { AwsError } from "../errors";
import { type Demand, operation } from "../operation";
import { boolean, list, string, structure } from "../parameters";
import { readResourceTypes, type ResourceTypeRequest, type Scopes } from "./imageReferenceScopes";
import type { LaunchTemplate } from "./launchTemplateShapes";
import { parameterArn } from "../ssm/arns";
import { IMAGE_TYPE } from "../ssm/parameterStore";
import { page, type PageRequest, pageShapes } from "./paging";
import { instanceResource, launchTemplateResource } from "./resources";
import type { ImageReference } from "./shapes";

export interface DescribeImageReferencesRequest extends PageRequest {
  ImageIds: string[];
  IncludeAllResourceTypes?: boolean;
  ResourceTypes?: ResourceTypeRequest[];
}

const api = "DescribeImageReferences";
const limits = { least: 5, most: 1000, capped: true };
const mostImages = 10;

export const describeImageReferences = operation<DescribeImageReferencesRequest>({
  api,
  input: structure(
    {
      ImageIds: list(string(), { min: 1 }),
      IncludeAllResourceTypes: boolean(),
      ResourceTypes: list(
        structure({
          ResourceType: string(),
          ResourceTypeOptions: list(structure({ OptionName: string(), OptionValues: list(string()) })),
        }),
      ),
      ...pageShapes(limits.least),
    },
    ["ImageIds"],
  ),
  demands: ({ place }, request) => [
    { action: `ec2:${api}`, resource: "*", context: {} },
    ...asked(request).flatMap((type) => demandsToLookInto(place, type)),
  ],
  perform: (account, request) => {
    checkImageIds(request.ImageIds);
    const scopes = readResourceTypes(request);
    const all = allReferences(account, scopes);
    const references = request.ImageIds.flatMap((id) => all.filter(({ ImageId }) => ImageId === id));
    const { items, NextToken } = page(account.ec2, references, request, limits);
    return { ImageReferences: items, NextToken };
  },
});

/** The types of resources that EC2 looks into, and the actions that it does that with, with the caller's permissions. */
const lookUps: Record<string, (place: Place) => [string, string][]> = {
  "ec2:Instance": () => [["ec2:DescribeInstances", "*"]],
  "ec2:LaunchTemplate": () => [
    ["ec2:DescribeLaunchTemplates", "*"],
    ["ec2:DescribeLaunchTemplateVersions", "*"],
  ],
  "ssm:Parameter": (place) => [
    ["ssm:DescribeParameters", "*"],
    ["ssm:GetParameters", arn(place, "ssm", "parameter/*")],
  ],
  "imagebuilder:ImageRecipe": () => [["imagebuilder:ListImageRecipes", "*"]],
  "imagebuilder:ContainerRecipe": (place) => [
    ["imagebuilder:ListContainerRecipes", "*"],
    ["imagebuilder:GetContainerRecipe", arn(place, "imagebuilder", "container-recipe/*")],
  ],
};

function asked({ IncludeAllResourceTypes: all, ResourceTypes: types = [] }: DescribeImageReferencesRequest) {
  const named = types.map(({ ResourceType = "" }) => ResourceType);
  return Object.keys(lookUps).filter((type) => all || named.includes(type));
}

/**
 * AWS's managed policy AmazonEC2ImageReferencesAccessPolicy allows these together with the API, called by way of it.
 * What becomes of a call without one of them AWS does not say: here it is refused, so that it is noticed.
 */
function demandsToLookInto(place: Place, type: string): Demand[] {
  const context = { "aws:CalledVia": ["ec2-images.amazonaws.com"] };
  return lookUps[type](place).map(([action, resource]) => ({ action, resource, context }));
}

function arn({ partition, region, accountId }: Place, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** References are looked for whether or not there is such an image. */
function checkImageIds(ids: string[]): void {
  const malformed = ids.find((id) => !/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw new AwsError("InvalidAMIID.Malformed", `Invalid id: "${malformed}" (expecting "ami-...")`);
  }
  if (ids.length > mostImages) {
    throw new AwsError("InvalidParameterValue", `At most ${mostImages} image IDs can be specified.`);
  }
}

/** Everything in the account that refers to whichever image. */
function allReferences(account: AccountState, { states, versionDepth, others }: Scopes): ImageReference[] {
  const { ec2, place, ssm } = account;
  const parameters = ssm.parameters.all().filter(({ DataType }) => DataType === IMAGE_TYPE);
  const instances = [...ec2.instances.values()].filter(({ instance }) =>
    states.includes(instance.State.Name),
  );
  return [
    ...instances.map(({ instance: { ImageId, InstanceId } }) => ({
      ImageId,
      ResourceType: "ec2:Instance",
      Arn: instanceResource(account, InstanceId).resource,
    })),
    ...[...ec2.launchTemplates.values()].flatMap((template) =>
      imagesOf(template, versionDepth).map((ImageId) => ({
        ImageId,
        ResourceType: "ec2:LaunchTemplate",
        Arn: launchTemplateResource(account, template).resource,
      })),
    ),
    ...parameters
      .map(({ Name, Value: ImageId }) => ({
        ImageId,
        ResourceType: "ssm:Parameter",
        Arn: parameterArn(place, Name),
      }))
      .filter(({ ResourceType }) => others.includes(ResourceType)),
    ...ec2.otherImageReferences.filter(({ ResourceType }) => others.includes(ResourceType)),
  ];
}

/** The images of so many of a template's newest versions. */
function imagesOf({ versions }: LaunchTemplate, depth: number): string[] {
  const newest = [...versions.values()]
    .sort((one, other) => other.VersionNumber - one.VersionNumber)
    .slice(0, depth);
  const images = newest.map(({ LaunchTemplateData }) => LaunchTemplateData.ImageId);
  return [...new Set(images.filter((image) => image !== undefined))];
}
