import * as fs from "node:fs";
import type { Members } from "../account/api";
import type { Registered } from "../deploy/program";
import { RehearsalError } from "../errors";
import type { Night } from "../nights";
import type { Check } from "../verification";

/**
 * Writes the record as the rehearsal goes on, one night at a time, so that a thousand nights need no more memory than
 * one: `{ resources, nights, verification, account }`.
 */
export class RecordWriter {
  private readonly file: number;
  private nights = 0;

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
    this.write(`{"resources":${JSON.stringify(resources)},\n"nights":[`);
  }

  night({ startedAt, executionId, status, failureMessage, steps, calls }: Night): void {
    const night = JSON.stringify({ startedAt, executionId, status, failureMessage, steps, calls });
    this.write(`${this.nights++ === 0 ? "\n" : ",\n"}${night}`);
  }

  end(verification: Check[], account: Members): void {
    this.write(
      `],\n"verification":${JSON.stringify(verification)},\n"account":${JSON.stringify(account)}}\n`,
    );
    fs.closeSync(this.file);
  }

  private write(text: string): void {
    fs.writeSync(this.file, text);
  }
}
