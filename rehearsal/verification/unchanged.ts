import type { AutoScalingGroup } from "../account/autoscaling/shapes";
import { type Check, faultless } from "./check";
import { isSame } from "./differences";
import type { Standing } from "./standing";

/** Sizes, subnets, tags, the order and weights of overrides, the mix of purchases: all that is no reference. */
export function groupIsOtherwiseAsItWas(groupName: string, before: Standing, now: Standing): Check {
  const check = `group ${groupName} is otherwise as it was`;
  const [was, is] = [before.get(groupName), now.get(groupName)];
  if (was === undefined || is === undefined) {
    return { check, ok: false, detail: `there ${is === undefined ? "is" : "was"} no such group` };
  }
  const [old, present] = [settings(was.group), settings(is.group)];
  const members = new Set([...Object.keys(old), ...Object.keys(present)] as (keyof AutoScalingGroup)[]);
  const changed = [...members].filter((member) => !isSame(old[member], present[member]));
  return faultless(check, changed.length > 0 ? [`${changed.join(", ")} changed`] : [], "no difference");
}

/** Instances come and go by themselves. */
function settings(group: AutoScalingGroup): Partial<AutoScalingGroup> {
  const policy = structuredClone(group.MixedInstancesPolicy);
  const template = policy?.LaunchTemplate;
  for (const specification of [
    template?.LaunchTemplateSpecification,
    ...(template?.Overrides ?? []).map((override) => override.LaunchTemplateSpecification),
  ]) {
    delete specification?.Version;
  }
  template?.Overrides?.forEach((override) => delete override.ImageId);
  return {
    ...group,
    LaunchConfigurationName: undefined,
    LaunchTemplate: undefined,
    MixedInstancesPolicy: policy,
    Instances: undefined,
  };
}

/** Where no roll-out ran. */
export function groupLaunchesTheSame(groupName: string, before: Standing, now: Standing): Check {
  const check = `what group ${groupName} launches is as it was`;
  const [was, is] = [before.get(groupName), now.get(groupName)];
  const ok =
    was !== undefined && isSame(was.launches, is?.launches) && isSame(was.references, is?.references);
  return { check, ok, detail: ok ? "no difference" : `it launches ${is?.images.join(", ") || "nothing"}` };
}

export function othersLaunchTheSame(groupName: string, before: Standing, now: Standing): Check {
  const others = [...before].filter(([name]) => name !== groupName);
  const changed = others.filter(([name, { launches }]) => !isSame(launches, now.get(name)?.launches));
  return faultless(
    "nothing that another group launches has changed",
    changed.map(([name]) => `what ${name} launches has changed`),
    namesOf(others.map(([name]) => name)) || "there is no other group",
  );
}

/** So many that a person would read them. */
function namesOf(names: string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 1 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
}

const MOST_NAMES = 10;
