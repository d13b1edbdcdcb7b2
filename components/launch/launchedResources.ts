import { GetLaunchTemplateResult } from "@pulumi/aws/ec2/getLaunchTemplate";
import { Place } from "../place";
import { orEmpty } from "./source";

// What a launch uses only where its template names it. What every launch uses stands in the policy itself. Source: Service
// Authorization Reference, Amazon EC2, the resource types of RunInstances. Two of them are left out, because AWS has ended
// the services: elastic GPUs and Elastic Inference accelerators. Gateways, addresses and host ids are none of its types.

/** The types of which EC2 tells IAM, by the key `ec2:LaunchTemplate`, which template names them; all that there are. */
export const NAMED_TYPES = ["capacity-reservation", "key-pair", "placement-group", "snapshot"];

/** Those of NAMED_TYPES that the template names. The snapshots of its image need no permission. */
export function listNamedTypes(template: GetLaunchTemplateResult): string[] {
  const placements = orEmpty(template.placements);
  const devices = orEmpty(template.blockDeviceMappings).flatMap(({ ebs }) => orEmpty(ebs));
  const names: Record<string, boolean> = {
    "capacity-reservation": reservationsOf(template).some(
      ({ capacityReservationId }) => !!capacityReservationId,
    ),
    "key-pair": !!template.keyName,
    "placement-group": placements.some(({ groupName, groupId }) => !!groupName || !!groupId),
    snapshot: devices.some(({ snapshotId }) => !!snapshotId),
  };
  return NAMED_TYPES.filter((type) => names[type]);
}

/**
 * The ARNs of what the template names and for which EC2 does not have that key: license configurations, resource groups (of
 * capacity reservations or of hosts), secondary subnets, and requests for Spot Instances.
 */
export function listNamedArns(template: GetLaunchTemplateResult, place: Place): string[] {
  const { partition, region, accountId } = place;
  const secondarySubnets = orEmpty(template.secondaryInterfaces)
    .map(({ secondarySubnetId }) => secondarySubnetId)
    .filter(Boolean);
  return [
    ...orEmpty(template.licenseSpecifications).map(({ licenseConfigurationArn }) => licenseConfigurationArn),
    ...reservationsOf(template).map(
      ({ capacityReservationResourceGroupArn }) => capacityReservationResourceGroupArn,
    ),
    ...orEmpty(template.placements).map(({ hostResourceGroupArn }) => hostResourceGroupArn),
    ...secondarySubnets.map((id) => `arn:${partition}:ec2:${region}:${accountId}:secondary-subnet/${id}`),
    ...(asksForSpot(template) ? [spotRequestsArn(place)] : []),
  ].filter(Boolean);
}

/**
 * A launch of Spot Instances makes a request for them, whose id nobody knows before.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-requests.html
 */
export function spotRequestsArn({ partition, region, accountId }: Place): string {
  return `arn:${partition}:ec2:${region}:${accountId}:spot-instances-request/*`;
}

/** Whether it says so itself, or tags the requests. */
function asksForSpot({ instanceMarketOptions, tagSpecifications }: GetLaunchTemplateResult): boolean {
  return (
    orEmpty(instanceMarketOptions).some(({ marketType }) => marketType === "spot") ||
    orEmpty(tagSpecifications).some(({ resourceType }) => resourceType === "spot-instances-request")
  );
}

function reservationsOf({ capacityReservationSpecifications }: GetLaunchTemplateResult) {
  return orEmpty(capacityReservationSpecifications).flatMap((specification) =>
    orEmpty(specification.capacityReservationTargets),
  );
}
