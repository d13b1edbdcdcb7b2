import { styleText } from "node:util";
import type { StepRecord } from "../automation/execution";
import { failureSentence } from "../automation/failure";
import type { FleetEntry } from "../account/autoscaling/instanceRefresh/shapes";
import { type SourceKind, sourceKinds } from "../account/world/sourceKinds";
import { type Deployment, scheduled } from "../deploy/provision";
import type { Registered } from "../deploy/program";
import type { Stack } from "../deploy/stack";
import type { SentMessage } from "../messages";
import type { Night, Run } from "../nights/run";
import type { Check } from "../verification";
import type { Aftermath, Reporter } from "./reporter";
import { fleetLines } from "./fleet";
import { runLines, type RunLine } from "./runs";

type Style = "bold" | "dim" | "green" | "red" | "yellow";

/** What the reporter writes to. */
export interface Screen {
  write(text: string): void;
  /** A terminal shows what is being waited for, in a line that goes away again; anything else gets plain lines. */
  terminal: boolean;
  colours: boolean;
}

const CLEAR_LINE = "\r\u001b[2K";

/** Tells a person what happens, a line at a time. */
export class TerminalReporter implements Reporter {
  /** Whether a line stands there that must go away. */
  private transient = false;
  /** The watch's runs that were as always, since anything else was told. */
  private quiet?: { count: number; last: string };

  constructor(private readonly screen: Screen) {}

  waiting(what: string): void {
    if (this.screen.terminal) {
      this.screen.write(`${CLEAR_LINE}${this.style("dim", `${what} …`)}`);
      this.transient = true;
    }
  }

  registered(stack: Stack, registered: Registered[], deployment: Deployment): void {
    const { partition, region, accountId } = stack.place;
    this.line(
      this.style("bold", `Stack ${stack.name} registers, in ${region} (${partition}, account ${accountId}):`),
    );
    const width = Math.max(...registered.map(({ type }) => type.length));
    for (const { type, state, name } of registered) {
      this.line(`  ${type.padEnd(width)}  ${typeof state.name === "string" ? state.name : name}`);
    }
    this.line();
    const { timer } = deployment;
    const started = scheduled(deployment).map(({ name }) => name);
    this.line(
      timer.starts.some((one) => one.isEnabled())
        ? `${timer.title} starts ${started.join(" and ")} at ${timer.scheduleExpression}, ${timer.timeZone ?? "UTC"}.`
        : `${timer.title} is DISABLED: nothing starts by itself, so the runs are started by hand.`,
    );
  }

  begins(groupName: string, launchSource: string, kind: SourceKind): void {
    const others = sourceKinds.filter((other) => other !== kind).join(", ");
    this.line(`Group ${groupName} launches from ${launchSource}.`);
    this.line(
      `That kind of group (${kind}) is assumed here, your own is not looked at; for another, --launch-source ${others}.`,
    );
  }

  nightBegins({ startedAt }: Night, title: string): void {
    this.countQuiet();
    this.line();
    this.line(this.style("bold", `${title}, ${startedAt}`));
  }

  /** Runs take turns, so that their lines stand together only when the night has ended. */
  step({ runbook }: Run, { name }: StepRecord): void {
    this.waiting(`  ${runbook} has done ${name}`);
  }

  nightEnds({ runs }: Night, checks: Check[], fleet: FleetEntry[]): void {
    runLines(runs).forEach((line) => this.runLine(line));
    if (fleet.length > 0) {
      this.line("  The group's instances, by the image that they run:");
      fleetLines(fleet).forEach((line) => this.line(`    ${line}`));
    }
    this.line("  In the account:");
    this.checks(checks);
  }

  /** Thirty of them stand between two nights of a monthly schedule: those that are as always are counted. */
  watched(night: Night, messages: SentMessage[], checks: Check[]): void {
    const { startedAt, runs } = night;
    if (messages.length === 0 && checks.length === 0) {
      this.quiet = { count: (this.quiet?.count ?? 0) + 1, last: startedAt };
      return;
    }
    this.countQuiet();
    this.line();
    for (const { runbook, status, failureMessage } of runs) {
      this.line(`${this.style("bold", runbook)}, ${startedAt}: the run is ${status}.`);
      if (failureMessage !== undefined) {
        this.line(`  ${this.style("red", failureSentence(failureMessage))}`);
      }
    }
    this.checks(checks);
    this.messages(messages);
  }

  private countQuiet(): void {
    if (this.quiet !== undefined) {
      const { count, last } = this.quiet;
      this.line();
      this.line(
        count === 1
          ? `The watch ran at ${last}, and there is nothing to tell.`
          : `The watch ran ${count} times, the last time at ${last}, and there is nothing to tell.`,
      );
      this.quiet = undefined;
    }
  }

  messages(messages: SentMessage[]): void {
    for (const { at, subject, text } of messages) {
      this.line(`  ${this.style("yellow", "message")} ${at.toISOString()} ${this.style("bold", subject)}`);
      this.line(`    ${text}`);
    }
  }

  tellsNobody(): void {
    this.line("No notifications are configured: failures are told to nobody.");
  }

  verified(checks: Check[]): void {
    this.countQuiet();
    this.line();
    this.line("After the nights:");
    this.checks(checks);
  }

  end(ok: boolean, checks: number, aftermath?: Aftermath): void {
    this.line();
    this.line(
      ok ? this.style("green", `All ${checks} checks hold.`) : this.style("red", "Not everything holds."),
    );
    if (aftermath !== undefined) {
      this.aftermath(aftermath);
    }
  }

  private runLine(line: RunLine): void {
    const indent = "    ".repeat(line.depth);
    if (line.kind === "begins") {
      this.line(`${indent}  ${this.style("bold", line.run.runbook)} ${line.run.documentName}`);
    } else if (line.kind === "step") {
      this.stepLine(line.step, indent);
    } else {
      this.runEnd(line.run, indent);
    }
  }

  private stepLine(step: StepRecord, indent: string): void {
    const { name, status, startedAt, endedAt, failureMessage, attempts } = step;
    const mark = status === "Success" ? this.style("green", "ok    ") : this.style("red", "failed");
    const took = duration(startedAt, endedAt).padStart(9);
    const again = attempts > 1 ? ` (${attempts} attempts)` : "";
    this.line(`${indent}  ${mark} ${this.style("dim", took)}  ${name}${again}`);
    if (failureMessage !== undefined) {
      this.line(`${indent}         ${this.style("red", failureSentence(failureMessage))}`);
    }
  }

  private runEnd({ status, startedAt, endedAt, failureMessage, steps }: Run, indent: string): void {
    if (failureMessage !== undefined && steps.length === 0) {
      this.line(`${indent}  ${this.style("red", failureMessage)}`);
    }
    this.line(`${indent}  The run is ${status} after ${duration(startedAt, endedAt)}.`);
  }

  private aftermath({ groupName, safety, nights, failedNights }: Aftermath): void {
    this.line(
      safety.ok
        ? this.style(
            "green",
            `The group is safe: ${groupName} launches only images that are available (${safety.detail}).`,
          )
        : this.style("red", `The group is NOT safe, ${groupName}: ${safety.detail}.`),
    );
    this.line(
      failedNights.length === 0
        ? this.style("green", nights === 1 ? "The night succeeded." : `All ${nights} nights succeeded.`)
        : this.style("red", failedWords(nights, failedNights)),
    );
  }

  private checks(checks: Check[]): void {
    for (const { check, ok, detail } of checks) {
      this.line(
        `    ${ok ? this.style("green", "yes") : this.style("red", "no ")}  ${check} ${this.style("dim", `(${detail})`)}`,
      );
    }
  }

  private line(text = ""): void {
    this.screen.write(`${this.transient ? CLEAR_LINE : ""}${text}\n`);
    this.transient = false;
  }

  private style(style: Style, text: string): string {
    // The screen has been asked already whether it shows colours.
    return this.screen.colours ? styleText(style, text, { validateStream: false }) : text;
  }
}

function failedWords(nights: number, failed: number[]): string {
  return nights === 1
    ? "The night did not succeed."
    : `${failed.length} of ${nights} nights did not succeed: ${failed.slice(0, 10).join(", ")}${failed.length > 10 ? ", …" : ""}.`;
}

/** Virtual time, as a person says it. */
function duration(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return shown.length > 0 ? shown.join(" ") : "0s";
}
