import { GetLaunchTemplateResult } from "@pulumi/aws/ec2/getLaunchTemplate";
import { InputError } from "../errors";
import { SPOT_REQUEST } from "./facts";
import { isResolved, readParameterName } from "./parameter";
import { FromTemplates, orEmpty } from "./source";
import { Place } from "../place";
import { quote } from "../quote";

// What a launch template's look-up tells. It reads the template's latest version, whichever version the group uses.

/** What a launch with the template needs permissions for. */
export interface TemplateFacts {
  readonly id: string;
  /** The parameter from which the version in use takes its image, where that is the latest. */
  readonly parameter: string | undefined;
  /** The instance profile's name or ARN. */
  readonly profile: string | undefined;
  readonly taggedTypes: string[];
  readonly usedTypes: string[];
  readonly namedArns: string[];
  /** Whether the latest version, which these facts are of, is every version of it that the group uses. */
  readonly ofVersionInUse: boolean;
}

/** The facts, or one sentence where a run could do nothing with the template. */
export function readTemplate(
  groupName: string,
  { kind, uses }: FromTemplates,
  template: GetLaunchTemplateResult,
  place: Place,
): TemplateFacts {
  const holder = `autoScalingGroupName ${quote(groupName)} uses launch template ${template.id}`;
  const latestUsed = uses
    .filter(({ templateId }) => templateId === template.id)
    .map(({ version }) => isLatest(version, template));
  const imageId = latestUsed.includes(true) && isResolved(template.imageId) ? template.imageId : undefined;
  if (imageId !== undefined && kind === "mixed") {
    throw new InputError(
      `${holder}, whose image is the parameter ${quote(imageId)}, and a run would put an image id in its place: change that ` +
        `parameter instead, or give the template an image id.`,
    );
  }
  const [profile] = orEmpty(template.iamInstanceProfiles);
  const taggedTypes = orEmpty(template.tagSpecifications).map(({ resourceType }) => resourceType);
  return {
    id: template.id,
    parameter: imageId && readParameterName(holder, imageId),
    profile: profile?.arn || profile?.name || undefined,
    taggedTypes,
    usedTypes: usedTypes(template, taggedTypes),
    namedArns: namedArns(template, place),
    ofVersionInUse: !latestUsed.includes(false),
  };
}

function isLatest(version: string, { defaultVersion, latestVersion }: GetLaunchTemplateResult): boolean {
  if (version === "$Latest") {
    return true;
  }
  return (version === "$Default" ? defaultVersion : Number(version)) === latestVersion;
}

/**
 * What of RunInstances' resource types the template adds to those of every launch. With the preference `open` no reservation
 * is named. Elastic GPUs and Elastic Inference accelerators are not shown: AWS has ended both.
 */
function usedTypes(template: GetLaunchTemplateResult, taggedTypes: string[]): string[] {
  const isSpot = orEmpty(template.instanceMarketOptions).some(({ marketType }) => marketType === "spot");
  const uses: Record<string, boolean> = {
    "capacity-reservation": reservations(template).some((target) => Boolean(target.capacityReservationId)),
    "key-pair": Boolean(template.keyName),
    "placement-group": orEmpty(template.placements).some(({ groupName, groupId }) =>
      Boolean(groupName || groupId),
    ),
    snapshot: orEmpty(template.blockDeviceMappings).some(({ ebs }) =>
      orEmpty(ebs).some(({ snapshotId }) => Boolean(snapshotId)),
    ),
    // To make such a request, and to tag one.
    [SPOT_REQUEST]: isSpot || taggedTypes.includes(SPOT_REQUEST),
  };
  return Object.keys(uses).filter((type) => uses[type]);
}

function reservations({ capacityReservationSpecifications: specifications }: GetLaunchTemplateResult) {
  return orEmpty(specifications).flatMap((specification) =>
    orEmpty(specification.capacityReservationTargets),
  );
}

/**
 * EC2 gives IAM the key ec2:LaunchTemplate for all that an instance is launched with but for these: license
 * configurations, resource groups (of capacity reservations or of hosts) and secondary subnets. Source: Service
 * Authorization Reference, Amazon EC2, RunInstances.
 */
function namedArns(template: GetLaunchTemplateResult, { partition, region, accountId }: Place): string[] {
  const secondarySubnets = orEmpty(template.secondaryInterfaces)
    .map(({ secondarySubnetId }) => secondarySubnetId)
    .filter(Boolean);
  return [
    ...orEmpty(template.licenseSpecifications).map(({ licenseConfigurationArn }) => licenseConfigurationArn),
    ...reservations(template).map(
      ({ capacityReservationResourceGroupArn }) => capacityReservationResourceGroupArn,
    ),
    ...orEmpty(template.placements).map(({ hostResourceGroupArn }) => hostResourceGroupArn),
    ...secondarySubnets.map((id) => `arn:${partition}:ec2:${region}:${accountId}:secondary-subnet/${id}`),
  ].filter(Boolean);
}
