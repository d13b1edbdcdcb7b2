import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";
import { LaunchFacts } from "../launch/facts";
import { Place } from "../place";
import { quote } from "../quote";
import { CheckedInputs } from "./checkInputs";
import { Checker } from "./checker";
import { Named, NAMED } from "./physicalNames";

// What two components of one program must not both have. Each is right alone, so no other check finds it.

/** One component, as the others see it. */
interface Neighbour {
  readonly component: string;
  readonly place: pulumi.Output<Place>;
  readonly group: pulumi.Output<string>;
  readonly prefix: pulumi.Output<string>;
  readonly launch: pulumi.Output<LaunchFacts>;
  readonly names: pulumi.Output<Partial<Record<Named, string>>>;
}

type Known = pulumi.Unwrap<Neighbour>;

/**
 * The components so far, by program. A process may run several programs, also at once (the Automation API, tests): each has a
 * monitor of its own, and what was known of one goes with it.
 */
const neighbours = new WeakMap<object, Neighbour[]>();

interface Newcomer {
  readonly component: pulumi.Resource;
  readonly name: string;
  readonly checker: Checker;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  readonly launch: pulumi.Output<LaunchFacts>;
}

/** Refuses a component that would get in the way of an earlier one of the same program. */
export function refuseToShare({ component, name, checker, inputs, place, launch }: Newcomer): void {
  const given = NAMED.map((named) => [named, inputs.names[named]]).filter(([, name]) => name !== undefined);
  const mine: Neighbour = {
    component: name,
    place,
    group: inputs.autoScalingGroupName,
    prefix: inputs.prefix,
    launch,
    names: pulumi.output(Object.fromEntries(given) as Partial<Record<Named, string>>),
  };
  for (const other of introduce(mine)) {
    const quoted = pulumi.all([mine.group, mine.prefix, mine.names.apply(Object.values)]);
    const both = pulumi.all([pulumi.output(mine), pulumi.output(other)]);
    const compared = checker.conclude(quoted, both, (_, [mine, other]) => compare(mine, other));
    checker.mustPass(
      compared.apply((alike) => (alike ? remarkSamePrefix(component, other.component) : undefined)),
    );
  }
}

/** Harmless, but nobody can tell the versions apart by their descriptions. */
async function remarkSamePrefix(component: pulumi.Resource, other: string): Promise<void> {
  await pulumi.log.info(
    `The prefix is that of AmiRefresh ${quote(other)} too: the versions that they make of launch templates have the same ` +
      `descriptions.`,
    component,
  );
}

/** The components that came before this one. */
function introduce(mine: Neighbour): Neighbour[] {
  const program = pulumi.runtime.getMonitor();
  if (program === undefined) {
    return [];
  }
  const earlier = neighbours.get(program) ?? [];
  neighbours.set(program, [...earlier, mine]);
  return earlier;
}

/** Whether both describe what they make with the same words; one sentence where they would get in each other's way. */
function compare(mine: Known, other: Known): boolean {
  const whose = `that of AmiRefresh ${quote(other.component)} too, in the same account`;
  const sameAccount =
    mine.place.accountId === other.place.accountId && mine.place.partition === other.place.partition;
  const samePlace = sameAccount && mine.place.region === other.place.region;
  if (samePlace && mine.group === other.group) {
    throw new InputError(
      `autoScalingGroupName ${quote(mine.group)} is ${whose} and Region, and runs of two components for one group do not ` +
        `know of each other: give each group one component, or this one another group.`,
    );
  }
  const samePrefix = samePlace && mine.prefix === other.prefix;
  if (samePrefix && makesConfigurations(mine) && makesConfigurations(other)) {
    throw new InputError(
      `prefix ${quote(mine.prefix)} is ${whose} and Region, where two launch configurations of one day would have the same ` +
        `name: give each component a prefix of its own.`,
    );
  }
  const shared = NAMED.find((named) => {
    const kind = kindOf(named);
    const where = kind === "role" ? sameAccount : samePlace;
    return (
      where &&
      kind !== undefined &&
      NAMED.some((one) => kindOf(one) === kind && isSame(mine.names[named], other.names[one]))
    );
  });
  if (shared !== undefined) {
    throw new InputError(
      `names.${shared} ${quote(mine.names[shared])} is ${whose}, and each would overwrite what the other made: give each ` +
        `component names of its own, or leave them out and Pulumi derives them.`,
    );
  }
  return samePrefix;
}

function makesConfigurations({ launch: { kind } }: Known): boolean {
  return kind === "configuration";
}

/** What must have different names: roles in an account, the others in a Region. An inline policy is its role's alone. */
function kindOf(named: Named): string | undefined {
  return /(role|document|rule|group|queue|topic|alarm|dashboard)$/i.exec(named)?.[0].toLowerCase();
}

/** IAM's names are unique whatever their case. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
