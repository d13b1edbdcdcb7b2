import type { AccountState } from "../state";
import type { LaunchTemplateData } from "../ec2/launchTemplateShapes";
import { tagContext } from "../ec2/tagSpecifications";
import type { Demand } from "../operation";
import { demandsToPass } from "./passRole";
import { ec2Arns, profileOf, resourcesOfTemplate, resourcesWithoutKey } from "./runInstancesResources";
import type { AutoScalingGroup } from "./shapes";
import type { TemplateLaunch } from "./templateLaunches";

/** Something that the caller must be allowed so that Auto Scaling lets them use a template. */
export interface DryRunDemand extends Demand {
  launchTemplateId: string;
}

export function isOfDryRun(demand: Demand): demand is DryRunDemand {
  return "launchTemplateId" in demand;
}

/**
 * What Auto Scaling's dry run of RunInstances needs, which it makes with the caller's rights: every resource that the
 * launch would use or make, the role that it would hand over, and the tags that it would put on. The real launches are
 * made with the rights of the service-linked role.
 */
export function dryRunDemands(
  account: AccountState,
  group: AutoScalingGroup,
  launch: TemplateLaunch,
): DryRunDemand[] {
  const data = launch.version.LaunchTemplateData;
  const used = [
    ...resourcesOfTemplate(account, group, launch),
    ...resourcesWithoutKey(account, group, data).map((resource) => ({ resource, context: {} })),
  ];
  const demands: Demand[] = [
    ...used.map((one) => ({ action: "ec2:RunInstances", ...one })),
    ...demandsToPass(profileOf(account, data)?.roleArn),
    ...toTag(account, data),
  ];
  const { LaunchTemplateId: launchTemplateId } = launch.template;
  return demands.map((demand) => ({ ...demand, launchTemplateId }));
}

function toTag(
  account: AccountState,
  { TagSpecifications: specifications = [] }: LaunchTemplateData,
): Demand[] {
  return specifications.map(({ ResourceType: type, Tags }) => ({
    action: "ec2:CreateTags",
    resource: ec2Arns(account).own(type, "*"),
    context: { ...tagContext(Tags), "ec2:CreateAction": "RunInstances" },
  }));
}
