import { Cron } from "croner";
import { toCroner } from "./croner";

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
export function findFirings(scheduleExpression: string, now: Date): Firings | undefined {
  const pattern = toCroner(scheduleExpression);
  if (pattern === undefined) return undefined;
  const cron = new Cron(pattern, { mode: "7-part", utcOffset: 0, paused: true });
  const within = listFirings(cron, now, 367);
  const times = within.length > OFTEN ? within : listFirings(cron, now, LONGEST_DAYS);
  const next = cron.nextRun(now) ?? undefined;
  const ends = next === undefined ? times : [...times, next.getTime()];
  const gaps = ends.slice(1).map((time, index) => time - ends[index]);
  return {
    ...(next === undefined ? {} : { next }),
    ...(gaps.length === 0 ? {} : { longestGapHours: Math.max(...gaps) / 3_600_000 }),
  };
}

/** The firings of so many days before. */
function listFirings(cron: Cron, now: Date, daysBefore: number): number[] {
  const times: number[] = [];
  let firing = cron.nextRun(new Date(now.getTime() - daysBefore * DAY));
  while (firing !== null && firing <= now) {
    times.push(firing.getTime());
    firing = cron.nextRun(firing);
  }
  return times;
}
