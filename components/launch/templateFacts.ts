import { GetLaunchTemplateResult } from "@pulumi/aws/ec2/getLaunchTemplate";
import { InputError } from "../errors";
import { orEmpty, UsedVersion } from "./source";
import { Place } from "../place";
import { quote } from "../quote";

// What a launch template's look-up tells. It reads the template's latest version, whichever version the group uses.

/** What a launch with the template needs permissions for. */
export interface TemplateFacts {
  readonly id: string;
  /** The instance profile's name or ARN. */
  readonly profile: string | undefined;
  readonly taggedTypes: string[];
  readonly namedArns: string[];
  /** Whether the latest version, which these facts are of, is every version of it that the group uses. */
  readonly ofVersionInUse: boolean;
}

/** The facts, or one sentence where a run could do nothing with the template. */
export function readTemplate(
  groupName: string,
  uses: UsedVersion[],
  template: GetLaunchTemplateResult,
  place: Place,
): TemplateFacts {
  const latestUsed = uses
    .filter(({ templateId }) => templateId === template.id)
    .map(({ version }) => isLatest(version, template));
  if (latestUsed.includes(true) && template.imageId?.startsWith("resolve:ssm:")) {
    throw new InputError(
      `autoScalingGroupName ${quote(groupName)} uses launch template ${template.id}, whose image is the parameter ` +
        `${quote(template.imageId)}, and a run would put an image id in its place: change that parameter instead, or ` +
        `give the template an image id.`,
    );
  }
  const [profile] = orEmpty(template.iamInstanceProfiles);
  return {
    id: template.id,
    profile: profile?.arn || profile?.name || undefined,
    taggedTypes: orEmpty(template.tagSpecifications).map(({ resourceType }) => resourceType),
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
 * EC2 gives IAM the key ec2:LaunchTemplate for all that an instance is launched with but for these: license
 * configurations, resource groups (of capacity reservations or of hosts) and secondary subnets. Source: Service
 * Authorization Reference, Amazon EC2, RunInstances.
 */
function namedArns(template: GetLaunchTemplateResult, { partition, region, accountId }: Place): string[] {
  const reservations = orEmpty(template.capacityReservationSpecifications).flatMap((specification) =>
    orEmpty(specification.capacityReservationTargets),
  );
  const secondarySubnets = orEmpty(template.secondaryInterfaces)
    .map(({ secondarySubnetId }) => secondarySubnetId)
    .filter(Boolean);
  return [
    ...orEmpty(template.licenseSpecifications).map(({ licenseConfigurationArn }) => licenseConfigurationArn),
    ...reservations.map(({ capacityReservationResourceGroupArn }) => capacityReservationResourceGroupArn),
    ...orEmpty(template.placements).map(({ hostResourceGroupArn }) => hostResourceGroupArn),
    ...secondarySubnets.map((id) => `arn:${partition}:ec2:${region}:${accountId}:secondary-subnet/${id}`),
  ].filter(Boolean);
}
