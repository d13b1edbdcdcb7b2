import type { AccountState } from "../state";
import { launchedFrom, launchMember, removeMember } from "./members";
import { noteFleet } from "./fleet";
import type { Refreshing } from "./refreshState";
import type { AutoScalingGroup } from "./shapes";

// How a refresh goes on in virtual time. It is a model: an instance is healthy a minute after its launch, or never; one that goes
// takes half a minute; and after an hour without progress, as with AWS, the refresh gives up.

const HEALTHY_SECONDS = 60;
const LEAVING_SECONDS = 30;
const CANCELLING_SECONDS = 30;
const PATIENCE_SECONDS = 3600;

/** Brings every refresh to this moment. */
export function goOnRefreshing(account: AccountState): void {
  const now = account.clock.now().getTime();
  for (const one of [...account.autoscaling.refreshing.values()]) {
    goOn(account, one, now);
  }
}

function goOn(account: AccountState, one: Refreshing, now: number): void {
  watchAlarms(account, one, now);
  for (let at = dueAt(one); at <= now && isActive(one); at = dueAt(one)) {
    happen(account, one, at);
  }
}

export function isActive({ refresh: { EndTime } }: Refreshing): boolean {
  return EndTime === undefined;
}

function dueAt(one: Refreshing): number {
  return Math.min(
    ...one.warming.map(({ countsAt = Infinity }) => countsAt),
    ...one.leaving.map(({ goneAt }) => goneAt),
    one.pausedUntil ?? Infinity,
    one.bakedAt ?? Infinity,
    one.cancelledAt ?? Infinity,
    one.bakedAt === undefined && one.pausedUntil === undefined
      ? one.progressAt + PATIENCE_SECONDS * 1000
      : Infinity,
  );
}

function happen(account: AccountState, one: Refreshing, at: number): void {
  const group = account.autoscaling.groups.get(one.groupName);
  if (group === undefined) {
    end(account, one, "Failed", "The Auto Scaling group was deleted.", at);
    return;
  }
  if (one.cancelledAt !== undefined && at >= one.cancelledAt) {
    dropWarming(account, one, group);
    end(account, one, "Cancelled", "Cancelled due to user request.", at);
    return;
  }
  if (
    at >= one.progressAt + PATIENCE_SECONDS * 1000 &&
    one.pausedUntil === undefined &&
    one.bakedAt === undefined
  ) {
    giveUp(account, one, group, "No instances were replaced for an hour: new instances are not healthy.", at);
    return;
  }
  countAndLeave(account, one, group, at);
  if (one.pausedUntil !== undefined && at >= one.pausedUntil) {
    one.pausedUntil = undefined;
    one.progressAt = at;
  }
  replaceMore(account, one, group, at);
  noteFleet(account, one, at);
  if (one.olds.length + one.warming.length + one.leaving.length === 0) {
    finish(account, one, group, at);
  }
  one.refresh.PercentageComplete = Math.floor((100 * one.done.length) / Math.max(1, one.total));
  one.refresh.InstancesToUpdate = one.total - one.done.length;
}

/** New instances come to count, and old ones are gone. */
function countAndLeave(account: AccountState, one: Refreshing, group: AutoScalingGroup, at: number): void {
  for (const warm of one.warming.filter(({ countsAt = Infinity }) => countsAt <= at)) {
    one.warming.splice(one.warming.indexOf(warm), 1);
    one.done.push(warm.id);
    one.progressAt = at;
    memberOf(group, warm.id).LifecycleState = "InService";
    if (warm.replaces !== undefined) {
      leave(one, group, warm.replaces, at);
    }
  }
  for (const gone of one.leaving.filter(({ goneAt }) => goneAt <= at)) {
    one.leaving.splice(one.leaving.indexOf(gone), 1);
    removeMember(account, group, gone.id);
  }
  const [checkpoint] = one.checkpoints;
  if (checkpoint !== undefined && one.done.length >= countAt(one, checkpoint)) {
    one.checkpoints.shift();
    if (checkpoint < 100) {
      one.pausedUntil = at + one.preferences.CheckpointDelay * 1000;
    }
  }
}

function countAt({ total }: Refreshing, percentage: number): number {
  return Math.ceil((total * percentage) / 100);
}

function leave(one: Refreshing, group: AutoScalingGroup, id: string, at: number): void {
  memberOf(group, id).LifecycleState = "Terminating";
  one.leaving.push({ id, goneAt: at + LEAVING_SECONDS * 1000 });
}

function memberOf(group: AutoScalingGroup, id: string) {
  const found = group.Instances.find(({ InstanceId }) => InstanceId === id);
  if (found === undefined) {
    throw new Error(`group ${group.AutoScalingGroupName} has no instance ${id}`);
  }
  return found;
}

/** As many at a time as the preferences allow. */
export function replaceMore(
  account: AccountState,
  one: Refreshing,
  group: AutoScalingGroup,
  at: number,
): void {
  if (one.pausedUntil !== undefined || one.cancelledAt !== undefined || one.bakedAt !== undefined) {
    return;
  }
  const { MinHealthyPercentage: min, MaxHealthyPercentage: max } = one.preferences;
  const { DesiredCapacity: desired } = group;
  const comesFirst = max > 100 || min === 100;
  const most = Math.max(Math.floor((desired * max) / 100), desired + (comesFirst ? 1 : 0));
  const least = Math.ceil((desired * min) / 100);
  const limit = one.checkpoints.length > 0 ? countAt(one, one.checkpoints[0]) : one.total;
  while (one.olds.length > 0 && one.done.length + one.warming.length < limit) {
    const present = group.Instances.filter(({ LifecycleState }) => LifecycleState !== "Terminating");
    const healthy = present.filter(
      (member) => member.LifecycleState === "InService" && member.HealthStatus === "Healthy",
    );
    if (comesFirst ? present.length >= most : healthy.length - 1 < Math.min(least, desired - 1)) {
      return;
    }
    const [old] = one.olds.splice(0, 1);
    launch(account, one, group, comesFirst ? old : undefined, at);
    if (!comesFirst) {
      leave(one, group, old, at);
    }
  }
}

function launch(
  account: AccountState,
  one: Refreshing,
  group: AutoScalingGroup,
  replaces: string | undefined,
  at: number,
): void {
  const source = one.isBack ? one.saved : (one.desired ?? group);
  const daysOld = (account.clock.now().getTime() - at) / (24 * 60 * 60 * 1000);
  const member = launchMember(account, one.groupName, source, { daysOld, state: "Pending" });
  const isBad = account.ec2.badImages.has(launchedFrom(account, source).imageId);
  member.HealthStatus = isBad ? "Unhealthy" : "Healthy";
  group.Instances.push(member);
  const countsAt = at + (HEALTHY_SECONDS + one.preferences.InstanceWarmup) * 1000;
  one.warming.push({ id: member.InstanceId, replaces, ...(isBad ? {} : { countsAt }) });
}

function finish(account: AccountState, one: Refreshing, group: AutoScalingGroup, at: number): void {
  const { BakeTime: bake } = one.preferences;
  if (!one.isBack && bake > 0 && one.bakedAt === undefined) {
    one.bakedAt = at + bake * 1000;
    one.refresh.Status = "Baking";
    return;
  }
  if (one.bakedAt !== undefined && at < one.bakedAt) {
    return;
  }
  if (one.isBack) {
    end(account, one, "RollbackSuccessful", one.refresh.StatusReason, at);
    return;
  }
  if (one.desired !== undefined) {
    delete group.LaunchTemplate;
    delete group.MixedInstancesPolicy;
    Object.assign(group, structuredClone(one.desired));
  }
  end(account, one, "Successful", undefined, at);
}

/** With auto rollback a refresh that cannot succeed goes back, and otherwise it fails where it stands. */
function giveUp(
  account: AccountState,
  one: Refreshing,
  group: AutoScalingGroup,
  reason: string,
  at: number,
): void {
  if (one.isBack) {
    dropWarming(account, one, group);
    end(account, one, "RollbackFailed", reason, at);
  } else if (one.preferences.AutoRollback) {
    goBack(account, one, group, reason, at);
  } else {
    dropWarming(account, one, group);
    end(account, one, "Failed", reason, at);
  }
}

/** Instances that are new are replaced once more, by what the group was saved with. */
export function goBack(
  account: AccountState,
  one: Refreshing,
  group: AutoScalingGroup,
  reason: string,
  at: number,
): void {
  const lost = dropWarming(account, one, group, false);
  Object.assign(one, {
    isBack: true,
    olds: one.done,
    total: one.done.length + lost,
    done: [],
    checkpoints: [],
    pausedUntil: undefined,
    bakedAt: undefined,
    progressAt: at,
  });
  Object.assign(one.refresh, { Status: "RollbackInProgress", StatusReason: reason });
  for (let missing = 0; missing < lost; missing++) {
    launch(account, one, group, undefined, at);
  }
  replaceMore(account, one, group, at);
  noteFleet(account, one, at);
  if (one.olds.length + one.warming.length + one.leaving.length === 0) {
    finish(account, one, group, at);
  }
}

/** New instances that do not count yet go; how many the group lacks then, which it launches anew by itself unless told otherwise. */
function dropWarming(
  account: AccountState,
  one: Refreshing,
  group: AutoScalingGroup,
  byItself = true,
): number {
  one.warming.splice(0).forEach(({ id, replaces }) => {
    removeMember(account, group, id);
    if (replaces !== undefined && !one.isBack) {
      one.olds.push(replaces);
    }
  });
  const lost = Math.max(
    0,
    group.DesiredCapacity -
      group.Instances.filter(({ LifecycleState }) => LifecycleState !== "Terminating").length,
  );
  for (let missing = 0; byItself && missing < lost; missing++) {
    group.Instances.push(launchMember(account, one.groupName, one.isBack ? one.saved : group));
  }
  return lost;
}

function watchAlarms(account: AccountState, one: Refreshing, now: number): void {
  const names = one.preferences.AlarmSpecification?.Alarms ?? [];
  const gone = account.cloudwatch.alarms.find(({ name, state }) => names.includes(name) && state === "ALARM");
  const group = account.autoscaling.groups.get(one.groupName);
  if (gone !== undefined && group !== undefined && !one.isBack && isActive(one)) {
    giveUp(account, one, group, `Alarm ${gone.name} is in ALARM.`, now);
  }
}

function end(
  account: AccountState,
  one: Refreshing,
  status: string,
  reason: string | undefined,
  at: number,
): void {
  const group = account.autoscaling.groups.get(one.groupName);
  one.leaving.splice(0).forEach(({ id }) => group && removeMember(account, group, id));
  Object.assign(one.refresh, { Status: status, StatusReason: reason, EndTime: new Date(at) });
  account.autoscaling.refreshing.delete(one.groupName);
  noteFleet(account, one, at);
}

/** Asks for its end: what is being launched is waited for no longer than this. */
export function cancel(one: Refreshing, at: number): void {
  one.cancelledAt = at + CANCELLING_SECONDS * 1000;
  one.refresh.Status = "Cancelling";
}
