import { styleText } from "node:util";
import type { StepRecord } from "../automation/execution";
import type { Registered } from "../deploy/program";
import type { Deployment } from "../deploy/provision";
import type { Stack } from "../deploy/stack";
import type { Night } from "../nights";
import type { Check } from "../verification";
import type { Reporter } from "./reporter";

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

  constructor(
    private readonly screen: Screen,
    private readonly nights: number,
  ) {}

  waiting(what: string): void {
    if (this.screen.terminal) {
      this.screen.write(`${CLEAR_LINE}${this.style("dim", `${what} …`)}`);
      this.transient = true;
    }
  }

  registered(stack: Stack, registered: Registered[], { rule, documentName }: Deployment): void {
    const { partition, region, accountId } = stack.place;
    this.line(
      this.style("bold", `Stack ${stack.name} registers, in ${region} (${partition}, account ${accountId}):`),
    );
    const width = Math.max(...registered.map(({ type }) => type.length));
    for (const { type, state, name } of registered) {
      this.line(`  ${type.padEnd(width)}  ${typeof state.name === "string" ? state.name : name}`);
    }
    this.line();
    this.line(
      rule.enabled
        ? `Rule ${rule.name} starts ${documentName} at ${rule.scheduleExpression}, UTC.`
        : `Rule ${rule.name} is DISABLED: nothing starts by itself, so the runs are started by hand.`,
    );
  }

  begins(groupName: string, launchSource: string): void {
    this.line(`Group ${groupName} launches from ${launchSource}.`);
  }

  nightBegins({ number, startedAt }: Night): void {
    this.line();
    this.line(this.style("bold", `Night ${number} of ${this.nights}, ${startedAt}`));
  }

  step(night: Night, { name, status, startedAt, endedAt, failureMessage, attempts }: StepRecord): void {
    const mark = status === "Success" ? this.style("green", "ok    ") : this.style("red", "failed");
    const took = duration(startedAt, endedAt).padStart(9);
    const again = attempts > 1 ? ` (${attempts} attempts)` : "";
    this.line(`  ${mark} ${this.style("dim", took)}  ${name}${again}`);
    if (failureMessage !== undefined) {
      this.line(`         ${this.style("red", lastLine(failureMessage))}`);
    }
  }

  nightEnds(night: Night, checks: Check[]): void {
    if (night.failureMessage !== undefined && night.steps.length === 0) {
      this.line(`  ${this.style("red", night.failureMessage)}`);
    }
    this.line(
      `  The run is ${night.status} after ${duration(night.startedAt, night.endedAt)}. In the account:`,
    );
    this.checks(checks);
  }

  verified(checks: Check[]): void {
    this.line();
    this.line("After the nights:");
    this.checks(checks);
  }

  end(ok: boolean, checks: number): void {
    this.line();
    this.line(
      ok ? this.style("green", `All ${checks} checks hold.`) : this.style("red", "Not everything holds."),
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

function lastLine(message: string): string {
  return message.trim().split("\n").at(-1) ?? message;
}
