import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";
import { quoted } from "../quoted";
import { combine } from "./combine";
import { factsAsGiven, LaunchFacts } from "./facts";
import { LookUpFailure } from "./failure";
import { GoldenFacts, goldenFactsOf, MEMBER_STATES, refuseMember } from "./goldenInstance";
import { cannotBeLookedUp, Looking } from "./looking";
import { lookUpProfiles } from "./lookUpProfiles";
import { lookUpGroup, lookUpInstance, lookUpMember, lookUpTemplate } from "./lookUps";
import { LaunchSource, launchSourceOf, UsedVersion, usedTemplates } from "./source";
import { TemplateFacts, templateFactsOf } from "./templateFacts";

/**
 * What the group launches with, as far as it decides a permission. Nothing is looked up where both arguments that take the
 * place of looking are given. With one of them everything is looked up, and that one is held against what was found.
 */
export function launchFacts(looking: Looking): pulumi.Output<LaunchFacts> {
  const { launchTemplateIds, instanceProfileRoleArns } = looking.inputs;
  return looking.checker.mustPass(
    launchTemplateIds !== undefined && instanceProfileRoleArns !== undefined
      ? pulumi
          .all([launchTemplateIds, instanceProfileRoleArns, looking.place])
          .apply(([ids, roleArns, place]) => factsAsGiven(ids, roleArns, place))
      : lookedUp(looking),
  );
}

function lookedUp(looking: Looking): pulumi.Output<LaunchFacts> {
  const { checker, inputs } = looking;
  checker.mustPass(refuseMembership(looking));
  const source = sourceOfGroup(looking);
  const golden = goldenInstance(looking);
  const templates = templatesOf(looking, source);
  const profiles = lookUpProfiles(looking, source, golden, templates);
  return checker.conclude(
    inputs.instanceProfileRoleArns ?? pulumi.output(undefined),
    pulumi.output({ source, golden, templates, profiles }),
    combine,
  );
}

function sourceOfGroup(looking: Looking): pulumi.Output<LaunchSource> {
  const { autoScalingGroupName, launchTemplateIds } = looking.inputs;
  const group = lookUpGroup(looking, autoScalingGroupName, groupMissing);
  const source = looking.checker.conclude(autoScalingGroupName, group, launchSourceOf);
  return launchTemplateIds === undefined
    ? source
    : looking.checker.conclude(launchTemplateIds, source, refuseOtherTemplates);
}

function groupMissing(name: string, { notFound, reason }: LookUpFailure): string {
  const input = `autoScalingGroupName ${quoted(name)}`;
  return notFound
    ? `${input} does not exist in the provider's account and Region: give the name that the EC2 console shows, or correct ` +
        `aws:region; of a group that the same program makes give the Output, group.name.`
    : cannotBeLookedUp(input, reason, "autoscaling:DescribeAutoScalingGroups");
}

function refuseOtherTemplates(given: string[], source: LaunchSource): LaunchSource {
  const ids = source.kind === "configuration" ? [] : usedTemplates(source.uses).map(({ id }) => id);
  if (ids.join() !== given.join()) {
    const kind = source.kind === "configuration" ? "a launch configuration" : "launch templates";
    throw new InputError(
      `launchTemplateIds ${quoted(given)} are not those of the group, which uses ${kind}: give ${quoted(ids)}, or leave ` +
        `launchTemplateIds out and they are looked up.`,
    );
  }
  return source;
}

function goldenInstance(looking: Looking): pulumi.Output<GoldenFacts> {
  const { checker, inputs, place } = looking;
  const instance = lookUpInstance(looking, inputs.instanceId, instanceMissing);
  return checker.conclude(inputs.instanceId, pulumi.all([instance, place]), (id, [instance, place]) =>
    goldenFactsOf(id, instance, place),
  );
}

function instanceMissing(id: string, { notFound, reason }: LookUpFailure): string {
  const input = `instanceId ${quoted(id)}`;
  return notFound
    ? `${input} does not exist in the provider's account and Region: give the id of the machine that is patched and ` +
        `configured now, or correct aws:region.`
    : cannotBeLookedUp(input, reason, "ec2:DescribeInstances and the other reads that README.md lists");
}

function refuseMembership(looking: Looking): pulumi.Output<void> {
  const { checker, inputs } = looking;
  const { instanceId, autoScalingGroupName } = inputs;
  const found = lookUpMember(
    looking,
    { instanceId, groupName: autoScalingGroupName, states: MEMBER_STATES },
    (id, { reason }) => cannotBeLookedUp(`instanceId ${quoted(id)}`, reason, "ec2:DescribeInstances"),
  );
  return checker.conclude(pulumi.all([instanceId, autoScalingGroupName]), found, ([id, groupName], { ids }) =>
    refuseMember(id, groupName, ids),
  );
}

/** Each template once, however often the group names it. */
function templatesOf(looking: Looking, source: pulumi.Output<LaunchSource>): pulumi.Output<TemplateFacts[]> {
  return source.apply((source) =>
    source.kind === "configuration"
      ? pulumi.output<TemplateFacts[]>([])
      : pulumi.all(usedTemplates(source.uses).map(({ id }) => factsOfTemplate(looking, source.uses, id))),
  );
}

function factsOfTemplate(looking: Looking, uses: UsedVersion[], id: string): pulumi.Output<TemplateFacts> {
  const { checker, component, inputs, place } = looking;
  const { autoScalingGroupName } = inputs;
  const template = lookUpTemplate(looking, autoScalingGroupName, id, (groupName, failure) =>
    templateMissing(groupName, id, failure),
  );
  const facts = checker.conclude(
    autoScalingGroupName,
    pulumi.all([template, place]),
    (groupName, [template, place]) => templateFactsOf(groupName, uses, template, place),
  );
  return facts.apply((facts) => remark(component, facts));
}

function templateMissing(groupName: string, id: string, { notFound, reason }: LookUpFailure): string {
  const input = `autoScalingGroupName ${quoted(groupName)} uses launch template ${id}, which`;
  return notFound
    ? `${input} does not exist any more: set the group to one that does.`
    : cannotBeLookedUp(input, reason, "ec2:DescribeLaunchTemplates and ec2:DescribeLaunchTemplateVersions");
}

/** No number is in the remark: it reads the same after every night. */
async function remark(component: pulumi.Resource, facts: TemplateFacts): Promise<TemplateFacts> {
  if (!facts.ofVersionInUse) {
    await pulumi.log.info(
      `The group uses another version of launch template ${facts.id} than the latest, and only the latest can be looked ` +
        `up: the permissions are made for what the latest version names, and a run ends before it does anything where the ` +
        `version in use needs others.`,
      component,
    );
  }
  return facts;
}
