import { NotModelled } from "../../errors";
import { AwsError, NoAnswer } from "../../account/errors";
import type { CallAws, Knows } from "../../account/api";
import type { Clock } from "../../account/clock";
import { partitionOf } from "../../account/partitions";
import { ScriptTimedOut } from "./errors";
import { fromPython, toPython } from "./wire";

/** What a running script may reach. */
export interface Reach {
  clock: Clock;
  call: CallAws;
  budgetSeconds: number;
  knows: Knows;
  region: string;
}

/** A script that reads the clock so often and neither sleeps nor calls would read it for ever: the time stands still. */
const mostReadings = 100_000;

/**
 * The JavaScript that Python calls, as the module `_rehearsal_host`. Nothing here throws into Python, where an `except`
 * could swallow it: what must end the script is kept in `ending`, and Python asks after each call whether it is set.
 */
export class Host {
  ending: Error | undefined;
  private reach: Reach | undefined;
  private end = 0;
  private readings = 0;
  private requests = 0;

  begin(reach: Reach): void {
    this.reach = reach;
    this.end = reach.clock.now().getTime() + reach.budgetSeconds * 1000;
    this.ending = undefined;
    this.readings = 0;
    this.requests = 0;
  }

  finish(): void {
    this.reach = undefined;
  }

  /** The functions of the Python module; it sees no more of this object than these. */
  module(): Record<string, (...given: never[]) => unknown> {
    return {
      call: (service: string, api: string, params: string) => this.call(service, api, params),
      now: () => this.now(),
      sleep: (seconds: number) => this.sleep(seconds),
      refuse: (what: string) => this.stop(new NotModelled(what)),
      ended: () => this.ending !== undefined,
      knows: (service: string, api: string, parameter?: string) => this.knows(service, api, parameter),
      region: () => this.reach?.region ?? "",
      dns_suffix: () => partitionOf(this.reach?.region ?? "")?.dnsSuffix ?? "amazonaws.com",
    };
  }

  /** One attempt of an API call: `{"answer": …}`, `{"error": …}` or `{"lost": true}`, with an id of its own. */
  private call(service: string, api: string, params: string): string {
    if (this.ending || !this.reach) return "{}";
    this.readings = 0;
    this.requests += 1;
    const requestId = `00000000-0000-4000-8000-${String(this.requests).padStart(12, "0")}`;
    try {
      return toPython({ requestId, answer: this.reach.call(service, api, fromPython(params)) });
    } catch (error) {
      if (error instanceof AwsError) {
        const { code, message, status } = error;
        return toPython({ requestId, error: { code, message, status } });
      }
      if (error instanceof NoAnswer) return toPython({ requestId, lost: true });
      this.stop(error instanceof Error ? error : new Error(String(error)));
      return "{}";
    } finally {
      this.watch();
    }
  }

  private knows(service: string, api: string, parameter?: string): boolean {
    try {
      return this.reach?.knows(service, api, parameter) ?? false;
    } catch (error) {
      this.stop(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  }

  /** Milliseconds since 1970. With no script running, Python is only being set up and may have the machine's time. */
  private now(): number {
    if (!this.reach) return Date.now();
    this.readings += 1;
    if (this.readings > mostReadings) {
      this.stop(
        new NotModelled("a script waits by reading the clock over and over; it has to use time.sleep"),
      );
    }
    return this.reach.clock.now().getTime();
  }

  private sleep(seconds: number): void {
    if (this.ending || !this.reach) return;
    this.readings = 0;
    const left = (this.end - this.reach.clock.now().getTime()) / 1000;
    // The one that waits for the script looks at its watch when the time is up, not when the sleeper would wake.
    this.reach.clock.advance(Math.min(seconds, left));
    if (seconds > left) this.stop(new ScriptTimedOut(this.reach.budgetSeconds));
  }

  private watch(): void {
    if (!this.reach || this.reach.clock.now().getTime() <= this.end) return;
    this.stop(new ScriptTimedOut(this.reach.budgetSeconds));
  }

  /** The first reason counts. */
  private stop(reason: Error): void {
    this.ending ??= reason;
  }
}
