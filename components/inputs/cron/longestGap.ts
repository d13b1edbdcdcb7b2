import { firingDays } from "./calendar";
import { dayRule, fieldsOf } from "./checkCron";
import { findClockChanges, isSkipped } from "./clockChanges";
import { minutesOf, valuesOf } from "./fields";
import { FIELDS } from "./table";

const [MINUTES_A_DAY, MILLISECONDS_A_DAY] = [24 * 60, 24 * 60 * 60 * 1000];
/** What a schedule that fires once is taken for: after a year without it somebody wants to know. */
const ONCE = 366 * MINUTES_A_DAY;

/**
 * The most hours between two firings of a checked schedule expression, whenever it is asked: a preview has no clock. It goes
 * through every year that the expression names, because Februaries and weekdays come together in few of them. In a time zone a
 * firing is left out where the clocks skip its time, and they may be set back between two of them.
 */
export function longestGapHours(scheduleExpression: string, timeZone?: string): number {
  const fields = fieldsOf(scheduleExpression);
  const [minutes, hours, , month, , year] = fields;
  const times = valuesOf(FIELDS.hours, hours)
    .flatMap((hour) => minutesOf(minutes).map((minute) => hour * 60 + minute))
    .sort((one, other) => one - other);
  const months = ascending(valuesOf(FIELDS.month, month));
  const rule = dayRule(fields);
  const days = ascending(valuesOf(FIELDS.year, year)).flatMap((eachYear) =>
    months.flatMap((eachMonth) =>
      firingDays(rule, eachYear, eachMonth).map(
        (day) => Date.UTC(eachYear, eachMonth - 1, day) / MILLISECONDS_A_DAY,
      ),
    ),
  );
  const changes = timeZone === undefined ? [] : findClockChanges(timeZone);
  const setBack = Math.max(0, ...changes.map((change) => -change.minutes));
  return (longestGap(days, times, (time) => isSkipped(time, changes)) || ONCE) / 60 + setBack / 60;
}

/** In minutes, between the firings at these times of these days; one that may be skipped is skipped where that is worst. */
function longestGap(days: number[], times: number[], maySkip: (time: number) => boolean): number {
  const skippable = times.map(maySkip);
  let longest = 0;
  let last: { minute: number; since: number } | undefined;
  for (const day of days) {
    for (const [index, time] of times.entries()) {
      const minute = day * MINUTES_A_DAY + time;
      longest = last === undefined ? 0 : Math.max(longest, minute - last.since);
      last = { minute, since: skippable[index] ? (last?.minute ?? minute) : minute };
    }
  }
  return longest;
}

function ascending(values: number[]): number[] {
  return [...new Set(values)].sort((one, other) => one - other);
}
