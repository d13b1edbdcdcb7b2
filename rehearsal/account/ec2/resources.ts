import type { AccountState } from "../state";
import type { Place } from "../api";
import type { Context } from "../policyConditions";
import { templateNamed, type TemplateReference } from "./launchTemplates";
import type { Image, Snapshot, Tag } from "./shapes";

/** An instance as policies see it: its ARN, and the condition keys that tell about it. */
export function instanceResource(
  account: AccountState,
  instanceId: string,
): { resource: string; context: Context } {
  const { partition, region, accountId } = account.place;
  return {
    resource: `arn:${partition}:ec2:${region}:${accountId}:instance/${instanceId}`,
    context: { "ec2:InstanceID": instanceId, ...instanceContext(account, instanceId) },
  };
}

function instanceContext({ ec2 }: AccountState, instanceId: string): Context {
  const instance = ec2.instances.get(instanceId)?.instance;
  if (!instance) {
    return {};
  }
  return { "ec2:InstanceType": instance.InstanceType, ...resourceTags(instance.Tags) };
}

/** A launch template as policies see it. One that is named and that there is not could be any. */
export function launchTemplateResource(
  { place, ec2 }: AccountState,
  { LaunchTemplateId: id, LaunchTemplateName: name = "" }: TemplateReference,
): { resource: string; context: Context } {
  const template = id === undefined ? templateNamed(ec2, name) : ec2.launchTemplates.get(id);
  const { partition, region, accountId } = place;
  return {
    resource: `arn:${partition}:ec2:${region}:${accountId}:launch-template/${id ?? template?.LaunchTemplateId ?? "*"}`,
    context: resourceTags(template?.Tags ?? []),
  };
}

/** An image as policies see it. Its ARN names no account. */
export function imageResource(
  { place, ec2 }: AccountState,
  imageId: string,
): { resource: string; context: Context } {
  const image = ec2.image(imageId);
  return {
    resource: `arn:${place.partition}:ec2:${place.region}::image/${imageId}`,
    context: { "ec2:ImageID": imageId, ...(image ? imageContext(image) : {}) },
  };
}

function imageContext(image: Image): Context {
  return {
    "ec2:ImageType": image.ImageType,
    "ec2:Owner": image.ImageOwnerAlias ?? image.OwnerId,
    "ec2:Public": image.Public,
    "ec2:RootDeviceType": image.RootDeviceType,
    ...resourceTags(image.Tags),
  };
}

/** A snapshot as policies see it. Its ARN names no account. */
export function snapshotResource(
  { place, ec2 }: AccountState,
  snapshotId: string,
): { resource: string; context: Context } {
  const snapshot = ec2.snapshot(snapshotId);
  return {
    resource: `arn:${place.partition}:ec2:${place.region}::snapshot/${snapshotId}`,
    context: { "ec2:SnapshotID": snapshotId, ...(snapshot ? snapshotContext(place, snapshot) : {}) },
  };
}

function snapshotContext({ partition, region, accountId }: Place, snapshot: Snapshot): Context {
  return {
    "ec2:Owner": snapshot.OwnerId,
    "ec2:ParentVolume": `arn:${partition}:ec2:${region}:${accountId}:volume/${snapshot.VolumeId}`,
    "ec2:SnapshotTime": snapshot.StartTime.toISOString(),
    "ec2:VolumeSize": String(snapshot.VolumeSize),
    ...resourceTags(snapshot.Tags),
  };
}

function resourceTags(tags: Tag[]): Context {
  const keys = tags.flatMap(({ Key, Value }) => [
    [`aws:ResourceTag/${Key}`, Value],
    [`ec2:ResourceTag/${Key}`, Value],
  ]);
  return Object.fromEntries(keys);
}

/** The ARN of an image or a snapshot that does not exist yet. It names no account. */
export function newResource({ partition, region }: Place, kind: "image" | "snapshot"): string {
  return `arn:${partition}:ec2:${region}::${kind}/*`;
}
