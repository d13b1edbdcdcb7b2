import type { AccountState } from "../account/state";
import type { LaunchTemplate, LaunchTemplateVersion } from "../account/ec2/launchTemplateShapes";
import { isYoung } from "./age";
import { type Check, faultless } from "./check";
import type { Configured } from "./configured";
import { callsAreBounded, type NightCounts } from "./costs";
import { type Keeping, keepingNow, keptByOthers, keptForNow, versionKeptByOthers } from "./keeping";
import {
  imageOfSnapshot,
  isDescribedAsOurs,
  isNamedAsOurs,
  isOursOrGone,
  isOurSnapshot,
  isToBeKept,
  ourImages,
} from "./ours";

/** A name, and what keeps it whatever its age and whatever the group does. */
type Kept = [name: string, reason: string | undefined];

/** Whether what the runbooks keep is bounded at the end of the nights, and so is what a night costs. */
export function boundChecks(account: AccountState, configured: Configured, nights: NightCounts[]): Check[] {
  if (!configured.retire) {
    return [];
  }
  const keeping = keepingNow(account, configured);
  return [
    imagesAreBounded(keeping),
    snapshotsHaveTheirImages(keeping),
    configurationsAreBounded(keeping),
    versionsAreBounded(keeping),
    ...callsAreBounded(nights),
  ];
}

function imagesAreBounded(keeping: Keeping): Check {
  const { account, configured, retained } = keeping;
  const images = ourImages(account, configured).map(({ ImageId, Name, CreationDate }): Kept => [
    Name,
    keptByOthers(keeping, ImageId) ??
      (retained.images.has(ImageId) ? undefined : keptForNow(keeping, ImageId, CreationDate)),
  ]);
  return bounded("images", images, configured.retainImages + 1);
}

/** But for those that somebody keeps, or has made an image of. */
function snapshotsHaveTheirImages({ account, configured, used }: Keeping): Check {
  const { ec2 } = account;
  const ours = ec2
    .allSnapshots()
    .filter((snapshot) => isOurSnapshot(account, configured, snapshot) && !isToBeKept(snapshot))
    .filter(({ StartTime }) => !isYoung(account, StartTime))
    .map((snapshot) => ({ id: snapshot.SnapshotId, imageId: imageOfSnapshot(snapshot) ?? "" }));
  const left = ours
    .filter(({ imageId }) => ec2.image(imageId) === undefined && !used.has(imageId))
    .filter(({ id }) => ec2.imagesOfSnapshot(id).length === 0);
  return faultless(
    "each snapshot that the runbooks made belongs to an image that exists",
    left.map(({ id, imageId }) => `${id} was made for ${imageId}, which does not`),
    `${ours.length} snapshots`,
  );
}

function configurationsAreBounded(keeping: Keeping): Check {
  const { account, configured, retained } = keeping;
  const { groups, launchConfigurations } = account.autoscaling;
  const others = [...groups.values()].filter(
    ({ AutoScalingGroupName: name }) => name !== configured.autoScalingGroupName,
  );
  const configurations = [...launchConfigurations.values()]
    .filter(({ LaunchConfigurationName: name }) => isNamedAsOurs(configured, name))
    .filter(({ ImageId }) => isOursOrGone(account, configured, ImageId))
    .map(({ LaunchConfigurationName: name, ImageId, CreatedTime }): Kept => [
      name,
      others
        .filter(({ LaunchConfigurationName }) => LaunchConfigurationName === name)
        .map(({ AutoScalingGroupName }) => `group ${AutoScalingGroupName} refers to it`)
        .at(0) ?? (retained.configurations.has(name) ? undefined : keptForNow(keeping, ImageId, CreatedTime)),
    ]);
  return bounded("launch configurations", configurations, configured.retainLaunchConfigurations + 1);
}

function versionsAreBounded(keeping: Keeping): Check {
  const { account, configured, retained } = keeping;
  const perTemplate = [...account.ec2.launchTemplates.values()].map((template) => {
    const versions = onePerImage(account, configured, template).map((version): Kept => {
      const { VersionNumber, CreateTime, LaunchTemplateData } = version;
      const { ImageId: imageId = "" } = LaunchTemplateData;
      return [
        `version ${VersionNumber}`,
        versionKeptByOthers(keeping, template, version) ??
          keptByOthers(keeping, imageId) ??
          (retained.images.has(imageId) ? undefined : keptForNow(keeping, imageId, CreateTime)),
      ];
    });
    const what = `versions of launch template ${template.LaunchTemplateName}`;
    return bounded(what, versions, configured.retainImages + 1);
  });
  const faults = perTemplate.filter(({ ok }) => !ok).map(({ detail }) => detail);
  const details = perTemplate.filter(({ detail }) => !detail.startsWith("0 ")).map(({ detail }) => detail);
  const check = `at most ${configured.retainImages + 1} versions of each launch template are the runbooks'`;
  return faultless(check, faults, details.join("; ") || "there are none");
}

/** Each roll-back makes a version more, which goes together with its image: of each image the newest counts. */
function onePerImage(
  account: AccountState,
  configured: Configured,
  { versions }: LaunchTemplate,
): LaunchTemplateVersion[] {
  const ours = [...versions.values()]
    .filter((version) => isDescribedAsOurs(version))
    .filter(({ LaunchTemplateData: { ImageId } }) => isOursOrGone(account, configured, ImageId));
  return [...new Map(ours.map((version) => [version.LaunchTemplateData.ImageId, version])).values()];
}

function bounded(what: string, all: Kept[], most: number): Check {
  const counted = all.filter(([, reason]) => reason === undefined);
  const kept = all.flatMap(([name, reason]) => (reason === undefined ? [] : [`${name}, because ${reason}`]));
  const others = kept.length === 0 ? "" : `, and beside these ${kept.join("; ")}`;
  const detail = `${counted.length} ${what}${others}`;
  return { check: `at most ${most} ${what} are the runbooks'`, ok: counted.length <= most, detail };
}
