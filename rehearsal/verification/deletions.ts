import type { Account } from "../account/account";
import type { Members } from "../account/api";
import { findLaunchTemplate, latestNumber } from "../account/ec2/launchTemplates";
import type { LaunchTemplate, LaunchTemplateVersion } from "../account/ec2/launchTemplateShapes";
import { AwsError } from "../account/errors";
import type { Night, Run, Watch } from "../nights/run";
import { type Check, faultless } from "./check";
import type { Configured } from "./configured";
import {
  imageOfSnapshot,
  isDescribedAsOurs,
  isOurConfiguration,
  isOurImage,
  isOurSnapshot,
  isOurVersion,
  isToBeKept,
  KEPT,
} from "./ours";
import { launchPlaces } from "./places";
import { type Retained, retainedNow } from "./rolledOut";
import { uses } from "./uses";

/** One thing that a call is about to delete. */
interface Deletion {
  /** Its name in a sentence. */
  what: string;
  exists: () => boolean;
  /** Why it must not be deleted, in words that can follow its name; asked only of what exists. */
  objections: () => string[];
}

/** What a deletion is judged by. */
interface Judging {
  account: Account;
  configured: Configured;
  /** The run that calls. */
  executionId: string;
  /** What a roll-back may need. An image that is deleted takes its word on what was rolled out before it with it. */
  retained: Retained;
}

/** What a call would delete, by the name of its API. */
const deletionsOf: Record<string, (judging: Judging, params: Members) => Deletion[]> = {
  "ec2:DeregisterImage": (judging, { ImageId }) => [ofImage(judging, String(ImageId))],
  "ec2:DeleteSnapshot": (judging, { SnapshotId }) => [ofSnapshot(judging, String(SnapshotId))],
  "ec2:DeleteLaunchTemplateVersions": ofVersions,
  "autoscaling:DeleteLaunchConfiguration": (judging, { LaunchConfigurationName: name }) => [
    ofConfiguration(judging, String(name)),
  ],
};

/**
 * Judges a call of a run before it is made, knowing nothing of how the run decided: what it would delete that is not the
 * runbook's own, or that something uses, or that a roll-back may need. Undefined where there is nothing to object to.
 */
export function judgeDeletion(
  account: Account,
  configured: Configured,
  service: string,
  api: string,
  params: Members,
  executionId = "",
): string | undefined {
  const judging = { account, configured, executionId, retained: retainedNow(account, configured) };
  const complaints = deletions(judging, service, api, params)
    .filter(({ exists }) => exists())
    .flatMap(complaint);
  return complaints.length === 0 ? undefined : complaints.join(" ");
}

/** Stands around the account's calls in a run, and adds to its offences what was deleted and should not have been. */
export function watchDeletions(account: Account, configured: Configured, run: Run): Watch {
  let before: Retained | undefined;
  return (call) => (service, api, params) => {
    if (!isDeletion(service, api)) {
      return call(service, api, params);
    }
    // As it was when the run began to delete.
    before ??= retainedNow(account, configured);
    const judging = { account, configured, executionId: run.executionId ?? "", retained: before };
    const offences = deletions(judging, service, api, params)
      .filter(({ exists }) => exists())
      .map((deletion) => ({ gone: () => !deletion.exists(), words: complaint(deletion) }));
    try {
      return call(service, api, params);
    } finally {
      // Whatever was answered: it counts what became of it.
      run.offences.push(...offences.flatMap(({ gone, words }) => (gone() ? words : [])));
    }
  };
}

export function nothingElseWasDeleted({ runs }: Night): Check {
  const offences = runs.flatMap((run) => run.offences);
  const made = runs
    .flatMap(({ calls }) => calls)
    .filter(({ service, api, error }) => error === undefined && isDeletion(service, api));
  return faultless(
    "nothing was deleted that is not the runbook's own, or that something uses",
    offences,
    made.length === 1 ? "1 deletion" : `${made.length} deletions`,
  );
}

function isDeletion(service: string, api: string): boolean {
  return Object.hasOwn(deletionsOf, `${service}:${api}`);
}

function deletions(judging: Judging, service: string, api: string, params: Members): Deletion[] {
  return deletionsOf[`${service}:${api}`]?.(judging, params) ?? [];
}

function complaint({ what, objections }: Deletion): string[] {
  const found = objections();
  return found.length === 0 ? [] : [`${what} must not be deleted: ${found.join(", ")}.`];
}

const NOT_OURS = "it is not the runbook's own";

function ofImage({ account, configured, retained: kept }: Judging, imageId: string): Deletion {
  return {
    what: `image ${imageId}`,
    exists: () => account.ec2.image(imageId) !== undefined,
    objections: () => [
      ...(isOurImage(account, configured, account.ec2.image(imageId)) ? [] : [NOT_OURS]),
      ...(uses(account, configured).get(imageId) ?? []),
      ...(kept.images.includes(imageId) ? [retained(configured.retainImages, "images")] : []),
    ],
  };
}

function ofSnapshot({ account, configured }: Judging, snapshotId: string): Deletion {
  const { ec2 } = account;
  const own = () => ec2.snapshot(snapshotId);
  return {
    what: `snapshot ${snapshotId}`,
    exists: () => own() !== undefined,
    objections: () => {
      const snapshot = own();
      const madeFor = ec2.image((snapshot && imageOfSnapshot(snapshot)) ?? "");
      const images = new Set([...ec2.imagesOfSnapshot(snapshotId), ...(madeFor ? [madeFor] : [])]);
      return [
        ...(snapshot && isOurSnapshot(account, configured, snapshot) ? [] : [NOT_OURS]),
        ...[...images].map(({ ImageId }) => `image ${ImageId} is made of it`),
        ...(snapshot && isToBeKept(snapshot) ? [KEPT] : []),
      ];
    },
  };
}

function ofConfiguration({ account, configured, retained: kept }: Judging, name: string): Deletion {
  const { launchConfigurations, groups } = account.autoscaling;
  return {
    what: `launch configuration ${name}`,
    exists: () => launchConfigurations.has(name),
    objections: () => {
      const configuration = launchConfigurations.get(name);
      const ours = configuration && isOurConfiguration(account, configured, configuration);
      return [
        ...(ours ? [] : [NOT_OURS]),
        ...[...groups.values()]
          .filter(({ LaunchConfigurationName }) => LaunchConfigurationName === name)
          .map(({ AutoScalingGroupName }) => `group ${AutoScalingGroupName} refers to it`),
        ...(kept.configurations.includes(name)
          ? [retained(configured.retainLaunchConfigurations, "launch configurations")]
          : []),
      ];
    },
  };
}

function ofVersions(judging: Judging, params: Members): Deletion[] {
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
  { account, configured, executionId, retained: kept }: Judging,
  template: LaunchTemplate,
  version: LaunchTemplateVersion,
): string[] {
  const number = version.VersionNumber;
  const { VersionDescription: description = "", LaunchTemplateData: data } = version;
  const used = [
    ...(number === template.DefaultVersionNumber ? ["it is the default version"] : []),
    ...pinnedBy(account, template, number).map((who) => `${who} refers to it`),
  ];
  // A run whose roll-out has failed takes back what it has just made, the latest version above all.
  const takenBack =
    executionId !== "" && isDescribedAsOurs(version) && description.endsWith(` ${executionId}`);
  if (takenBack) {
    return used;
  }
  return [
    ...(isOurVersion(account, configured, version) ? [] : [NOT_OURS]),
    ...used,
    ...(number === latestNumber(template) ? ["it is the latest version"] : []),
    ...(kept.images.includes(data.ImageId ?? "")
      ? [`it names image ${data.ImageId}, and ${retained(configured.retainImages, "images")}`]
      : []),
  ];
}

/** Who refers to a version by its number. */
function pinnedBy(
  account: Account,
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
function templateOf({ ec2 }: Account, params: Members): LaunchTemplate | undefined {
  try {
    return findLaunchTemplate(ec2, params);
  } catch (error) {
    if (error instanceof AwsError) {
      return undefined;
    }
    throw error;
  }
}

function retained(count: number, what: string): string {
  return `it is one of the newest ${count} ${what} that were rolled out`;
}
