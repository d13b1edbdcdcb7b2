import type { ResolvedTemplate } from "./launchTemplateSpecification";
import type { LaunchSource, LaunchTemplateOverride, LaunchTemplateSpecification } from "./shapes";

/** One kind of instance that a group launches from a template, by itself or by an override of its policy. */
export interface TemplateLaunch extends ResolvedTemplate {
  /** The override's index, or the template that stands for those that have none of their own. */
  for: "base" | number;
  override: LaunchTemplateOverride;
  imageId?: string;
  instanceType?: string;
}

export type ResolveTemplate = (specification: LaunchTemplateSpecification) => ResolvedTemplate;

/** What a source that is no launch configuration launches: its base, and then what each override makes of it. */
export function templateLaunches(
  source: LaunchSource,
  resolve: ResolveTemplate,
): [TemplateLaunch, ...TemplateLaunch[]] {
  const { base, overrides } = templateParts(source);
  const ofBase = resolve(base);
  return [
    launchOf("base", {}, ofBase),
    ...overrides.map((override, index) => {
      const own = override.LaunchTemplateSpecification;
      return launchOf(index, override, own === undefined ? ofBase : resolve(own));
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
  resolved: ResolvedTemplate,
): TemplateLaunch {
  const { ImageId, InstanceType } = resolved.version.LaunchTemplateData;
  // Who names requirements names no type, and the template's is not launched either.
  const ownType = override.InstanceType ?? (override.InstanceRequirements ? undefined : InstanceType);
  return {
    for: which,
    override,
    ...resolved,
    imageId: override.ImageId ?? ImageId,
    instanceType: ownType,
  };
}
