import { GetInstanceResult } from "@pulumi/aws/ec2/getInstance";
import { InputError } from "../errors";
import { sortUnique } from "../sortUnique";
import { orEmpty } from "./source";
import { Place } from "../place";
import { quote } from "../quote";

// What the golden instance's look-ups tell.

/** What a run needs to know of the golden instance beforehand. */
export interface GoldenFacts {
  /** The instance profile's name. */
  readonly profile: string | undefined;
  readonly keyArns: string[];
}

/** An instance in these states, or one that was terminated longer ago and cannot be found, comes back no more. */
const GONE = ["shutting-down", "terminated"];

/** The states of instances that can be members of a group. */
export const MEMBER_STATES = ["pending", "running", "shutting-down", "stopping", "stopped"];

export function readGoldenInstance(
  instanceId: string,
  instance: GetInstanceResult,
  place: Place,
): GoldenFacts {
  if (GONE.includes(instance.instanceState)) {
    throw new InputError(
      `instanceId ${quote(instanceId)} is ${instance.instanceState}, where an image is taken of a running or stopped ` +
        `instance: give the machine that is patched and configured now.`,
    );
  }
  return { profile: instance.iamInstanceProfile || undefined, keyArns: keyArns(instance, place) };
}

/** The keys that the runbook may have to look at; one of another account or Region is not this account's to describe. */
function keyArns(instance: GetInstanceResult, { partition, region, accountId }: Place): string[] {
  const here = `arn:${partition}:kms:${region}:${accountId}:key/`;
  const keys = [...orEmpty(instance.rootBlockDevices), ...orEmpty(instance.ebsBlockDevices)]
    .filter(({ encrypted }) => encrypted)
    .map(({ kmsKeyId }) => kmsKeyId);
  return sortUnique(keys.filter((key) => key?.startsWith(here)));
}

/** Refuses a golden instance that is among the found members of the group. */
export function refuseMember(instanceId: string, groupName: string, members: string[] | undefined): void {
  if (orEmpty(members).includes(instanceId)) {
    throw new InputError(
      `instanceId ${quote(instanceId)} is a member of Auto Scaling group ${quote(groupName)}, which may replace it at ` +
        `any time: give an instance outside the group, or detach this one from it.`,
    );
  }
}
