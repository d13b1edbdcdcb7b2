import type { AccountState } from "../account/state";
import type { Image } from "../account/ec2/shapes";
import { type Launch, launches, launchName } from "../launches";
import { type Check, faultless } from "./check";
import { differences, isSame } from "./differences";
import type { Configured } from "./configured";
import { isNamedAsOurs } from "./ours";
import type { GroupStanding } from "./standing";

/** The article's verification: the launch configuration names the image and the group refers to that. */
export function configurationChecks(
  account: AccountState,
  image: Image | undefined,
  name: string,
  configured: Configured,
  before: GroupStanding | undefined,
): Check[] {
  return [
    launchConfigurationNamesIt(account, image, name),
    groupRefersToIt(account, configured.autoScalingGroupName, name),
    launchesAsPromised(account, configured, before),
  ];
}

/**
 * The verification of a person's roll-out: any launch configuration of our form may name the image. One that was there before
 * is as it was made then.
 */
export function rollBackConfigurationChecks(
  account: AccountState,
  image: Image | undefined,
  configured: Configured,
  before: GroupStanding | undefined,
  startedAt: string,
): Check[] {
  const { autoscaling } = account;
  const { autoScalingGroupName: groupName, prefix } = configured;
  const name = autoscaling.groups.get(groupName)?.LaunchConfigurationName ?? "none";
  const madeAt = autoscaling.launchConfigurations.get(name)?.CreatedTime;
  const isReused = madeAt !== undefined && madeAt < new Date(startedAt);
  return [
    {
      check: `group ${groupName} refers to a launch configuration ${prefix}_DATE`,
      ok: isNamedAsOurs(configured, name),
      detail: `it refers to ${name}`,
    },
    launchConfigurationNamesIt(account, image, name),
    ...(isReused ? [] : [launchesAsPromised(account, configured, before)]),
  ];
}

function launchConfigurationNamesIt(account: AccountState, image: Image | undefined, name: string): Check {
  const check = `launch configuration ${name} names it`;
  const found = account.autoscaling.launchConfigurations.get(name);
  return found === undefined
    ? { check, ok: false, detail: "there is no such launch configuration" }
    : { check, ok: found.ImageId === image?.ImageId, detail: `it names ${found.ImageId}` };
}

function groupRefersToIt(account: AccountState, groupName: string, name: string): Check {
  const check = `group ${groupName} refers to ${name}`;
  const group = account.autoscaling.groups.get(groupName);
  return group === undefined
    ? { check, ok: false, detail: "there is no such group" }
    : {
        check,
        ok: group.LaunchConfigurationName === name,
        detail: `it refers to ${group.LaunchConfigurationName ?? "no launch configuration"}`,
      };
}

/** What the launch configuration has beside its image: what the group had before, or what AWS derives from the instance. */
function launchesAsPromised(
  account: AccountState,
  configured: Configured,
  before: GroupStanding | undefined,
): Check {
  const fromGroup = configured.launchConfigurationFrom === "group";
  const check = `what it launches is otherwise ${fromGroup ? "as it was" : "as the golden instance"}`;
  const now = launchOf(account, configured.autoScalingGroupName);
  const was = fromGroup ? launchBefore(before) : goldenLaunch(account, configured.instanceId);
  if (typeof now === "string" || typeof was === "string") {
    return { check, ok: false, detail: [was, now].filter((one) => typeof one === "string").join("; ") };
  }
  const differing = fromGroup ? differences(was, now) : unlike(was, now);
  return faultless(
    check,
    differing.length > 0 ? [`it differs in ${differing.join(", ")}`] : [],
    launchName(now),
  );
}

function launchOf(account: AccountState, groupName: string): Launch | string {
  const group = account.autoscaling.groups.get(groupName);
  const launched = group === undefined ? "there is no such group" : launches(account, group);
  return typeof launched === "string" ? launched : launched[0];
}

function launchBefore(before: GroupStanding | undefined): Launch | string {
  const launched = before?.launches ?? "there was no such group";
  return typeof launched === "string" ? launched : launched[0];
}

/** What docs/how-it-works.md promises of a launch configuration that is made from the golden instance. */
function goldenLaunch({ ec2 }: AccountState, instanceId: string): Launch | string {
  const golden = ec2.instances.get(instanceId);
  return golden === undefined
    ? "there is no golden instance"
    : {
        for: "base",
        instanceType: golden.instance.InstanceType,
        keyName: golden.instance.KeyName,
        securityGroups: golden.instance.SecurityGroups.map(({ GroupId }) => GroupId),
        userData: golden.userData,
        profile: golden.instance.IamInstanceProfile?.Arn,
      };
}

function unlike(golden: Launch, now: Launch): string[] {
  const derived = ["instanceType", "keyName", "securityGroups", "userData", "profile"] as const;
  return derived.filter((member) => !isSame(golden[member], now[member]));
}
