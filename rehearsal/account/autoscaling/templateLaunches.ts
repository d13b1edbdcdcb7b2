import type { Referred } from "./launchTemplateSpecification";
import type { LaunchSource, LaunchTemplateOverride, LaunchTemplateSpecification } from "./shapes";

/** One kind of instance that a group launches from a template, by itself or by an override of its policy. */
export interface TemplateLaunch extends Referred {
  /** The override's index, or the template that stands for those that have none of their own. */
  for: "base" | number;
  override: LaunchTemplateOverride;
  imageId?: string;
  instanceType?: string;
}

export type Refer = (specification: LaunchTemplateSpecification) => Referred;

/** What a source that is no launch configuration launches: its base, and then what each override makes of it. */
export function templateLaunches(source: LaunchSource, refer: Refer): [TemplateLaunch, ...TemplateLaunch[]] {
  const { base, overrides } = templateParts(source);
  const ofBase = refer(base);
  return [
    launchOf("base", {}, ofBase),
    ...overrides.map((override, index) => {
      const own = override.LaunchTemplateSpecification;
      return launchOf(index, override, own === undefined ? ofBase : refer(own));
    }),
  ];
}

/** The specification and the overrides. Without overrides the base is what is launched; with some, only they are. */
export function templateParts({ LaunchTemplate, MixedInstancesPolicy }: LaunchSource): {
  base: LaunchTemplateSpecification;
  overrides: LaunchTemplateOverride[];
} {
  const { LaunchTemplateSpecification, Overrides } = MixedInstancesPolicy?.LaunchTemplate ?? {};
  return { base: LaunchTemplate ?? LaunchTemplateSpecification ?? {}, overrides: Overrides ?? [] };
}

function launchOf(
  which: TemplateLaunch["for"],
  override: LaunchTemplateOverride,
  referred: Referred,
): TemplateLaunch {
  const { ImageId, InstanceType } = referred.version.LaunchTemplateData;
  // Who names requirements names no type, and the template's is not launched either.
  const ownType = override.InstanceType ?? (override.InstanceRequirements ? undefined : InstanceType);
  return {
    for: which,
    override,
    ...referred,
    imageId: override.ImageId ?? ImageId,
    instanceType: ownType,
  };
}
