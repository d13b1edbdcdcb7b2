import { InputError } from "../errors";
import { quote } from "../quote";
import { sortUnique } from "../sortUnique";
import { LaunchFacts, updatesGroup } from "./facts";
import { GoldenFacts } from "./goldenInstance";
import { Profile } from "./instanceProfile";
import { LaunchSource, collectTemplates } from "./source";
import { TemplateFacts } from "./templateFacts";

/** Everything that was looked up. */
export interface Findings {
  readonly source: LaunchSource;
  readonly golden: GoldenFacts;
  readonly templates: TemplateFacts[];
  readonly profiles: Profile[];
}

/** What the findings say together. Given roles take the place of those that were found. */
export function combineFindings(givenRoleArns: string[] | undefined, found: Findings): LaunchFacts {
  const { source, golden, templates, profiles } = found;
  const [parameter] = templates.flatMap((template) => template.parameter ?? []);
  const facts = {
    kind: parameter === undefined ? source.kind : ("parameter" as const),
    ...(parameter === undefined ? {} : { parameter }),
    templates: source.kind === "configuration" ? [] : collectTemplates(source.uses),
    keyArns: golden.keyArns,
  };
  if (!updatesGroup(facts)) {
    // A new version is made, or a parameter's, and nothing checks whether its maker may launch with what it names.
    return { ...facts, roleArns: [], taggedTypes: [], usedTypes: [], namedArns: [] };
  }
  return {
    ...facts,
    roleArns: sortUnique(
      givenRoleArns === undefined
        ? profiles.map(({ roleArn }) => roleArn)
        : holdAgainst(givenRoleArns, found),
    ),
    taggedTypes: sortUnique(templates.flatMap(({ taggedTypes }) => taggedTypes)),
    usedTypes: sortUnique([
      ...(source.kind === "configuration" ? [] : source.usedTypes),
      ...templates.flatMap(({ usedTypes }) => usedTypes),
    ]),
    namedArns: sortUnique(templates.flatMap(({ namedArns }) => namedArns)),
  };
}

/** Given roles, unless the group launches with another one. */
function holdAgainst(roleArns: string[], { profiles, templates }: Findings): string[] {
  const lacking = profiles.find(({ roleArn }) => !roleArns.includes(roleArn));
  // Where another version is in use, its profile may be another one too: then the given roles may be right.
  if (lacking !== undefined && templates.every(({ ofVersionInUse }) => ofVersionInUse)) {
    throw new InputError(
      `instanceProfileRoleArns ${quote(roleArns)} lacks ${quote(lacking.roleArn)}, the role of instance profile ` +
        `${quote(lacking.name)} with which the group launches: add it, or leave instanceProfileRoleArns out and the ` +
        `roles are looked up.`,
    );
  }
  return roleArns;
}
