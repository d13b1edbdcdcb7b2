import { InputError } from "../errors";
import { quoted } from "../quoted";
import { LaunchFacts, sortedSet, updatesGroup } from "./facts";
import { GoldenFacts } from "./goldenInstance";
import { Profile } from "./instanceProfile";
import { LaunchSource, usedTemplates } from "./source";
import { TemplateFacts } from "./templateFacts";

/** Everything that was looked up. */
export interface Found {
  readonly source: LaunchSource;
  readonly golden: GoldenFacts;
  readonly templates: TemplateFacts[];
  readonly profiles: Profile[];
}

/** What the findings say together. Given roles take the place of those that were found. */
export function combine(givenRoleArns: string[] | undefined, found: Found): LaunchFacts {
  const { source, golden, templates, profiles } = found;
  const facts = {
    kind: source.kind,
    templates: source.kind === "configuration" ? [] : usedTemplates(source.uses),
    keyArns: golden.keyArns,
  };
  if (!updatesGroup(facts)) {
    // A new version is made, and nothing checks whether its maker may launch with what it names.
    return { ...facts, profiles: [], roleArns: [], taggedTypes: [], namedArns: [] };
  }
  return {
    ...facts,
    ...(givenRoleArns === undefined ? passed(profiles) : passedAsGiven(givenRoleArns, found)),
    taggedTypes: sortedSet(templates.flatMap(({ taggedTypes }) => taggedTypes)),
    namedArns: sortedSet(templates.flatMap(({ namedArns }) => namedArns)),
  };
}

type Passed = Pick<LaunchFacts, "profiles" | "roleArns">;

function passed(profiles: Profile[]): Passed {
  return {
    profiles: sortedSet(profiles.map(({ name }) => name)),
    roleArns: sortedSet(profiles.map(({ roleArn }) => roleArn)),
  };
}

function passedAsGiven(roleArns: string[], { profiles, templates }: Found): Passed {
  const lacking = profiles.find(({ roleArn }) => !roleArns.includes(roleArn));
  // Where another version is in use, its profile may be another one too: then the given roles may be right.
  if (lacking !== undefined && templates.every(({ ofVersionInUse }) => ofVersionInUse)) {
    throw new InputError(
      `instanceProfileRoleArns ${quoted(roleArns)} lacks ${quoted(lacking.roleArn)}, the role of instance profile ` +
        `${quoted(lacking.name)} with which the group launches: add it, or leave instanceProfileRoleArns out and the ` +
        `roles are looked up.`,
    );
  }
  return { profiles: roleArns.length > 0 ? ["*"] : [], roleArns };
}
