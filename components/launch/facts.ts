import { Place } from "../place";

/** Each template is looked up, and stands in several statements of a policy whose size is limited. */
export const TEMPLATES_MAX = 20;

/** How a group refers to a launch template: to a numbered version, to its default version or to its latest one. */
export type Reference = "default" | "latest" | "number";

/** A launch template of the group, and how the group refers to it. */
export interface UsedTemplate {
  readonly id: string;
  readonly refersBy: Reference[];
}

/**
 * What the group launches with, as far as it decides a permission. A scheduled run leaves all of it as it was: no image,
 * no name of a launch configuration and no number of a version is in it, so that a preview after a run shows no change.
 * Every list is sorted and without repetition, so that the order in which things were found makes no difference.
 */
export interface LaunchFacts {
  /** A launch configuration, one launch template, one that takes its image from a parameter, or a mixed instances policy. */
  readonly kind: "configuration" | "template" | "parameter" | "mixed";
  /** The name of the parameter from which the template takes its image. A run changes its value and leaves its name. */
  readonly parameter?: string;
  /** Empty for a launch configuration. */
  readonly templates: UsedTemplate[];
  /** The roles that may be passed to EC2. */
  readonly roleArns: string[];
  /** The resource types that the templates tag at a launch, such as `instance`. */
  readonly taggedTypes: string[];
  /** The resource types of RunInstances that not every launch has and one of this group does, such as `key-pair`. */
  readonly usedTypes: string[];
  /** What the templates name and EC2 authorises without telling IAM which template names it. */
  readonly namedArns: string[];
  /** The KMS keys of the golden instance's volumes, or a pattern for them. */
  readonly keyArns: string[];
}

/** The resource type of RunInstances that stands for the request by which a Spot Instance is launched. */
export const SPOT_REQUEST = "spot-instances-request";

/** What a launch template can tag. Source: EC2 API reference, LaunchTemplateTagSpecificationRequest. */
const TAGGED_TYPES = ["instance", "network-interface", SPOT_REQUEST, "volume"];

/** What a launch uses, or makes, only where the templates or the group ask for it. */
const USED_TYPES = ["capacity-reservation", "key-pair", "placement-group", "snapshot", SPOT_REQUEST];

const REFERENCES: Reference[] = ["default", "latest", "number"];

/**
 * Whether a run updates the group itself. It does not where the group has one template and refers to it as `$Default` or
 * `$Latest`: then a version of the template is all that changes. Nor where the template takes its image from a parameter.
 */
export function updatesGroup({ kind, templates }: Pick<LaunchFacts, "kind" | "templates">): boolean {
  switch (kind) {
    case "parameter":
      return false;
    case "template":
      return templates.some(({ refersBy }) => refersBy.includes("number"));
    default:
      return true;
  }
}

/** Whether AWS may be able to roll an instance refresh back: it is where every template is referred to by a number. */
export function mayRollBack({ templates }: LaunchFacts): boolean {
  return templates.length > 0 && templates.every(({ refersBy }) => refersBy.includes("number"));
}

/**
 * The facts where nothing is looked up: every way to refer to the given templates, everything that they may tag or use, and
 * every key of the place, because a run has to tell AWS's own keys from a customer's. What a policy names by its own ARN,
 * such as a license configuration, cannot be known then.
 */
export function assumeLaunch(launchTemplateIds: string[], roleArns: string[], place: Place): LaunchFacts {
  const templates = launchTemplateIds.length > 0;
  return {
    kind: templates ? "mixed" : "configuration",
    templates: launchTemplateIds.map((id) => ({ id, refersBy: REFERENCES })),
    roleArns,
    taggedTypes: templates ? TAGGED_TYPES : [],
    usedTypes: templates ? USED_TYPES : [],
    namedArns: [],
    keyArns: [`arn:${place.partition}:kms:${place.region}:${place.accountId}:key/*`],
  };
}
