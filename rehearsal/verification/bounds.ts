import type { Account } from "../account/account";
import type { LaunchTemplate, LaunchTemplateVersion } from "../account/ec2/launchTemplateShapes";
import type { Night, Run } from "../nights/run";
import { type Check, faultless } from "./check";
import type { Configured } from "./configured";
import {
  imageOfSnapshot,
  isDescribedAsOurs,
  isNamedAsOurs,
  isOursOrGone,
  isOurSnapshot,
  isToBeKept,
  ourImages,
} from "./ours";
import { groupPlaces, imagesOfGroups, type LaunchPlace, launchPlaces } from "./places";
import { type Uses, uses } from "./uses";

/** What is remembered of a night to compare it with others. */
export interface NightCounts {
  number: number;
  /** Success where all runs have ended so. */
  status: Run["status"];
  calls: number;
}

export function countsOf({ number, runs }: Night): NightCounts {
  const failed = runs.find(({ status }) => status !== "Success");
  const calls = runs.reduce((sum, run) => sum + run.calls.length, 0);
  return { number, status: failed?.status ?? "Success", calls };
}

/** From this night on the runbook has reached what it keeps, and each night does the same as the one before. */
const SETTLED = 30;
const MOST_GROWTH = 1.1;

/** Whether what the runbook keeps is bounded at the end of the nights, and so is what a night costs. */
export function boundChecks(account: Account, configured: Configured, nights: NightCounts[]): Check[] {
  if (!configured.retire) {
    return [];
  }
  const used = uses(account, configured);
  return [
    imagesAreBounded(account, configured, used),
    snapshotsHaveTheirImages(account, configured),
    configurationsAreBounded(account, configured),
    versionsAreBounded(account, configured, used),
    ...callsAreBounded(nights),
  ];
}

function imagesAreBounded(account: Account, configured: Configured, used: Uses): Check {
  const images = ourImages(account, configured).map(({ ImageId, Name }): Kept => [
    Name,
    keptByOthers(account, configured, used, ImageId),
  ]);
  return bounded("images", images, configured.retainImages + 1);
}

function snapshotsHaveTheirImages(account: Account, configured: Configured): Check {
  const ours = account.ec2
    .allSnapshots()
    .filter((snapshot) => isOurSnapshot(account, configured, snapshot) && !isToBeKept(snapshot))
    .map((snapshot) => ({ id: snapshot.SnapshotId, imageId: imageOfSnapshot(snapshot) ?? "" }));
  const left = ours.filter(({ imageId }) => account.ec2.image(imageId) === undefined);
  return faultless(
    "each snapshot that the runbook made belongs to an image that exists",
    left.map(({ id, imageId }) => `${id} was made for ${imageId}, which does not`),
    `${ours.length} snapshots`,
  );
}

function configurationsAreBounded(account: Account, configured: Configured): Check {
  const { groups, launchConfigurations } = account.autoscaling;
  const others = [...groups.values()].filter(
    ({ AutoScalingGroupName: name }) => name !== configured.autoScalingGroupName,
  );
  const configurations = [...launchConfigurations.values()]
    .filter(({ LaunchConfigurationName: name }) => isNamedAsOurs(configured, name))
    .filter(({ ImageId }) => isOursOrGone(account, configured, ImageId))
    .map(({ LaunchConfigurationName: name }): Kept => [
      name,
      others
        .filter(({ LaunchConfigurationName }) => LaunchConfigurationName === name)
        .map(({ AutoScalingGroupName }) => `group ${AutoScalingGroupName} refers to it`)
        .at(0),
    ]);
  return bounded("launch configurations", configurations, configured.retainLaunchConfigurations + 1);
}

function versionsAreBounded(account: Account, configured: Configured, used: Uses): Check {
  const perTemplate = [...account.ec2.launchTemplates.values()].map((template) => {
    const versions = [...template.versions.values()]
      .filter((version) => isDescribedAsOurs(version))
      .filter(({ LaunchTemplateData: { ImageId } }) => isOursOrGone(account, configured, ImageId))
      .map((version): Kept => [
        `version ${version.VersionNumber}`,
        versionKeptByOthers(account, configured, template, version) ??
          keptByOthers(account, configured, used, version.LaunchTemplateData.ImageId ?? ""),
      ]);
    const what = `versions of launch template ${template.LaunchTemplateName}`;
    return bounded(what, versions, configured.retainImages + 1);
  });
  const faults = perTemplate.filter(({ ok }) => !ok).map(({ detail }) => detail);
  const details = perTemplate.filter(({ detail }) => !detail.startsWith("0 ")).map(({ detail }) => detail);
  const check = `at most ${configured.retainImages + 1} versions of each launch template are the runbook's`;
  return faultless(check, faults, details.join("; ") || "there are none");
}

/** A name, and what keeps it whatever its age and whatever the group does. */
type Kept = [name: string, reason: string | undefined];

/** Why an image stays, if that is not for the sake of the group itself. */
function keptByOthers(
  account: Account,
  { autoScalingGroupName }: Configured,
  used: Uses,
  imageId: string,
): string | undefined {
  const launched = imagesOfGroups(account, autoScalingGroupName);
  // What still names an image that is gone keeps nothing.
  const isThere = account.ec2.image(imageId) !== undefined;
  return isThere && !launched.includes(imageId) ? used.get(imageId)?.at(0) : undefined;
}

/** Who else refers to a version by its number, where the group itself does not. */
function versionKeptByOthers(
  account: Account,
  { autoScalingGroupName }: Configured,
  { LaunchTemplateId: id }: LaunchTemplate,
  { VersionNumber: number }: LaunchTemplateVersion,
): string | undefined {
  const pins = ({ template }: LaunchPlace) =>
    template?.LaunchTemplateId === id && template.Version === String(number);
  if (groupPlaces(account, autoScalingGroupName).some(pins)) {
    return undefined;
  }
  const other = launchPlaces(account).find(pins);
  return other && `${other.who} refers to it`;
}

function bounded(what: string, all: Kept[], most: number): Check {
  const counted = all.filter(([, reason]) => reason === undefined);
  const kept = all.flatMap(([name, reason]) => (reason === undefined ? [] : [`${name}, because ${reason}`]));
  const others = kept.length === 0 ? "" : `, and beside these ${kept.join("; ")}`;
  const detail = `${counted.length} ${what}${others}`;
  return { check: `at most ${most} ${what} are the runbook's`, ok: counted.length <= most, detail };
}

/** Nights that failed made fewer calls, so they are not compared. */
function callsAreBounded(nights: NightCounts[]): Check[] {
  const settled = nights.filter(({ number, status }) => number >= SETTLED && status === "Success");
  const [first, last] = [settled.at(0), settled.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    return [];
  }
  return [
    {
      check: `night ${last.number} made at most ${MOST_GROWTH} times the calls of night ${first.number}`,
      ok: last.calls <= MOST_GROWTH * first.calls,
      detail: `${last.calls} calls, and ${first.calls}`,
    },
  ];
}
