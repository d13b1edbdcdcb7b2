import { Cron } from "croner";
import { toCroner } from "./croner";
import { fromLocal, toLocal } from "./localTime";

/** When a schedule fires, seen from a moment. */
export interface Firings {
  /** The first one after it; nothing where the schedule is over. */
  readonly next?: Date;
  /** The longest time between two firings, of those before it and the next one; nothing where there were not two. */
  readonly longestGapHours?: number;
}

const DAY = 86_400_000;
/** What fires more often than that in a year has the same gaps in every year. */
const OFTEN = 100;
/** 29 February can be that far away. */
const LONGEST_DAYS = 8 * 366 + 1;

/** Nothing where the expression is none that the component registers. */
export function findFirings(scheduleExpression: string, now: Date, timeZone = "UTC"): Firings | undefined {
  const pattern = toCroner(scheduleExpression);
  if (pattern === undefined) return undefined;
  const cron = new Cron(pattern, { mode: "7-part", utcOffset: 0, paused: true });
  const nextAfter = (time: Date) => (timeZone === "UTC" ? cron.nextRun(time) : nextIn(timeZone, cron, time));
  const within = listFirings(nextAfter, now, 367);
  const times = within.length > OFTEN ? within : listFirings(nextAfter, now, LONGEST_DAYS);
  const next = nextAfter(now) ?? undefined;
  const ends = next === undefined ? times : [...times, next.getTime()];
  const gaps = ends.slice(1).map((time, index) => time - ends[index]);
  return {
    ...(next === undefined ? {} : { next }),
    ...(gaps.length === 0 ? {} : { longestGapHours: Math.max(...gaps) / 3_600_000 }),
  };
}

/** The firings of so many days before. */
function listFirings(nextAfter: (time: Date) => Date | null, now: Date, daysBefore: number): number[] {
  const times: number[] = [];
  let firing = nextAfter(new Date(now.getTime() - daysBefore * DAY));
  while (firing !== null && firing <= now) {
    times.push(firing.getTime());
    firing = nextAfter(firing);
  }
  return times;
}

/** A time that the clocks of the zone skip does not fire, and one that they show twice fires once. */
function nextIn(timeZone: string, cron: Cron, after: Date): Date | null {
  // A day before, the clocks show less than they do then, however they are changed.
  let local = cron.nextRun(new Date(toLocal(timeZone, after).getTime() - DAY));
  while (local !== null) {
    const at = fromLocal(timeZone, local);
    if (at !== undefined && at > after) return at;
    local = cron.nextRun(local);
  }
  return null;
}
