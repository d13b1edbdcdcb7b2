import { Cron } from "croner";
import { NotModelled } from "../errors";
import { localTime, momentOf } from "./localTime";

interface Field {
  min: number;
  max: number;
  names: string[];
  /** A range such as 20-2 goes on at the field's beginning. AWS documents it for the hours. */
  wraps: boolean;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const MINUTES: Field = { min: 0, max: 59, names: [], wraps: false };
const HOURS: Field = { min: 0, max: 23, names: [], wraps: true };
const DAY_OF_MONTH: Field = { min: 1, max: 31, names: [], wraps: false };
const MONTH: Field = { min: 1, max: 12, names: MONTHS, wraps: false };
const DAY_OF_WEEK: Field = { min: 1, max: 7, names: WEEKDAYS, wraps: false };
const YEAR: Field = { min: 1970, max: 2199, names: [], wraps: false };

/**
 * The times, in whole minutes, at or after `from` at which EventBridge fires a schedule: in UTC, or in a time zone. It ends when
 * there is no further one.
 *
 * Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function firings(scheduleExpression: string, from: Date, timeZone = "UTC"): Generator<Date> {
  // Read here, not in the generator: an expression that is not modelled throws at the call, not at the first use.
  const pattern = cronerPattern(scheduleExpression);
  const cron = new Cron(pattern, { mode: "7-part", utcOffset: 0, paused: true });
  return timeZone === "UTC" ? enumerate(cron, from) : enumerateIn(timeZone, cron, from);
}

/** A time that the clocks skip does not fire, and one that they show twice fires once. */
function* enumerateIn(timeZone: string, cron: Cron, from: Date): Generator<Date> {
  // A day before: what the clocks show then is before what they show at `from`, however they are changed.
  for (const local of enumerate(cron, localTime(timeZone, new Date(from.getTime() - 24 * 60 * 60 * 1000)))) {
    const at = momentOf(timeZone, local);
    if (at !== undefined && at >= from) {
      yield at;
    }
  }
}

function* enumerate(cron: Cron, from: Date): Generator<Date> {
  // nextRun looks for what comes after the second of its argument; a millisecond before, `from` itself counts.
  let next = cron.nextRun(new Date(from.getTime() - 1));
  while (next !== null) {
    yield next;
    next = cron.nextRun(next);
  }
}

/**
 * The expression in croner's dialect. Lists, ranges and steps are spelled out, because croner refuses `0/15` and
 * `20-2`, counts weekdays from 0 and knows years after 2199. Its `L`, `15W` and `5#2` mean what AWS's do: `1W` and
 * `31W` stay in their month.
 */
function cronerPattern(scheduleExpression: string): string {
  const notModelled = new NotModelled(
    `The schedule expression ${JSON.stringify(scheduleExpression)} is not modelled, only cron(…) with six fields is.`,
  );
  const fields = /^cron\((.*)\)$/.exec(scheduleExpression)?.[1].trim().split(/\s+/);
  if (fields?.length !== 6) throw notModelled;
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) throw notModelled;
  const pattern = [
    "0",
    spelledOut(MINUTES, minutes),
    spelledOut(HOURS, hours),
    cronerDayOfMonth(dayOfMonth),
    spelledOut(MONTH, month),
    cronerDayOfWeek(dayOfWeek),
    spelledOut(YEAR, year),
  ];
  if (pattern.includes(undefined)) throw notModelled;
  return pattern.join(" ");
}

function cronerDayOfMonth(text: string): string | undefined {
  // croner reads a list beside "*" in the other day field as the list alone, so that "?" can be "*".
  if (text === "?" || text === "*") return "*";
  return /^(L|([1-9]|[12]\d|3[01])W)$/.test(text) ? text : spelledOut(DAY_OF_MONTH, text);
}

function cronerDayOfWeek(text: string): string | undefined {
  if (text === "?" || text === "*") return "*";
  if (text === "L") return String(DAY_OF_WEEK.max - 1);
  const [, weekday, last, nth] = /^([^#]+?)(?:(L)|#([1-5]))$/.exec(text) ?? [];
  if (weekday === undefined)
    return values(DAY_OF_WEEK, text)
      ?.map((value) => value - 1)
      .join(",");
  const day = value(DAY_OF_WEEK, weekday);
  return day === undefined ? undefined : `${day - 1}#${last ?? nth}`;
}

function spelledOut(field: Field, text: string): string | undefined {
  return values(field, text)?.join(",");
}

/** The values that a field names, or undefined where it cannot be read. */
function values(field: Field, text: string): number[] | undefined {
  const items = text.split(",").map((item) => itemValues(field, item));
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? [...new Set(known.flat())].sort((a, b) => a - b) : undefined;
}

function itemValues(field: Field, item: string): number[] | undefined {
  if (item === "*") return through(field.min, field.max, 1);
  const [, start, step] = /^([^-/]+)\/(\d+)$/.exec(item) ?? [];
  if (start !== undefined)
    return stepValues(field, start === "*" ? field.min : value(field, start), Number(step));
  const [first, last, ...more] = item.split("-").map((end) => value(field, end));
  if (first === undefined || more.length > 0) return undefined;
  if (!item.includes("-")) return [first];
  if (last === undefined) return undefined;
  if (first <= last) return through(first, last, 1);
  return field.wraps ? [...through(first, field.max, 1), ...through(field.min, last, 1)] : undefined;
}

function stepValues(field: Field, first: number | undefined, step: number): number[] | undefined {
  return first === undefined || step === 0 ? undefined : through(first, field.max, step);
}

function value(field: Field, text: string): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : field.names.indexOf(text) + field.min;
  const named = field.names.includes(text) || /^\d+$/.test(text);
  return named && number >= field.min && number <= field.max ? number : undefined;
}

function through(first: number, last: number, step: number): number[] {
  const list: number[] = [];
  for (let next = first; next <= last; next += step) list.push(next);
  return list;
}
