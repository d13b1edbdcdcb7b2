import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";
import { quote } from "../quote";
import { combineFindings } from "./combineFindings";
import { assumeLaunch, LaunchFacts } from "./facts";
import { explainDeniedLookUp, LookUpFailure } from "./failure";
import { GoldenFacts, readGoldenInstance, MEMBER_STATES, refuseMember } from "./goldenInstance";
import { lookUpProfiles } from "./lookUpProfiles";
import { LaunchQuestion, lookUpGroup, lookUpInstance, lookUpMember, lookUpTemplate } from "./lookUps";
import { FromTemplates, LaunchSource, readLaunchSource, collectTemplates } from "./source";
import { TemplateFacts, readTemplate } from "./templateFacts";

/**
 * What the group launches with, as far as it decides a permission. Nothing is looked up where both arguments that take the
 * place of looking are given. With one of them everything is looked up, and that one is held against what was found.
 */
export function lookUpLaunch(question: LaunchQuestion): pulumi.Output<LaunchFacts> {
  const { launchTemplateIds, instanceProfileRoleArns } = question.inputs;
  return question.checker.mustPass(
    launchTemplateIds !== undefined && instanceProfileRoleArns !== undefined
      ? pulumi
          .all([launchTemplateIds, instanceProfileRoleArns, question.place])
          .apply(([ids, roleArns, place]) => assumeLaunch(ids, roleArns, place))
      : findLaunch(question),
  );
}

function findLaunch(question: LaunchQuestion): pulumi.Output<LaunchFacts> {
  const { checker, inputs } = question;
  const source = findSource(question);
  const golden = findGoldenInstance(question);
  checker.mustPass(refuseMembership(question, golden));
  const templates = findTemplates(question, source);
  const profiles = lookUpProfiles(question, source, golden, templates);
  return checker.conclude(
    inputs.instanceProfileRoleArns ?? pulumi.output(undefined),
    pulumi.output({ source, golden, templates, profiles }),
    combineFindings,
  );
}

function findSource(question: LaunchQuestion): pulumi.Output<LaunchSource> {
  const { autoScalingGroupName, launchTemplateIds } = question.inputs;
  const group = lookUpGroup(question, autoScalingGroupName, explainMissingGroup);
  const source = question.checker.conclude(autoScalingGroupName, group, readLaunchSource);
  return launchTemplateIds === undefined
    ? source
    : question.checker.conclude(launchTemplateIds, source, refuseOtherTemplates);
}

function explainMissingGroup(name: string, { notFound, reason }: LookUpFailure): string {
  const input = `autoScalingGroupName ${quote(name)}`;
  return notFound
    ? `${input} does not exist in the provider's account and Region: give the name that the EC2 console shows, or correct ` +
        `aws:region; of a group that the same program makes give the Output, group.name.`
    : explainDeniedLookUp(input, reason, "autoscaling:DescribeAutoScalingGroups");
}

function refuseOtherTemplates(given: string[], source: LaunchSource): LaunchSource {
  const ids = source.kind === "configuration" ? [] : collectTemplates(source.uses).map(({ id }) => id);
  if (ids.join() !== given.join()) {
    const kind = source.kind === "configuration" ? "a launch configuration" : "launch templates";
    throw new InputError(
      `launchTemplateIds ${quote(given)} are not those of the group, which uses ${kind}: give ${quote(ids)}, or leave ` +
        `launchTemplateIds out and they are looked up.`,
    );
  }
  return source;
}

function findGoldenInstance(question: LaunchQuestion): pulumi.Output<GoldenFacts> {
  const { checker, inputs, place } = question;
  const instance = lookUpInstance(question, inputs.instanceId, explainMissingInstance);
  return checker.conclude(inputs.instanceId, pulumi.all([instance, place]), (id, [instance, place]) =>
    readGoldenInstance(id, instance, place),
  );
}

function explainMissingInstance(id: string, { notFound, reason }: LookUpFailure): string {
  const input = `instanceId ${quote(id)}`;
  return notFound
    ? `${input} does not exist in the provider's account and Region: give the id of the machine that is patched and ` +
        `configured now, or correct aws:region.`
    : explainDeniedLookUp(
        input,
        reason,
        "ec2:DescribeInstances and the other reads that docs/permissions.md lists",
      );
}

function refuseMembership(question: LaunchQuestion, golden: pulumi.Output<GoldenFacts>): pulumi.Output<void> {
  const { checker, inputs } = question;
  const { instanceId, autoScalingGroupName } = inputs;
  const found = lookUpMember(
    question,
    { instanceId, groupName: autoScalingGroupName, states: MEMBER_STATES },
    (id, { reason }) => explainDeniedLookUp(`instanceId ${quote(id)}`, reason, "ec2:DescribeInstances"),
    golden,
  );
  return checker.conclude(pulumi.all([instanceId, autoScalingGroupName]), found, ([id, groupName], { ids }) =>
    refuseMember(id, groupName, ids),
  );
}

/** Each template once, however often the group names it. */
function findTemplates(
  question: LaunchQuestion,
  source: pulumi.Output<LaunchSource>,
): pulumi.Output<TemplateFacts[]> {
  return source.apply((source) =>
    source.kind === "configuration"
      ? pulumi.output<TemplateFacts[]>([])
      : pulumi.all(collectTemplates(source.uses).map(({ id }) => findTemplate(question, source, id))),
  );
}

function findTemplate(
  question: LaunchQuestion,
  source: FromTemplates,
  id: string,
): pulumi.Output<TemplateFacts> {
  const { checker, component, inputs, place } = question;
  const { autoScalingGroupName } = inputs;
  const template = lookUpTemplate(question, autoScalingGroupName, id, (groupName, failure) =>
    explainMissingTemplate(groupName, id, failure),
  );
  const facts = checker.conclude(
    autoScalingGroupName,
    pulumi.all([template, place]),
    (groupName, [template, place]) => readTemplate(groupName, source, template, place),
  );
  return facts.apply((facts) => remarkOtherVersion(component, facts));
}

function explainMissingTemplate(groupName: string, id: string, { notFound, reason }: LookUpFailure): string {
  const input = `autoScalingGroupName ${quote(groupName)} uses launch template ${id}, which`;
  return notFound
    ? `${input} does not exist any more: set the group to one that does.`
    : explainDeniedLookUp(
        input,
        reason,
        "ec2:DescribeLaunchTemplates and ec2:DescribeLaunchTemplateVersions",
      );
}

/** No number is in it: it reads the same after every night. */
async function remarkOtherVersion(component: pulumi.Resource, facts: TemplateFacts): Promise<TemplateFacts> {
  if (!facts.ofVersionInUse) {
    await pulumi.log.info(
      `The group uses another version of launch template ${facts.id} than the latest, and only the latest can be looked ` +
        `up: the permissions are made for what the latest version names, and a roll-out changes nothing where the version in ` +
        `use needs others.`,
      component,
    );
  }
  return facts;
}
