import { firingDays } from "./calendar";
import { dayRule, fieldsOf } from "./checkCron";
import { minutesOf, valuesOf } from "./fields";
import { FIELDS } from "./table";

const [MINUTES_A_DAY, MILLISECONDS_A_DAY] = [24 * 60, 24 * 60 * 60 * 1000];
/** What a schedule that fires once is taken for: after a year without it somebody wants to know. */
const ONCE = 366 * MINUTES_A_DAY;

/**
 * The most hours between two firings of a checked schedule expression, whenever it is asked: a preview has no clock. It goes
 * through every year that the expression names, because Februaries and weekdays come together in few of them.
 */
export function longestGapHours(scheduleExpression: string): number {
  const fields = fieldsOf(scheduleExpression);
  const [minutes, hours, , month, , year] = fields;
  const times = valuesOf(FIELDS.hours, hours)
    .flatMap((hour) => minutesOf(minutes).map((minute) => hour * 60 + minute))
    .sort((one, other) => one - other);
  const rule = dayRule(fields);
  const months = ascending(valuesOf(FIELDS.month, month));
  let longest = Math.max(0, ...gaps(times));
  let last: number | undefined;
  for (const eachYear of ascending(valuesOf(FIELDS.year, year))) {
    for (const eachMonth of months) {
      for (const day of firingDays(rule, eachYear, eachMonth)) {
        const now = Date.UTC(eachYear, eachMonth - 1, day) / MILLISECONDS_A_DAY;
        if (last !== undefined) {
          longest = Math.max(longest, (now - last) * MINUTES_A_DAY - times[times.length - 1] + times[0]);
        }
        last = now;
      }
    }
  }
  return (longest || ONCE) / 60;
}

function ascending(values: number[]): number[] {
  return [...new Set(values)].sort((one, other) => one - other);
}

function gaps(times: number[]): number[] {
  return times.slice(1).map((time, index) => time - times[index]);
}
