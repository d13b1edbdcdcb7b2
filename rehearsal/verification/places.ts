import type { AccountState } from "../account/state";
import type { LaunchSource, LaunchTemplateSpecification } from "../account/autoscaling/shapes";
import { templateParts } from "../account/autoscaling/templateLaunches";
import type { Fleet, LaunchTemplateVersion } from "../account/ec2/launchTemplateShapes";
import { findLaunchTemplate, resolveVersion } from "../account/ec2/launchTemplates";
import { AwsError } from "../account/errors";
import { resolvedImage } from "../account/ssm/resolvedImage";

/** A place in the account from which something can be launched: it names a launch template, or an image. */
export interface LaunchPlace {
  /** In words that "refers to it" can follow. */
  who: string;
  template?: LaunchTemplateSpecification;
  imageId?: string;
}

/** An instance refresh in one of these still launches, or may roll back. */
const ACTIVE = ["Pending", "InProgress", "Cancelling", "RollbackInProgress", "Baking"];

/** Every place of every group, of active instance refreshes, and of fleets. */
export function launchPlaces(account: AccountState): LaunchPlace[] {
  return [...groupPlaces(account), ...refreshPlaces(account), ...account.ec2.fleets.flatMap(fleetPlaces)];
}

/** What the groups refer to, or one of them. */
export function groupPlaces({ autoscaling }: AccountState, groupName?: string): LaunchPlace[] {
  return [...autoscaling.groups.values()]
    .filter(({ AutoScalingGroupName: name }) => (groupName ?? name) === name)
    .flatMap((group) => {
      const who = `group ${group.AutoScalingGroupName}`;
      const configuration = autoscaling.launchConfigurations.get(group.LaunchConfigurationName ?? "");
      return configuration === undefined
        ? sourcePlaces(who, group)
        : [{ who, imageId: configuration.ImageId }];
    });
}

function refreshPlaces({ autoscaling }: AccountState): LaunchPlace[] {
  return [...autoscaling.instanceRefreshes.values()]
    .flat()
    .filter(({ Status }) => ACTIVE.includes(Status))
    .flatMap(({ InstanceRefreshId: id, AutoScalingGroupName: name, DesiredConfiguration: desired = {} }) =>
      sourcePlaces(`instance refresh ${id} of group ${name}`, desired),
    );
}

/** One that was deleted launches nothing any more; what it has launched counts by itself. */
function fleetPlaces({ id, state, specifications }: Fleet): LaunchPlace[] {
  return /^(deleted|cancelled|failed)/.test(state)
    ? []
    : specifications.map((template) => ({ who: `fleet ${id}`, template }));
}

function sourcePlaces(who: string, source: LaunchSource): LaunchPlace[] {
  const { base, overrides } = templateParts(source);
  return [
    { who, template: base },
    ...overrides.map(({ LaunchTemplateSpecification: template, ImageId: imageId }, index) => ({
      who: `override ${index} of ${who}`,
      template,
      imageId,
    })),
  ];
}

/** The images that a place names now, by itself and through its template. */
export function imagesOf(account: AccountState, { template, imageId }: LaunchPlace): string[] {
  const found = template && versionOf(account, template);
  return [imageId, found?.LaunchTemplateData.ImageId]
    .map((id) => resolvedImage(account, id))
    .filter((id) => id !== undefined);
}

/** The images that the groups refer to now, or one of them. */
export function imagesOfGroups(account: AccountState, groupName?: string): string[] {
  return groupPlaces(account, groupName).flatMap((place) => imagesOf(account, place));
}

/** The version that is meant; none where template or version is gone. */
function versionOf(
  { ec2 }: AccountState,
  { LaunchTemplateId, LaunchTemplateName, Version }: LaunchTemplateSpecification,
): LaunchTemplateVersion | undefined {
  try {
    // Groups have both, of which a look-up takes one.
    const by = LaunchTemplateId === undefined ? { LaunchTemplateName } : { LaunchTemplateId };
    return resolveVersion(findLaunchTemplate(ec2, by), Version);
  } catch (error) {
    if (error instanceof AwsError) {
      return undefined;
    }
    throw error;
  }
}
