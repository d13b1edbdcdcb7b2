import type { AccountState } from "../../state";
import type { InstanceRecord } from "../../ec2";
import { AwsError } from "../../errors";
import { launchedFrom, type Launched, launchMember } from "../launching";
import type { AutoScalingGroup, GroupMember, LaunchSource } from "../shapes";
import type { Instant, Transition } from "./progress";

const LAUNCH_SECONDS = 60;
const TERMINATION_SECONDS = 30;
/** So long EC2 still tells of an instance that was terminated. */
const MEMORY_SECONDS = 60 * 60;

/** Launches one member. Gives none where the source is none any more, or its image: then there is nothing but waiting. */
export function launch(
  account: AccountState,
  group: AutoScalingGroup,
  source: LaunchSource,
  at: Instant,
): GroupMember | undefined {
  const launched = launchable(account, source);
  if (!launched || isSuspended(group, "Launch")) {
    return undefined;
  }
  const member = launchMember(account, group.AutoScalingGroupName, launched, 0);
  member.LifecycleState = "Pending";
  member.ProtectedFromScaleIn = group.NewInstancesProtectedFromScaleIn;
  group.Instances.push(member);
  const record = account.ec2.instances.get(member.InstanceId);
  if (record) {
    record.instance.State = { Code: 0, Name: "pending" };
    record.instance.LaunchTime = new Date(at);
    record.instance.BlockDeviceMappings.forEach(({ Ebs }) => (Ebs.AttachTime = new Date(at)));
  }
  send(account, group, member, "inService", at + LAUNCH_SECONDS * 1000);
  return member;
}

/** Gives a member the image that a source would launch, in place. Gives whether it could. */
export function replaceRootVolume(
  account: AccountState,
  group: AutoScalingGroup,
  member: GroupMember,
  source: LaunchSource,
  at: Instant,
): boolean {
  const launched = launchable(account, source);
  const record = account.ec2.instances.get(member.InstanceId);
  if (!launched || !record) {
    return false;
  }
  member.LifecycleState = "ReplacingRootVolume";
  member.LaunchTemplate = launched.remembered.LaunchTemplate;
  record.instance.ImageId = launched.imageId;
  send(account, group, member, "inService", at + LAUNCH_SECONDS * 1000);
  return true;
}

/** Begins to terminate a member, whatever it was on its way to. Gives whether it could. */
export function terminate(
  account: AccountState,
  group: AutoScalingGroup,
  member: GroupMember,
  at: Instant,
): boolean {
  if (isSuspended(group, "Terminate")) {
    return false;
  }
  member.LifecycleState = "Terminating";
  const record = account.ec2.instances.get(member.InstanceId);
  if (record) {
    record.instance.State = { Code: 32, Name: "shutting-down" };
  }
  send(account, group, member, "gone", at + TERMINATION_SECONDS * 1000);
  return true;
}

/** Lets those arrive that are due. */
export function arrive(account: AccountState, at: Instant): void {
  const { autoscaling } = account;
  const due = autoscaling.transitions.filter((one) => one.at <= at);
  if (due.length === 0) {
    return;
  }
  autoscaling.transitions = autoscaling.transitions.filter((one) => one.at > at);
  due.forEach((one) => arriveAt[one.to](account, one));
}

const arriveAt: Record<Transition["to"], (account: AccountState, transition: Transition) => void> = {
  inService: (account, transition) => {
    const record = account.ec2.instances.get(transition.instanceId);
    const member = memberOf(account, transition);
    if (record && member) {
      record.instance.State = { Code: 16, Name: "running" };
      member.LifecycleState = "InService";
      member.HealthStatus = isBad(account, member) ? "Unhealthy" : "Healthy";
    }
  },
  gone: (account, transition) => {
    const { groupName, instanceId } = transition;
    const group = account.autoscaling.groups.get(groupName);
    if (group) {
      group.Instances = group.Instances.filter(({ InstanceId }) => InstanceId !== instanceId);
    }
    const record = account.ec2.instances.get(instanceId);
    if (record) {
      end(record);
      account.autoscaling.transitions.push({
        ...transition,
        to: "forgotten",
        at: transition.at + MEMORY_SECONDS * 1000,
      });
    }
  },
  forgotten: ({ ec2 }, { instanceId }) => void ec2.instances.delete(instanceId),
};

function end(record: InstanceRecord): void {
  record.instance.State = { Code: 48, Name: "terminated" };
  record.instance.BlockDeviceMappings = [];
  record.volumes.clear();
}

/** Whether a member was launched from an image that never gets healthy. */
export function isBad({ ec2 }: AccountState, { InstanceId }: GroupMember): boolean {
  return ec2.badImages.has(ec2.instances.get(InstanceId)?.instance.ImageId ?? "");
}

/** Whether members of a group are still coming or going. */
export function isUnderWay({ autoscaling }: AccountState, group: AutoScalingGroup): boolean {
  return autoscaling.transitions.some(
    ({ groupName, to }) => groupName === group.AutoScalingGroupName && to !== "forgotten",
  );
}

function isSuspended({ SuspendedProcesses }: AutoScalingGroup, process: string): boolean {
  return SuspendedProcesses.some(({ ProcessName }) => ProcessName === process);
}

function memberOf({ autoscaling }: AccountState, { groupName, instanceId }: Transition) {
  return autoscaling.groups.get(groupName)?.Instances.find(({ InstanceId }) => InstanceId === instanceId);
}

/** Whatever a member was on its way to before, it is not any more. */
function send(
  { autoscaling }: AccountState,
  { AutoScalingGroupName: groupName }: AutoScalingGroup,
  { InstanceId: instanceId }: GroupMember,
  to: Transition["to"],
  at: Instant,
): void {
  const others = autoscaling.transitions.filter((one) => one.instanceId !== instanceId);
  autoscaling.transitions = [...others, { instanceId, groupName, to, at }];
}

function launchable(account: AccountState, source: LaunchSource): Launched | undefined {
  try {
    const launched = launchedFrom(account, source);
    return account.ec2.visibleImage(launched.imageId) ? launched : undefined;
  } catch (error) {
    if (error instanceof AwsError) {
      return undefined;
    }
    throw error;
  }
}
