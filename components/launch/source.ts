import { GetGroupResult } from "@pulumi/aws/autoscaling/getGroup";
import { InputError } from "../errors";
import { Reference, SPOT_REQUEST, TEMPLATES_MAX, UsedTemplate } from "./facts";
import { quote } from "../quote";
import { sortUnique } from "../sortUnique";

// What a group launches from, out of what its look-up shows. What the runbook would refuse is refused here already, before
// anything is deployed.

/** A version of a launch template, as the group names it: a number, `$Latest` or `$Default`. */
export interface UsedVersion {
  readonly templateId: string;
  readonly version: string;
}

export interface FromConfiguration {
  readonly kind: "configuration";
  /** Changes with every run: it must not reach anything that is registered. */
  readonly launchConfiguration: string;
}

export interface FromTemplates {
  readonly kind: "template" | "mixed";
  readonly uses: UsedVersion[];
  /** The resource types that the group itself adds to what its templates launch with. */
  readonly usedTypes: string[];
}

export type LaunchSource = FromConfiguration | FromTemplates;

/** What the group launches from, or one sentence where a run could do nothing with it. */
export function readLaunchSource(groupName: string, group: GetGroupResult): LaunchSource {
  const input = `autoScalingGroupName ${quote(groupName)}`;
  if (group.status) {
    throw new InputError(
      `${input} is being deleted (${group.status}): give the name of a group that stays, or remove this component.`,
    );
  }
  const [policy] = orEmpty(group.mixedInstancesPolicies);
  if (policy !== undefined) {
    return fromTemplates(input, group, "mixed", readUses(policy));
  }
  const [template] = orEmpty(group.launchTemplates);
  if (template !== undefined) {
    return fromTemplates(input, group, "template", [used(template.id, template.version)]);
  }
  if (!group.launchConfiguration) {
    throw namesNothing(input);
  }
  return { kind: "configuration", launchConfiguration: group.launchConfiguration };
}

/** The templates among the uses, each once, with every way in which it is referred to. */
export function collectTemplates(uses: UsedVersion[]): UsedTemplate[] {
  return sortUnique(uses.map(({ templateId }) => templateId)).map((id) => ({
    id,
    refersBy: sortUnique(
      uses.filter(({ templateId }) => templateId === id).map(({ version }) => referenceOf(version)),
    ),
  }));
}

/** An empty list may be left out by the provider. */
export function orEmpty<T>(list: T[] | undefined): T[] {
  return list ?? [];
}

type Policy = GetGroupResult["mixedInstancesPolicies"][number];

/** The base template, and the override's own where it has one. An override's image id is not shown. */
function readUses(policy: Policy): UsedVersion[] {
  return orEmpty(policy.launchTemplates)
    .flatMap(({ launchTemplateSpecifications, overrides }) => [
      ...orEmpty(launchTemplateSpecifications),
      ...orEmpty(overrides).flatMap((override) => orEmpty(override.launchTemplateSpecifications)),
    ])
    .map(({ launchTemplateId, version }) => used(launchTemplateId, version));
}

function fromTemplates(
  input: string,
  group: GetGroupResult,
  kind: FromTemplates["kind"],
  uses: UsedVersion[],
): FromTemplates {
  if (uses.length === 0) {
    throw namesNothing(input);
  }
  const templates = collectTemplates(uses);
  if (templates.length > TEMPLATES_MAX) {
    throw new InputError(
      `${input} uses ${templates.length} launch templates: at most ${TEMPLATES_MAX} are handled, because a policy of a ` +
        `role names each of them; let overrides share templates, or split the group.`,
    );
  }
  const torn = templates.find(({ refersBy }) => refersBy.includes("latest") && refersBy.length > 1);
  if (torn !== undefined) {
    // A new version would be launched through $Latest before it was checked for the other use, and never be put back alone.
    throw new InputError(
      `${input} has a mixed instances policy that uses launch template ${torn.id} both as $Latest and otherwise, where ` +
        `one cannot be changed without the other: refer to it in one way only, best by a version number.`,
    );
  }
  return { kind, uses, usedTypes: usedTypes(group) };
}

/**
 * A policy launches Spot Instances unless all above its base are to be On-Demand ones. A group's own capacity reservations
 * are not shown, and what a policy's distribution segments name launches no Spot Instance.
 */
function usedTypes({ placementGroup, mixedInstancesPolicies }: GetGroupResult): string[] {
  const spot = orEmpty(mixedInstancesPolicies)
    .flatMap(({ instancesDistributions }) => orEmpty(instancesDistributions))
    .some((distribution) => distribution.onDemandPercentageAboveBaseCapacity < 100);
  return [...(placementGroup ? ["placement-group"] : []), ...(spot ? [SPOT_REQUEST] : [])];
}

function namesNothing(input: string): InputError {
  return new InputError(
    `${input} names nothing to launch from, where a run needs a launch configuration, a launch template or a mixed ` +
      `instances policy with one: give the group one of them first.`,
  );
}

/** Without a version AWS takes the default one. */
function used(templateId: string, version: string): UsedVersion {
  return { templateId, version: version || "$Default" };
}

function referenceOf(version: string): Reference {
  if (version === "$Latest") {
    return "latest";
  }
  return version === "$Default" ? "default" : "number";
}
