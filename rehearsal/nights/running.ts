import type { Child } from "../automation/child";
import type { ExecutionResult } from "../automation/execution";
import { type Waiting, waitsUntil } from "../automation/waiting";
import type { Clock } from "../account/clock";
import type { Trouble } from "../faults";
import type { Night, Run } from "./run";

/** A night of which something goes on. */
export interface Going {
  night: Night;
  troubles: Trouble[];
  /** What happens in the middle of it at a time of its own, soonest first. */
  alarms: Alarm[];
  /** The runs that go on, in the order of their starts. */
  running: Running[];
}

/** A run that goes on. It may be ahead of the clock: between two waits nothing but itself runs. */
export interface Running {
  run: Run;
  execution: Generator<Waiting, ExecutionResult, void>;
  begun: boolean;
  /** How far it has got. */
  reached: Date;
  waits: Waiting;
  /** Itself, as the step sees it that started it. */
  child?: Child;
}

interface Alarm {
  at: Date;
  strike: () => void;
}

/** What the faults of a night have set for times of their own. */
export function alarmsOf(troubles: Trouble[], startedAt: Date): Alarm[] {
  return troubles
    .flatMap(({ after }) => after ?? [])
    .map(({ seconds, strike }) => ({ at: new Date(startedAt.getTime() + seconds * 1000), strike }))
    .sort((one, another) => one.at.getTime() - another.at.getTime());
}

/** A run that has something to do, and when. */
export interface Turn {
  going: Going;
  running: Running;
  due: Date;
}

/** The run that has something to do first. */
export function soonest(nights: Going[]): Turn | undefined {
  return nights
    .flatMap((going) => going.running.map((running) => ({ going, running, due: dueAt(running, going) })))
    .reduce<Turn | undefined>(
      (first, turn) => (first === undefined || turn.due < first.due ? turn : first),
      undefined,
    );
}

/** An alarm that is overdue waits until the run can be interrupted. */
function dueAt(running: Running, going: Going): Date {
  const wakes = waitsUntil(running.waits);
  const alarm = alarmFor(running, going);
  return alarm !== undefined && alarm.at < wakes ? later(alarm.at, running.reached) : wakes;
}

/** Alarms strike the first of the runs that go on: whoever cancels the run of a night means that one. */
function alarmFor(running: Running, { running: [first], alarms: [alarm] }: Going): Alarm | undefined {
  return running === first && running.begun ? alarm : undefined;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** Lets a run go on until it waits again, or something happen in the middle of it. Gives what came of it when it has ended. */
export function takeTurn({ going, running, due }: Turn, clock: Clock): ExecutionResult | undefined {
  clock.set(due);
  const turn = due < waitsUntil(running.waits) ? ring(going, running) : running.execution.next();
  running.begun = true;
  running.reached = clock.now();
  if (turn?.done) {
    return turn.value;
  }
  running.waits = turn?.value ?? running.waits;
  return undefined;
}

function ring(
  { alarms }: Going,
  { execution }: Running,
): IteratorResult<Waiting, ExecutionResult> | undefined {
  try {
    alarms.shift()?.strike();
    return undefined;
  } catch (error) {
    return execution.throw(error);
  }
}
