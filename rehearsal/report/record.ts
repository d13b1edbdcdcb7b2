import * as fs from "node:fs";
import type { Members } from "../account/api";
import type { FleetEntry } from "../account/autoscaling/instanceRefresh/shapes";
import type { Registered } from "../deploy/program";
import { RehearsalError } from "../errors";
import type { SentMessage } from "../messages";
import type { Night, Run } from "../nights/run";
import type { Check } from "../verification";

/** Who is told of everything that happens, for the record. */
export interface Recorder {
  resources(registered: Registered[]): void;
  night(night: Night): void;
  end(verification: Check[], account: Members, messages: SentMessage[], fleet: FleetEntry[]): void;
}

/**
 * Writes the record as the rehearsal goes on, one night at a time, so that a thousand nights need no more memory than
 * one: `{ resources, runs, messages, fleet, verification, account }`.
 */
export class RecordWriter implements Recorder {
  private readonly file: number;
  private runs = 0;

  constructor(name: string) {
    try {
      this.file = fs.openSync(name, "w");
    } catch (error) {
      throw new RehearsalError(
        `--json ${name}: the file cannot be written (${error instanceof Error ? error.message : error}); name another one.`,
      );
    }
  }

  resources(registered: Registered[]): void {
    const resources = registered.map(({ type, name, inputs }) => ({ type, name, inputs }));
    this.write(`{"resources":${JSON.stringify(resources)},\n"runs":[`);
  }

  /** All runs of a night, in the order of their starts. */
  night({ runs }: Night): void {
    for (const run of runs) {
      this.write(`${this.runs++ === 0 ? "\n" : ",\n"}${JSON.stringify(recorded(run))}`);
    }
  }

  end(verification: Check[], account: Members, messages: SentMessage[], fleet: FleetEntry[]): void {
    const sent = messages.map(({ at, night, subject, text }) => ({ at, night, subject, text }));
    this.write(
      `],\n"messages":${JSON.stringify(sent)},\n"fleet":${JSON.stringify(fleet)},\n"verification":${JSON.stringify(verification)},\n"account":${JSON.stringify(account)}}\n`,
    );
    fs.closeSync(this.file);
  }

  private write(text: string): void {
    fs.writeSync(this.file, text);
  }
}

/** The members in the order in which a reader wants them. */
function recorded(run: Run): object {
  const { night, runbook, documentName, startedAt, endedAt, executionId, status } = run;
  const { failureMessage, outputs, steps, calls, parent } = run;
  return {
    night,
    runbook,
    documentName,
    startedAt,
    endedAt,
    executionId,
    status,
    failureMessage,
    outputs,
    steps,
    calls,
    parent,
  };
}
