import type { AccountState } from "../account/state";
import { resolveSpecification } from "../account/autoscaling/launchTemplateSpecification";
import type {
  AutoScalingGroup,
  LaunchTemplateOverride,
  LaunchTemplateSpecification,
} from "../account/autoscaling/shapes";
import { templateParts } from "../account/autoscaling/templateLaunches";
import type { LaunchTemplateData } from "../account/ec2/launchTemplateShapes";
import { AwsError } from "../account/errors";
import { resolvedImage } from "../account/ssm/resolvedImage";
import { architectureOf } from "../launches";

/** A place where a group refers to a launch template, and which image that led to. */
export interface Reference {
  place: string;
  launchTemplateId?: string;
  /** As the group says it: a number as text, a word, or nothing. */
  version?: string;
  /** None where the place names an image of its own, which counts instead. */
  imageId?: string;
  architecture?: string;
  /** Whether a parameter names the image: then the version stays. */
  byParameter?: boolean;
}

export function references(account: AccountState, group: AutoScalingGroup): Reference[] {
  if (group.LaunchConfigurationName !== undefined) {
    return [];
  }
  const { base, overrides } = templateParts(group);
  const own = overrides.flatMap((override, index) => {
    const specification = override.LaunchTemplateSpecification;
    return specification === undefined
      ? []
      : [{ place: `override ${index}`, ...referenceOf(account, specification, override) }];
  });
  return [{ place: "the group", ...referenceOf(account, base, {}) }, ...own];
}

function referenceOf(
  account: AccountState,
  specification: LaunchTemplateSpecification,
  override: LaunchTemplateOverride,
): Omit<Reference, "place"> {
  const data = override.ImageId === undefined ? dataOf(account, specification) : {};
  const { ImageId, InstanceType } = data;
  const imageId = resolvedImage(account, ImageId);
  return {
    launchTemplateId: specification.LaunchTemplateId,
    version: specification.Version,
    imageId,
    byParameter: imageId !== ImageId || undefined,
    architecture: imageId && architectureOf(account, imageId, override.InstanceType ?? InstanceType),
  };
}

/** Nothing where the version is gone: then the group can launch nothing, which shows elsewhere. */
function dataOf({ ec2 }: AccountState, specification: LaunchTemplateSpecification): LaunchTemplateData {
  try {
    return resolveSpecification(ec2, specification).version.LaunchTemplateData;
  } catch (error) {
    if (error instanceof AwsError) {
      return {};
    }
    throw error;
  }
}

/**
 * How a reference is not what a roll-out makes of it: a number becomes another one, a word stays and means another version.
 * Where a parameter names the image, both stay.
 * One that leads to the image already stays.
 */
export function faultsOf(
  before: Reference,
  now: Reference,
  image: string | undefined,
  fits: boolean,
): string[] {
  const says = `${now.place} refers to ${wordReference(now)}`;
  const elsewhere = now.place !== before.place || now.launchTemplateId !== before.launchTemplateId;
  const moved = now.version !== before.version;
  const movesOn = fits && isNumber(before.version) && !before.byParameter && before.imageId !== image;
  const asWanted = movesOn ? moved && isNumber(now.version) : !moved;
  if (elsewhere || !asWanted) {
    const was =
      now.place === before.place ? wordReference(before) : `${wordReference(before)} at ${before.place}`;
    return [`${says}${elsewhere || moved ? `, before it was ${was}` : ", as it did before"}`];
  }
  const wanted = fits ? image : before.imageId;
  return now.imageId === wanted ? [] : [`${says}, which names ${now.imageId ?? "no image"}`];
}

function isNumber(version: string | undefined): boolean {
  return version !== undefined && /^[0-9]+$/.test(version);
}

export function wordReference({ version = "(none, so the default)", launchTemplateId }: Reference): string {
  return `version ${version} of ${launchTemplateId}`;
}
