import type { Account } from "../../rehearsal/account/account";
import type { LaunchTemplateSpecification } from "../../rehearsal/account/autoscaling/shapes";
import type { LaunchTemplate } from "../../rehearsal/account/ec2/launchTemplateShapes";
import type { Image } from "../../rehearsal/account/ec2/shapes";
import { addGroup } from "../../rehearsal/account/world/groups";
import { addInstance } from "../../rehearsal/account/world/machines";
import { PARAMETER } from "../../rehearsal/account/world/sources";
import type { Configured } from "../../rehearsal/verification";
import { isDescribedAsOurs, isNamedAsOurs, isOurImage, ourImages } from "../../rehearsal/verification/ours";
import { imagesOfGroups } from "../../rehearsal/verification/places";
import { uses } from "../../rehearsal/verification/uses";
import { addVersion, isOnParameter } from "./history";
import { GOLDEN, GROUP, group, template } from "./refresh";

/** Where a person or another program does something: the account, and a number that chooses one of several. */
export interface Scene {
  account: Account;
  configured: Configured;
  pick: number;
}

/** What people and other programs do between the nights. Where there is nothing to do it to, nothing happens. */
export const interventions = {
  /** Somebody puts the group back to an older image of ours. */
  "set-back": (scene) => {
    const { account } = scene;
    if (isOnConfiguration(account)) {
      const names = ourConfigurations(scene).filter(({ ImageId }) => isAvailable(account, ImageId));
      const chosen = choose(scene, names);
      group(account).LaunchConfigurationName =
        chosen?.LaunchConfigurationName ?? group(account).LaunchConfigurationName;
      return;
    }
    if (isOnParameter(account)) {
      const images = ofOurs(scene).filter(({ State }) => State === "available");
      account.ssm.parameters.set(PARAMETER, choose(scene, images)?.ImageId ?? valueOf(account));
      return;
    }
    const usable = ourVersions(scene).filter(({ LaunchTemplateData: { ImageId = "" } }) =>
      isAvailable(account, ImageId),
    );
    const version = choose(scene, usable);
    if (version) {
      launchVersion(account, version.VersionNumber, version.LaunchTemplateData.ImageId);
    }
  },
  /** Somebody lets the group launch from something made by hand, of the same kind. */
  switch: ({ account, pick }) => {
    const initial = account.ec2.allImages().find(({ Name }) => Name === "initial")?.ImageId ?? "";
    if (isOnParameter(account)) {
      account.ssm.parameters.set(PARAMETER, initial);
      return;
    }
    if (!isOnConfiguration(account)) {
      launchVersion(account, addVersion(account, { imageId: initial, description: "by hand" }));
      return;
    }
    const { launchConfigurations } = account.autoscaling;
    const current = launchConfigurations.get(group(account).LaunchConfigurationName ?? "");
    const name = `by-hand-${pick}-${launchConfigurations.size}`;
    if (current) {
      launchConfigurations.set(name, {
        ...current,
        LaunchConfigurationName: name,
        ImageId: initial,
        BlockDeviceMappings: [],
        CreatedTime: account.clock.now(),
      });
      group(account).LaunchConfigurationName = name;
    }
  },
  /** Another group launches what a run made, by its name or number. */
  pin: (scene) => {
    const { account } = scene;
    const name = `pinning-${account.autoscaling.groups.size}`;
    if (isOnConfiguration(account)) {
      const chosen = choose(
        scene,
        ourConfigurations(scene).filter(({ ImageId }) => isAvailable(account, ImageId)),
      );
      if (chosen) {
        const { LaunchConfigurationName } = chosen;
        addGroup(account, { name, size: 0, daysOld: 0, source: { LaunchConfigurationName } });
      }
      return;
    }
    const LaunchTemplate = choose(scene, numbered(scene));
    if (LaunchTemplate) {
      addGroup(account, { name, size: 0, daysOld: 0, source: { LaunchTemplate } });
    }
  },
  /** Another group follows the template of ours. */
  follow: ({ account, pick }) => {
    if (!isOnConfiguration(account)) {
      const { LaunchTemplateId, LaunchTemplateName } = template(account);
      const LaunchTemplate = {
        LaunchTemplateId,
        LaunchTemplateName,
        Version: pick % 2 === 0 ? "$Latest" : "$Default",
      };
      const name = `following-${account.autoscaling.groups.size}`;
      addGroup(account, { name, size: 0, daysOld: 0, source: { LaunchTemplate } });
    }
  },
  /** An override of another group names an image of ours. */
  override: (scene) => {
    const { account } = scene;
    const image = choose(
      scene,
      ofOurs(scene).filter(({ State }) => State === "available"),
    );
    const spare = [...account.ec2.launchTemplates.values()].find(
      ({ LaunchTemplateName }) => LaunchTemplateName === "other-team-fleet",
    );
    if (image && spare) {
      const { LaunchTemplateId, LaunchTemplateName } = spare;
      const LaunchTemplateSpecification = { LaunchTemplateId, LaunchTemplateName, Version: "1" };
      const Overrides = [{ InstanceType: "t3.small", ImageId: image.ImageId }];
      addGroup(account, {
        name: `mixing-${account.autoscaling.groups.size}`,
        size: 0,
        daysOld: 0,
        source: { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification, Overrides } } },
      });
    }
  },
  instance: (scene) => launchOne(scene, "running"),
  stopped: (scene) => launchOne(scene, "stopped"),
  share: (scene) => {
    const image = choose(scene, ofOurs(scene));
    if (image) {
      scene.account.ec2.launchPermissions.set(image.ImageId, [{ UserId: "444455556666" }]);
    }
  },
  keep: (scene) => void choose(scene, ofOurs(scene))?.Tags.push({ Key: "ami-refresh:keep", Value: "yes" }),
  /** Somebody deregisters an image by hand that nothing uses, and leaves its snapshots. */
  deregister: (scene) => {
    const image = choose(scene, unused(scene));
    if (image) {
      scene.account.ec2.removeImage(image.ImageId);
    }
  },
  protect: (scene) => {
    const image = choose(scene, ofOurs(scene));
    if (image) {
      image.DeregistrationProtection = "enabled-without-cooldown";
    }
  },
  disable: (scene) => {
    const image = choose(scene, unused(scene));
    if (image) {
      image.State = "disabled";
    }
  },
  /** Somebody copies an image of ours with its tags, under a name that looks like ours. */
  copy: (scene) => {
    const image = choose(scene, ofOurs(scene));
    if (image) {
      const Name = `${GOLDEN}_20${String(10 + (scene.account.ec2.allImages().length % 15))}-01-01`;
      imageFromSnapshots(scene.account, image, { Name, Tags: [...image.Tags] }, true);
    }
  },
  /** Somebody registers an image of the very snapshots of ours. */
  register: (scene) => {
    const image = choose(scene, ofOurs(scene));
    if (image) {
      imageFromSnapshots(
        scene.account,
        image,
        { Name: `by-hand-${scene.account.ec2.allImages().length}`, Tags: [] },
        false,
      );
    }
  },
  /** Somebody makes a version of our template by hand, with an image of ours. Over a parameter's it would be another kind of source. */
  version: (scene) => {
    const image = choose(
      scene,
      ofOurs(scene).filter(({ State }) => State === "available"),
    );
    if (image && !isOnConfiguration(scene.account) && !isOnParameter(scene.account)) {
      addVersion(scene.account, { imageId: image.ImageId, description: "by hand" });
    }
  },
  /** A launch configuration that nobody uses names an image of ours. */
  configuration: (scene) => {
    const { autoscaling, clock } = scene.account;
    const image = choose(scene, ofOurs(scene));
    const [some] = autoscaling.launchConfigurations.values();
    if (image) {
      const LaunchConfigurationName = `spare-${autoscaling.launchConfigurations.size}-${scene.pick}`;
      autoscaling.launchConfigurations.set(LaunchConfigurationName, {
        ...some,
        LaunchConfigurationName,
        ImageId: image.ImageId,
        BlockDeviceMappings: [],
        CreatedTime: clock.now(),
      });
    }
  },
  parameter: (scene) => {
    const image = choose(scene, ofOurs(scene));
    if (image) {
      const Arn = `arn:aws:ssm:ap-northeast-1:123456789012:parameter/${scene.pick}`;
      scene.account.ec2.otherImageReferences.push({
        ImageId: image.ImageId,
        ResourceType: "ssm:Parameter",
        Arn,
      });
    }
  },
  fleet: (scene) => {
    const specification = choose(scene, numbered(scene));
    if (specification) {
      const kind = scene.pick % 2 === 0 ? "ec2" : "spot";
      const id = `${kind === "ec2" ? "fleet" : "sfr"}-${scene.account.ids.uuid()}`;
      scene.account.ec2.fleets.push({
        id,
        kind,
        state: "active",
        type: "maintain",
        specifications: [specification],
      });
    }
  },
  /** Everybody else stops using what is ours. */
  release: ({ account }) => {
    for (const name of account.autoscaling.groups.keys()) {
      if (/^(pinning|following|mixing)-/.test(name)) {
        account.autoscaling.groups.delete(name);
      }
    }
    for (const name of account.autoscaling.launchConfigurations.keys()) {
      if (name.startsWith("spare-")) {
        account.autoscaling.launchConfigurations.delete(name);
      }
    }
    for (const { instance } of account.ec2.instances.values()) {
      if (instance.Tags.some(({ Value }) => Value === "by hand")) {
        instance.State.Name = "terminated";
      }
    }
    account.ec2.fleets.forEach((fleet) => {
      if (fleet.specifications.some(({ LaunchTemplateName }) => LaunchTemplateName === "web")) {
        fleet.state = fleet.kind === "ec2" ? "deleted_terminating" : "cancelled";
      }
    });
    account.ec2.otherImageReferences.splice(0);
    account.ec2.launchPermissions.clear();
    for (const image of account.ec2.allImages()) {
      delete image.DeregistrationProtection;
      image.Tags = image.Tags.filter(({ Key }) => Key !== "ami-refresh:keep");
    }
  },
} satisfies Record<string, (scene: Scene) => void>;

export type Intervention = keyof typeof interventions;

/** Whether roll-outs refuse to change what somebody else launches who follows the template. */
export function isFollowed({ autoscaling }: Account, { allowSharedTemplate }: Configured): boolean {
  const own = autoscaling.groups.get(GROUP);
  const byDefault = own?.LaunchTemplate?.Version === "$Default";
  return (
    !allowSharedTemplate &&
    [...autoscaling.groups].some(
      ([name, { LaunchTemplate }]) =>
        name.startsWith("following-") && (LaunchTemplate?.Version === "$Latest" || byDefault),
    )
  );
}

export function choose<T>({ pick }: Pick<Scene, "pick">, all: T[]): T | undefined {
  return all[pick % all.length];
}

function isOnConfiguration(account: Account): boolean {
  return group(account).LaunchConfigurationName !== undefined;
}

function valueOf({ ssm }: Account): string {
  return ssm.parameters.latest(PARAMETER)?.Value ?? "";
}

function isAvailable({ ec2 }: Account, imageId: string): boolean {
  return ec2.image(imageId)?.State === "available";
}

/** The oldest first: what retire would look at. */
export function ofOurs({ account, configured }: Scene): Image[] {
  return ourImages(account, configured)
    .filter(({ State }) => State === "available" || State === "disabled")
    .sort((one, other) => one.CreationDate.localeCompare(other.CreationDate));
}

function unused(scene: Scene): Image[] {
  const { account, configured } = scene;
  const used = uses(account, configured);
  const launched = new Set(imagesOfGroups(account));
  return ofOurs(scene).filter(({ ImageId }) => !used.has(ImageId) && !launched.has(ImageId));
}

function ourConfigurations({ account, configured }: Scene) {
  return [...account.autoscaling.launchConfigurations.values()].filter(
    ({ LaunchConfigurationName, ImageId }) =>
      isNamedAsOurs(configured, LaunchConfigurationName) &&
      isOurImage(account, configured, account.ec2.image(ImageId)),
  );
}

function ourVersions({ account, configured }: Scene) {
  return [...template(account).versions.values()].filter(
    (version) =>
      isDescribedAsOurs(version) &&
      isOurImage(account, configured, account.ec2.image(version.LaunchTemplateData.ImageId ?? "")),
  );
}

/** Versions of ours, as somebody refers to them who knows the number. */
function numbered(scene: Scene): LaunchTemplateSpecification[] {
  if (isOnConfiguration(scene.account)) {
    return [];
  }
  const { LaunchTemplateId, LaunchTemplateName } = template(scene.account);
  return ourVersions(scene)
    .filter(({ LaunchTemplateData: { ImageId = "" } }) => isAvailable(scene.account, ImageId))
    .map(({ VersionNumber }) => ({ LaunchTemplateId, LaunchTemplateName, Version: String(VersionNumber) }));
}

/** Lets the group launch the newest of earlier nights, as it does when these are over. */
export function launchNewest(account: Account, images: Image[]): void {
  const newest = images.at(-1);
  if (newest === undefined) {
    return;
  }
  if (isOnParameter(account)) {
    account.ssm.parameters.set(PARAMETER, newest.ImageId);
    return;
  }
  const isIts = ({ ImageId }: { ImageId?: string }) => ImageId === newest.ImageId;
  if (isOnConfiguration(account)) {
    const configurations = [...account.autoscaling.launchConfigurations.values()];
    group(account).LaunchConfigurationName = configurations.find(isIts)?.LaunchConfigurationName;
    return;
  }
  const versions = [...template(account).versions.values()];
  launchVersion(
    account,
    versions.find(({ LaunchTemplateData }) => isIts(LaunchTemplateData))?.VersionNumber ?? 0,
  );
}

/** Lets the group launch a version, in the way in which it refers to its template. */
function launchVersion(account: Account, number: number, imageId?: string): void {
  const found: LaunchTemplate = template(account);
  const { LaunchTemplate, MixedInstancesPolicy } = group(account);
  const refers = LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  if (refers?.Version === "$Default") {
    found.DefaultVersionNumber = number;
  } else if (refers?.Version === "$Latest") {
    if (imageId !== undefined) {
      addVersion(account, { imageId, description: "by hand" });
    }
  } else if (refers) {
    refers.Version = String(number);
  }
}

function launchOne(scene: Scene, state: string): void {
  const { account } = scene;
  const image = choose(
    scene,
    ofOurs(scene).filter(({ State }) => State === "available"),
  );
  if (image) {
    const tags = [{ Key: "Name", Value: "by hand" }];
    const { instance } = addInstance(account, {
      id: account.ids.next("i"),
      imageId: image.ImageId,
      daysOld: 0,
      tags,
    });
    instance.State = { Code: state === "running" ? 16 : 80, Name: state };
  }
}

function imageFromSnapshots(
  account: Account,
  from: Image,
  changes: Pick<Image, "Name" | "Tags">,
  copied: boolean,
): void {
  const ImageId = account.ids.next("ami");
  const BlockDeviceMappings = from.BlockDeviceMappings.map(({ Ebs, ...device }) => {
    const was = account.ec2.snapshot(Ebs.SnapshotId);
    if (!copied || was === undefined) {
      return { ...device, Ebs };
    }
    const SnapshotId = account.ids.next("snap");
    const Description = `Copied for DestinationAmi ${ImageId} from SourceAmi ${from.ImageId}`;
    account.ec2.addSnapshot({ ...was, SnapshotId, Description, StartTime: account.clock.now() });
    return { ...device, Ebs: { ...Ebs, SnapshotId } };
  });
  account.ec2.addImage({
    ...from,
    ...changes,
    ImageId,
    State: "available",
    DeregistrationProtection: undefined,
    SourceInstanceId: undefined,
    CreationDate: account.clock.now().toISOString(),
    BlockDeviceMappings,
  });
}
