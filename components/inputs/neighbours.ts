import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";
import { LaunchFacts } from "../launch/facts";
import { Place } from "../place";
import { ofProgram } from "../program";
import { quote } from "../quote";
import { CheckedInputs } from "./checkInputs";
import { Checker } from "./checker";
import { Named, NAMED } from "./physicalNames";

// What two components of one program must not both have. Each is right alone, so no other check finds it.

/** What one component takes for itself. */
interface Claims {
  readonly place: Place;
  readonly group: string;
  readonly prefix: string;
  readonly launch: LaunchFacts;
  readonly names: Partial<Record<Named, string>>;
}

/** Which component of a program has what, by the kind of it, the place and the value. */
type Taken = Map<string, string>;

const takenInProgram = ofProgram((): Taken => new Map());

interface Newcomer {
  readonly component: pulumi.Resource;
  readonly name: string;
  readonly checker: Checker;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  readonly launch: pulumi.Output<LaunchFacts>;
}

/** Refuses a component that would get in the way of another one of the same program: of two, the one that is known later. */
export function refuseToShare({ component, name, checker, inputs, place, launch }: Newcomer): void {
  const taken = takenInProgram();
  const given = NAMED.map((named) => [named, inputs.names[named]]).filter(([, name]) => name !== undefined);
  const quoted = pulumi.output({
    group: inputs.autoScalingGroupName,
    prefix: inputs.prefix,
    names: Object.fromEntries(given) as Partial<Record<Named, pulumi.Output<string>>>,
  });
  const alike = checker.conclude(quoted, pulumi.output({ place, launch }), (quoted, { place, launch }) =>
    claim(taken, name, { ...quoted, place, launch }),
  );
  checker.mustPass(
    alike.apply((other) => (other === undefined ? undefined : remarkSamePrefix(component, other))),
  );
}

/** Harmless, but nobody can tell the versions apart by their descriptions. */
async function remarkSamePrefix(component: pulumi.Resource, other: string): Promise<void> {
  await pulumi.log.info(
    `The prefix is that of AmiRefresh ${quote(other)} too: the versions that they make of launch templates have the same ` +
      `descriptions.`,
    component,
  );
}

/** Takes what a component has. Gives which other one has its prefix; one sentence where they would get in each other's way. */
function claim(taken: Taken, component: string, claims: Claims): string | undefined {
  const { place, group, prefix, launch, names } = claims;
  const inAccount = `${place.partition} ${place.accountId}`;
  const inRegion = `${inAccount} ${place.region}`;
  refuseTaken(taken.get(`Auto Scaling group ${inRegion} ${group}`), (whose) => {
    return (
      `autoScalingGroupName ${quote(group)} is ${whose} and Region, and runs of two components for one group do not ` +
      `know of each other: give each group one component, or this one another group.`
    );
  });
  const ofConfigurations = `configurations ${inRegion} ${prefix}`;
  const namesConfigurations = launch.kind === "configuration";
  refuseTaken(namesConfigurations ? taken.get(ofConfigurations) : undefined, (whose) => {
    return (
      `prefix ${quote(prefix)} is ${whose} and Region, where two launch configurations of one day would have the same ` +
      `name: give each component a prefix of its own.`
    );
  });
  const claimed = NAMED.flatMap((named) => {
    const kind = kindOf(named);
    const name = names[named];
    // IAM's names are unique whatever their case.
    const where = kind === "role" ? inAccount : inRegion;
    return kind === undefined || name === undefined
      ? []
      : [{ named, name, key: `${kind} ${where} ${name.toLowerCase()}` }];
  });
  for (const { named, name, key } of claimed) {
    refuseTaken(taken.get(key), (whose) => {
      return (
        `names.${named} ${quote(name)} is ${whose}, and each would overwrite what the other made: give each ` +
        `component names of its own, or leave them out and Pulumi derives them.`
      );
    });
  }
  const ofPrefix = `prefix ${inRegion} ${prefix}`;
  const alike = taken.get(ofPrefix);
  [`Auto Scaling group ${inRegion} ${group}`, ofPrefix, ...claimed.map(({ key }) => key)].forEach((key) =>
    taken.set(key, component),
  );
  if (namesConfigurations) {
    taken.set(ofConfigurations, component);
  }
  return alike;
}

function refuseTaken(other: string | undefined, sentence: (whose: string) => string): void {
  if (other !== undefined) {
    throw new InputError(sentence(`that of AmiRefresh ${quote(other)} too, in the same account`));
  }
}

const KINDS = new Map(
  NAMED.map((named) => [
    named,
    /(role|document|rule|group|queue|topic|alarm|dashboard)$/i.exec(named)?.[0].toLowerCase(),
  ]),
);

/** What must have different names: roles in an account, the others in a Region. An inline policy is its role's alone. */
function kindOf(named: Named): string | undefined {
  return KINDS.get(named);
}
