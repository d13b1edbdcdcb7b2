import type { AwsError } from "./errors";
import { firings } from "./schedule";
import type { Accepted } from "./ssm";

/** What starts runbooks at its times: a rule, or schedules that have the same times. */
export interface Timer {
  /** What it is, by name. */
  title: string;
  scheduleExpression: string;
  /** The zone of the expression; UTC where there is none. */
  timeZone?: string;
  starts: TimedStart[];
}

/** A runbook that it starts. */
export interface TimedStart {
  documentName: string;
  isEnabled: () => boolean;
  /** Starts it with the parameters and the role that were given. An AwsError is a start that is refused. */
  start: () => Accepted;
  /** What becomes of a start that was refused, or whose retries have come to nothing. */
  keep: (error: AwsError) => void;
}

/** The times at which it fires when it was made at `from`. */
export function timerFirings({ scheduleExpression, timeZone }: Timer, from: Date): Generator<Date> {
  const [, days] = /^rate\((1 day|[2-9] days)\)$/.exec(scheduleExpression) ?? [];
  return days === undefined ? firings(scheduleExpression, from, timeZone) : every(parseInt(days, 10), from);
}

/** EventBridge counts from the moment at which the rule is made. */
function* every(days: number, from: Date): Generator<Date> {
  for (let at = from; ;) {
    at = new Date(at.getTime() + days * 24 * 60 * 60 * 1000);
    yield at;
  }
}
