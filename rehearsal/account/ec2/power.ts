import type { Clock } from "../clock";
import type { Ec2, InstanceRecord } from "../ec2";
import { AwsError } from "../errors";
import type { Instance } from "./shapes";

// How an instance comes to run and to lie still.

const STATES = { pending: 0, running: 16, stopping: 64, stopped: 80 } as const;
export type Power = keyof typeof STATES;

const NO_KEY = { Code: "Client.InternalError", Message: "Client.InternalError: Client error on launch" };
const BY_USER = {
  Code: "Client.UserInitiatedShutdown",
  Message: "Client.UserInitiatedShutdown: User initiated shutdown",
};

export interface StateChange {
  InstanceId: string;
  CurrentState: Instance["State"];
  PreviousState: Instance["State"];
}

/** What of an account's state it works on. */
interface Machines {
  ec2: Ec2;
  clock: Clock;
}

/** Without the keys of its volumes it does not come to run. */
export function startMachine(
  { ec2, clock }: Machines,
  record: InstanceRecord,
  mayUseKeys = true,
): StateChange {
  const before = record.instance.State;
  if (before.Name === "stopped") {
    setState(record, "pending", clock.now());
    record.instance.LaunchTime = clock.now();
    record.instance.StateTransitionReason = "";
    record.instance.StateReason = mayUseKeys ? undefined : NO_KEY;
    turnLater(ec2, record, clock.now(), mayUseKeys ? "running" : "stopped");
  } else if (before.Name !== "pending" && before.Name !== "running") {
    throw wrongState(record, "started");
  }
  return changeOf(record, before);
}

export function stopMachine({ ec2, clock }: Machines, record: InstanceRecord): StateChange {
  const before = record.instance.State;
  if (before.Name === "running") {
    setState(record, "stopping", clock.now());
    record.instance.StateTransitionReason = stoppedByUser(clock.now());
    record.instance.StateReason = BY_USER;
    turnLater(ec2, record, clock.now(), "stopped");
  } else if (before.Name !== "stopping" && before.Name !== "stopped") {
    throw wrongState(record, "stopped");
  }
  return changeOf(record, before);
}

/** Makes an instance lie still that somebody has stopped. */
export function layStill({ instance }: InstanceRecord, at: Date): void {
  instance.State = stateOf("stopped");
  instance.StateTransitionReason = stoppedByUser(at);
}

/** EC2's words, in which the time stands. */
function stoppedByUser(at: Date): string {
  return `User initiated (${at.toISOString().slice(0, 19).replace("T", " ")} GMT)`;
}

/** Lets instances be in the state to which they were on their way, where the time has come. */
export function settleMachines({ ec2, clock }: Machines): void {
  for (const record of ec2.turning) {
    const { turning, instance } = record;
    if (turning !== undefined && turning.at <= clock.now().getTime()) {
      // Somebody may have terminated it on its way.
      if (instance.State.Name !== "terminated") {
        setState(record, turning.to, new Date(turning.at));
      }
      delete record.turning;
      ec2.turning.delete(record);
    }
  }
}

/** What state an instance was in at a time. */
export function stateAt({ instance, changes }: InstanceRecord, time: Date): string {
  return changes.find(({ at }) => at > time)?.from ?? instance.State.Name;
}

function setState(record: InstanceRecord, name: Power, at: Date): void {
  record.changes.push({ at, from: record.instance.State.Name });
  record.instance.State = stateOf(name);
}

function turnLater(ec2: Ec2, record: InstanceRecord, now: Date, to: "running" | "stopped"): void {
  record.turning = { to, at: now.getTime() + ec2.turningSeconds[to] * 1000 };
  ec2.turning.add(record);
}

function stateOf(name: Power): Instance["State"] {
  return { Code: STATES[name], Name: name };
}

function changeOf({ instance }: InstanceRecord, before: Instance["State"]): StateChange {
  return { InstanceId: instance.InstanceId, CurrentState: instance.State, PreviousState: before };
}

function wrongState({ instance: { InstanceId: id } }: InstanceRecord, what: string): AwsError {
  return new AwsError(
    "IncorrectInstanceState",
    `The instance '${id}' is not in a state from which it can be ${what}.`,
  );
}
