import { InputError } from "../errors";
import { LaunchFacts } from "./facts";

/** AWS takes so many values of one parameter. Source: Systems Manager API reference, StartAutomationExecution. */
const VALUES_MAX = 50;

/**
 * What the permissions cover, in the words of the runbook's parameter `MayLaunch`. Preflight compares what the group
 * launches with now, and ends a run that IAM would deny in the middle.
 *
 * - `launch-configuration`
 * - `launch-template/ID/number`, `…/default`, `…/latest`: a template, and how the group refers to it
 * - `override-images`: image ids in the overrides of a mixed instances policy. Look-ups do not show whether there are any
 * - `instance-profile/NAME`, or `instance-profile/*` where roles were given
 * - `tags/TYPE`, such as `tags/instance`: a resource type that is tagged at a launch
 * - the ARN of what a template names and the condition on the template does not reach
 */
export function mayLaunch(facts: LaunchFacts): string[] {
  const templates = facts.templates.flatMap(({ id, refersBy }) =>
    refersBy.map((reference) => `launch-template/${id}/${reference}`),
  );
  const entries = [
    ...(facts.kind === "configuration" ? ["launch-configuration"] : templates),
    ...(facts.kind === "mixed" ? ["override-images"] : []),
    ...facts.profiles.map((name) => `instance-profile/${name}`),
    ...facts.taggedTypes.map((type) => `tags/${type}`),
    ...facts.namedArns,
  ];
  if (entries.length > VALUES_MAX) {
    throw new InputError(
      `the runbook's parameter MayLaunch would have ${entries.length} values, made for ${facts.templates.length} launch ` +
        `templates: AWS takes at most ${VALUES_MAX}; let the group use fewer templates, or leave launchTemplateIds out, ` +
        `and only what the group uses is named.`,
    );
  }
  return entries.sort();
}
