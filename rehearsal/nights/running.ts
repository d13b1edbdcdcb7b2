import type { ExecutionResult } from "../automation/execution";
import type { Clock } from "../account/clock";
import type { Trouble } from "../faults";
import type { Night } from "./run";

/** A run that goes on. It may be ahead of the clock: between two waits nothing but itself runs. */
export interface Running {
  night: Night;
  execution: Generator<Date, ExecutionResult, void>;
  begun: boolean;
  /** How far it has got. */
  reached: Date;
  wakesAt: Date;
  /** What happens in the middle of it at a time of its own, soonest first. */
  alarms: Alarm[];
}

interface Alarm {
  at: Date;
  strike: () => void;
}

/** What the faults of a run have set for times of their own. */
export function alarmsOf(troubles: Trouble[], startedAt: Date): Alarm[] {
  return troubles
    .flatMap(({ after }) => after ?? [])
    .map(({ seconds, strike }) => ({ at: new Date(startedAt.getTime() + seconds * 1000), strike }))
    .sort((one, another) => one.at.getTime() - another.at.getTime());
}

/** When there is something to do for a run. An alarm that is overdue waits until the run can be interrupted. */
export function dueAt({ begun, alarms: [alarm], reached, wakesAt }: Running): Date {
  return begun && alarm !== undefined && alarm.at < wakesAt ? later(alarm.at, reached) : wakesAt;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** Lets a run go on until it waits again, or something happen in the middle of it. Gives what came of it when it has ended. */
export function takeTurn(running: Running, clock: Clock): ExecutionResult | undefined {
  const due = dueAt(running);
  clock.set(due);
  const turn = due < running.wakesAt ? ring(running) : running.execution.next();
  running.begun = true;
  running.reached = clock.now();
  if (turn?.done) {
    return turn.value;
  }
  running.wakesAt = turn?.value ?? running.wakesAt;
  return undefined;
}

function ring({ alarms, execution }: Running): IteratorResult<Date, ExecutionResult> | undefined {
  try {
    alarms.shift()?.strike();
    return undefined;
  } catch (error) {
    return execution.throw(error);
  }
}
