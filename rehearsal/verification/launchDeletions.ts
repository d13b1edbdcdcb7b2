import type { AccountState } from "../account/state";
import type { Members } from "../account/api";
import type { LaunchConfiguration } from "../account/autoscaling/shapes";
import { findLaunchTemplate, latestNumber } from "../account/ec2/launchTemplates";
import type { LaunchTemplate, LaunchTemplateVersion } from "../account/ec2/launchTemplateShapes";
import { AwsError } from "../account/errors";
import { isYoung, YOUNG } from "./age";
import { type Deleter, type Deletion, type Judging, newest, NOT_OURS } from "./deletion";
import { isDescribedAsOurs, isOurConfiguration, isOurVersion } from "./ours";
import { launchPlaces } from "./places";

const IMAGE_LAUNCHED_BEFORE = "the group launched its image before";

export function ofConfiguration(judging: Judging, { LaunchConfigurationName }: Members): Deletion[] {
  const name = String(LaunchConfigurationName);
  const found = () => judging.account.autoscaling.launchConfigurations.get(name);
  const deletion: Deletion = {
    what: `launch configuration ${name}`,
    exists: () => found() !== undefined,
    objections: () => {
      const configuration = found();
      return configuration === undefined ? [] : objectionsToConfiguration(judging, configuration);
    },
  };
  return [deletion];
}

function objectionsToConfiguration(
  { account, configured, retained }: Judging,
  configuration: LaunchConfiguration,
): string[] {
  const { LaunchConfigurationName: name, ImageId: imageId, CreatedTime } = configuration;
  return [
    ...(isOurConfiguration(account, configured, configuration) ? [] : [NOT_OURS]),
    ...(isYoung(account, CreatedTime) ? [YOUNG] : []),
    ...[...account.autoscaling.groups.values()]
      .filter(({ LaunchConfigurationName }) => LaunchConfigurationName === name)
      .map(({ AutoScalingGroupName }) => `group ${AutoScalingGroupName} refers to it`),
    ...(retained.configurations.has(name)
      ? [newest(configured.retainLaunchConfigurations, "launch configurations")]
      : []),
    // Without its image it is of no use.
    ...(retained.before.has(imageId) && account.ec2.image(imageId) ? [IMAGE_LAUNCHED_BEFORE] : []),
  ];
}

export function ofVersions(judging: Judging, params: Members): Deletion[] {
  const template = templateOf(judging.account, params);
  const numbers = Array.isArray(params.Versions) ? params.Versions.map(Number) : [];
  return template === undefined ? [] : numbers.map((number) => ofVersion(judging, template, number));
}

function ofVersion(judging: Judging, template: LaunchTemplate, number: number): Deletion {
  return {
    what: `version ${number} of launch template ${template.LaunchTemplateName}`,
    exists: () => template.versions.has(number),
    objections: () => {
      const version = template.versions.get(number);
      return version === undefined ? [] : objectionsToVersion(judging, template, version);
    },
  };
}

function objectionsToVersion(
  judging: Judging,
  template: LaunchTemplate,
  version: LaunchTemplateVersion,
): string[] {
  const { account, configured, deleter, retained } = judging;
  const { VersionNumber: number, CreateTime, LaunchTemplateData: data } = version;
  const used = [
    ...(number === template.DefaultVersionNumber ? ["it is the default version"] : []),
    ...pinnedBy(account, template, number).map((who) => `${who} refers to it`),
  ];
  if (isMadeBy(account, deleter, version)) {
    return used;
  }
  const imageId = data.ImageId ?? "";
  return [
    ...(isOurVersion(account, configured, version) ? [] : [NOT_OURS]),
    ...(["roll-out", "prepare", "refresh"].includes(deleter.runbook ?? "")
      ? ["this run did not make it"]
      : []),
    ...(isYoung(account, CreateTime) ? [YOUNG] : []),
    ...used,
    ...(number === latestNumber(template) ? ["it is the latest version"] : []),
    ...(retained.images.has(imageId)
      ? [`it names image ${imageId}, and ${newest(configured.retainImages, "images")}`]
      : []),
    ...(retained.before.has(imageId) && account.ec2.image(imageId) ? [IMAGE_LAUNCHED_BEFORE] : []),
  ];
}

/** A roll-out that has failed takes back what it has just made, the latest version above all. */
function isMadeBy(account: AccountState, deleter: Deleter, version: LaunchTemplateVersion): boolean {
  const { VersionDescription: description = "" } = version;
  return (
    isDescribedAsOurs(version) && rollOutOf(account, deleter).some((id) => description.endsWith(` ${id}`))
  );
}

/** The executions of one roll-out: the run itself, what it started, and what was started with it. */
function rollOutOf({ ssm }: AccountState, { executionId }: Deleter): string[] {
  const parentOf = (id: string) => ssm.executions.get(id)?.ParentAutomationExecutionId;
  const parent = parentOf(executionId ?? "");
  const others = [...ssm.executions.keys()].filter((id: string) => {
    const other = parentOf(id);
    return other !== undefined && (other === executionId || other === parent);
  });
  return executionId === undefined ? others : [executionId, ...others];
}

/** Who refers to a version by its number. */
function pinnedBy(
  account: AccountState,
  { LaunchTemplateId: id, LaunchTemplateName: name }: LaunchTemplate,
  number: number,
): string[] {
  return launchPlaces(account)
    .filter(({ template }) =>
      template?.LaunchTemplateId === undefined
        ? template?.LaunchTemplateName === name
        : template.LaunchTemplateId === id,
    )
    .filter(({ template }) => template?.Version === String(number))
    .map(({ who }) => who);
}

/** None where the call names none: then it fails. */
function templateOf({ ec2 }: AccountState, params: Members): LaunchTemplate | undefined {
  try {
    return findLaunchTemplate(ec2, params);
  } catch (error) {
    if (error instanceof AwsError) {
      return undefined;
    }
    throw error;
  }
}
