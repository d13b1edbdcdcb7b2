import type { AccountState } from "../state";
import type { LaunchSource } from "../autoscaling/shapes";
import type { InstanceRecord } from "../ec2";
import { addGroup } from "./groups";
import { addLaunchConfiguration } from "./launchConfigurations";
import { addLaunchTemplate, contents } from "./launchTemplates";
import { addInstance, addOwnImage } from "./machines";

/** What AWS gives an account in a Region, and so many images as nobody would look through one by one. */
export const crowd = {
  groups: 500,
  launchTemplates: 5_000,
  /** All but those that a run keeps, and the one that it makes. */
  launchConfigurations: 200 - 3,
  /** Of other teams. */
  images: 50_000,
};

const daysOld = 40;

/** Fills an account with what other teams have, up to AWS's quotas. */
export function addCrowd(account: AccountState, publicImage: string): void {
  const images = addImages(account, publicImage);
  const configurations = addConfigurations(account, images);
  addGroups(account, images, configurations);
  addTemplates(account, images);
}

/** Like a part of those of the other team, one in ten was made by this very software, for a group of the crowd. */
function addImages(account: AccountState, publicImage: string): string[] {
  const source = addInstance(account, {
    id: account.ids.next("i"),
    imageId: publicImage,
    daysOld: daysOld + 1,
    tags: [{ Key: "team", Value: "crowd" }],
  });
  return Array.from({ length: crowd.images }, (_, index) => addImage(account, source, index));
}

function addImage(account: AccountState, source: InstanceRecord, index: number): string {
  const tags = [{ Key: "team", Value: `crowd-${index % crowd.groups}` }];
  const refreshed = { Key: "ami-refresh:auto-scaling-group", Value: nameOf(index % crowd.groups) };
  return addOwnImage(account, {
    name: `crowd-image-${index}`,
    daysOld,
    source,
    tags: index % 10 === 0 ? [...tags, refreshed] : tags,
  });
}

function addConfigurations(account: AccountState, images: string[]): LaunchSource[] {
  const missing = crowd.launchConfigurations - account.autoscaling.launchConfigurations.size;
  return Array.from({ length: missing }, (_, index) =>
    addLaunchConfiguration(account, { name: nameOf(index), imageId: images[index], daysOld }),
  );
}

/** Every fifth on a launch configuration, every fifth on a mixed instances policy, the others on a version of a template. */
function addGroups(account: AccountState, images: string[], configurations: LaunchSource[]): void {
  const missing = crowd.groups - account.autoscaling.groups.size;
  for (let index = 0; index < missing; index += 1) {
    const image = (which: number) => images[(3 * index + which) % images.length];
    const source = [
      () => configurations[(index / 5) % configurations.length],
      () => mixed(account, nameOf(index), image),
      () => ({ LaunchTemplate: pinned(account, nameOf(index), image) }),
    ][Math.min(index % 5, 2)];
    addGroup(account, { name: nameOf(index), size: 1 + (index % 2), daysOld: daysOld - 1, source: source() });
  }
}

/**
 * A version by its number, which is neither the default version nor the latest: who asks for these of all templates at once
 * does not see it.
 */
function pinned(account: AccountState, name: string, image: (which: number) => string) {
  const versions = [0, 1, 2].map((which) => contents({ imageId: image(which), role: name }));
  return addLaunchTemplate(account, { name, daysOld, versions, defaultVersion: 1 })("2");
}

function mixed(account: AccountState, name: string, image: (which: number) => string): LaunchSource {
  return {
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: pinned(account, name, image),
        Overrides: [
          { InstanceType: "t3.small" },
          {
            InstanceType: "m5.large",
            LaunchTemplateSpecification: pinned(account, `${name}-large`, image),
          },
          { InstanceType: "c5.large", ImageId: image(2) },
        ],
      },
    },
  };
}

/** Templates that no group uses. */
function addTemplates(account: AccountState, images: string[]): void {
  const missing = crowd.launchTemplates - account.ec2.launchTemplates.size;
  for (let index = 0; index < missing; index += 1) {
    const name = `crowd-template-${index}`;
    const versions = [contents({ imageId: images[index % images.length], role: name })];
    addLaunchTemplate(account, { name, daysOld, versions, defaultVersion: 1 });
  }
}

function nameOf(index: number): string {
  return `crowd-${index}`;
}
