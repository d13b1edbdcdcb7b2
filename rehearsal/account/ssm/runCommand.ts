import type { Clock } from "../clock";
import type { Ec2 } from "../ec2";

/** Systems Manager's own shape of a command, as far as the account fills it in. */
export interface Command {
  CommandId: string;
  DocumentName: string;
  Comment: string;
  Parameters: Record<string, string[]>;
  InstanceIds: string[];
  RequestedDateTime: Date;
  Status: string;
  StatusDetails: string;
  TimeoutSeconds: number;
}

/** What is remembered of a command: its status follows from the time. */
interface Sent {
  command: Command;
  /** How it ends, unless it is cancelled before. */
  end: { at: number; status: string; details: string; output: string };
  cancelledAt?: number;
}

/** What Systems Manager knows of the agent of an instance. */
export interface Agent {
  PingStatus: string;
  LastPingDateTime: Date;
}

/** Of instances in these states it tells nothing. */
const UNTOLD = ["stopped", "shutting-down", "terminated"];

/** How a command goes that is to fail, in the words of the instance. */
const FAILURE = "Loading patches\n----------ERROR-------\nNo space left on device";

/** Agents of instances, and the commands that they are sent. */
export class RunCommand {
  private readonly commands = new Map<string, Sent>();

  /** Instances that Systems Manager does not manage, because their profile does not let it. */
  readonly unmanaged = new Set<string>();

  /** Instances whose agents it does not reach though they run. */
  readonly lost = new Set<string>();

  /** How long an agent takes, from the start of its instance, until it is reached. */
  onlineAfterSeconds = 90;

  /** How long a command is at work, a reboot included. */
  secondsOfCommand = 420;

  /** Whether an agent that was reached before its instance was stopped is told of as if it were reached still. */
  staleOnline = false;

  /** Whether commands fail that are sent from now on. */
  fails = false;

  constructor(
    private readonly clock: Clock,
    private readonly ec2: Ec2,
  ) {}

  isManaged(instanceId: string): boolean {
    return this.ec2.instances.has(instanceId) && !this.unmanaged.has(instanceId);
  }

  /** Nothing of an instance that Systems Manager does not manage, nor of one that is stopped or terminated. */
  agent(instanceId: string): Agent | undefined {
    const instance = this.ec2.instances.get(instanceId)?.instance;
    if (!this.isManaged(instanceId) || instance === undefined || UNTOLD.includes(instance.State.Name)) {
      return undefined;
    }
    const started = instance.LaunchTime.getTime();
    const connects = started + this.onlineAfterSeconds * 1000;
    const isReached = instance.State.Name === "running" && connects <= this.clock.now().getTime();
    return isReached && !this.lost.has(instanceId)
      ? { PingStatus: "Online", LastPingDateTime: new Date(connects) }
      : {
          PingStatus: this.staleOnline ? "Online" : "ConnectionLost",
          LastPingDateTime: new Date(started - 60_000),
        };
  }

  private isReached(instanceId: string): boolean {
    const agent = this.agent(instanceId);
    const started = this.ec2.instances.get(instanceId)?.instance.LaunchTime;
    return agent !== undefined && started !== undefined && agent.LastPingDateTime >= started;
  }

  send(command: Omit<Command, "RequestedDateTime" | "Status" | "StatusDetails">): Command {
    const now = this.clock.now();
    const [instanceId] = command.InstanceIds;
    const isReached = this.isReached(instanceId);
    const at = now.getTime() + 1000 * (isReached ? this.secondsOfCommand : command.TimeoutSeconds);
    const end = !isReached
      ? { at, status: "TimedOut", details: "Delivery Timed Out", output: "" }
      : this.fails
        ? { at, status: "Failed", details: "Failed", output: FAILURE }
        : { at, status: "Success", details: "Success", output: "Patched" };
    const sent = { ...command, RequestedDateTime: now, Status: "Pending", StatusDetails: "Pending" };
    this.commands.set(command.CommandId, { command: sent, end });
    return sent;
  }

  /** As they are now, the newest first. */
  all(): Command[] {
    return [...this.commands.values()].reverse().map((sent) => this.asItIs(sent));
  }

  /** What the plugin of a command said that has ended. */
  output(commandId: string): string {
    const sent = this.commands.get(commandId);
    return sent && sent.end.at <= this.clock.now().getTime() && sent.cancelledAt === undefined
      ? sent.end.output
      : "";
  }

  /** A command that has ended is left as it is. */
  cancel(commandId: string): boolean {
    const sent = this.commands.get(commandId);
    if (sent !== undefined && sent.end.at > this.clock.now().getTime()) {
      sent.cancelledAt ??= this.clock.now().getTime();
    }
    return sent !== undefined;
  }

  private asItIs({ command, end, cancelledAt }: Sent): Command {
    const now = this.clock.now().getTime();
    if (cancelledAt !== undefined) {
      const status = now - cancelledAt >= 10_000 ? "Cancelled" : "Cancelling";
      return { ...command, Status: status, StatusDetails: status };
    }
    if (now >= end.at) {
      return { ...command, Status: end.status, StatusDetails: end.details };
    }
    const isAtWork = now - command.RequestedDateTime.getTime() >= 5000;
    return isAtWork && end.status !== "TimedOut"
      ? { ...command, Status: "InProgress", StatusDetails: "InProgress" }
      : command;
  }
}
