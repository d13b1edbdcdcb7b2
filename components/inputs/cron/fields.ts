import type { DayRule } from "./calendar";
import { weekdaysFromUnix } from "./dialects";
import {
  daysFromZero,
  emptyItem,
  ItemRefusal,
  notTaken,
  Refusal,
  stepOfRange,
  stepOfWeekdays,
  takes,
  wrappedRange,
} from "./sentences";
import { quote } from "../../quote";
import { type CronField, FIELDS, through } from "./table";

/** Refuses characters that mean nothing in any field, so that the checks after it may print what they found. */
export function checkCharacters(field: CronField, text: string): void {
  const [unknown] = /[^0-9A-Z,\-*?/#]/u.exec(text) ?? [];
  if (unknown !== undefined)
    throw new Refusal(
      `${quote(unknown)} means nothing in a cron field, ${takes(field)}, write for example ${field.example}`,
    );
}

/** The values that a list of values, ranges and steps names. What a sentence proposes is the whole field, and right. */
export function valuesOf(field: CronField, text: string): number[] {
  try {
    return valuesOfList(field, text);
  } catch (error) {
    throw error instanceof ItemRefusal ? error.ofField(field, repaired(field, text)) : error;
  }
}

/** The minutes, of which the checker allows one: no sentence about them proposes more. */
export function minutesOf(text: string): number[] {
  try {
    return valuesOf(FIELDS.minutes, text);
  } catch (error) {
    throw error instanceof Refusal && /[,\-*/]/.test(text) ? notTaken(FIELDS.minutes, text) : error;
  }
}

function valuesOfList(field: CronField, text: string): number[] {
  if (text === "*") return through(field.min, field.max);
  if (text.includes("?"))
    throw new Refusal(
      `"?" stands alone in the ${field.label} field, not in ${quote(text)}, write "?" or the values`,
    );
  const items = text.split(",");
  const present = items.filter((item) => item !== "");
  if (present.length < items.length)
    throw emptyItem(field, items, present.length === 0 ? undefined : repaired(field, present.join(",")));
  if (items.includes("*"))
    throw new Refusal(`"*" already stands for every value of the ${field.label} field, write "*" alone`);
  return items.flatMap((item) => valuesOfItem(field, item));
}

/** The field with every repair in it that its items have, where that makes it right. */
function repaired(field: CronField, text: string): string | undefined {
  let repair = text;
  for (let left = text.split(",").length; ; left--) {
    try {
      valuesOfList(field, repair);
      return repair;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!(error instanceof ItemRefusal) || left === 0) return undefined;
      repair = error.repairIn(repair);
    }
  }
}

/** The days that the day-of-month field names. */
export function daysOfMonth(text: string): DayRule {
  const field = FIELDS.dayOfMonth;
  if (text === "L") return { kind: "lastDay" };
  if (text === "*") return { kind: "everyDay" };
  for (const item of text.split(",")) {
    if (item === "LW" || item === "WL")
      throw new Refusal(
        `AWS documents "L" for the last day of the month and "15W" for a weekday, not ${quote(item)}, write "L" for the last day`,
      );
    if (/^L-/.test(item))
      throw new Refusal(
        `AWS documents no days counted from the end of the month such as ${quote(item)}, write "L" for the last day or a day such as "28"`,
      );
    if (item !== text && /^(L|\d*W)$/.test(item)) throw notInList(item);
  }
  if (/^\d+W$/.test(text)) return { kind: "weekdayNearest", day: numberIn(field, text.slice(0, -1)) };
  if (/^[\dW-]*W[\dW-]*$/.test(text))
    throw new Refusal(
      `"W" follows one day, 1-31, write for example "15W" for the weekday nearest to the 15th`,
    );
  return { kind: "daysOfMonth", days: valuesOf(field, text) };
}

/** The days that the day-of-week field names. */
export function daysOfWeek(text: string): DayRule {
  const field = FIELDS.dayOfWeek;
  // The last day of the week.
  if (text === "L") return { kind: "weekdays", weekdays: [field.max] };
  const items = text.split(",");
  if (/(^|[,-])0+($|[^0-9])/.test(text)) throw daysFromZero(fromZero(text));
  const inList =
    items.length > 1 ? items.find((item) => /#/.test(item) || /^(\d*|[A-Z]{3})L$/.test(item)) : undefined;
  if (inList !== undefined) throw notInList(inList);
  if (text.includes("/")) throw stepOfWeekdays(text);
  if (text.includes("#")) return nthOfWeekday(text);
  const [, last] = /^(\d+|[A-Z]{3})L$/.exec(text) ?? [];
  return last === undefined
    ? { kind: "weekdays", weekdays: valuesOf(field, text) }
    : { kind: "lastWeekday", weekday: valueOf(field, last) };
}

/** What days counted from 0 are when counted from 1. */
function fromZero(text: string): string | undefined {
  const days = weekdaysFromUnix(text.replace(/\b0+(?=\d)/g, ""));
  return days !== undefined && (/[L#]/.test(days) || repaired(FIELDS.dayOfWeek, days) === days)
    ? days
    : undefined;
}

function notInList(item: string): Refusal {
  return new Refusal(
    `${quote(item)} cannot be part of a list, write it alone in the field, or the list without it`,
  );
}

function nthOfWeekday(text: string): DayRule {
  const [, weekday, nth] = /^([^#]+)#([1-5])$/.exec(text) ?? [];
  if (weekday === undefined)
    throw new Refusal(
      `"#" stands between a day of the week and its number in the month, 1-5, write for example "3#2" or "TUE#2" for the second Tuesday`,
    );
  return { kind: "nthOfWeekday", weekday: valueOf(FIELDS.dayOfWeek, weekday), nth: Number(nth) };
}

function valuesOfItem(field: CronField, item: string): number[] {
  if (item.includes("/")) return valuesOfStep(field, item);
  if (item.includes("-")) return valuesOfRange(field, item);
  return [valueOf(field, item)];
}

function valuesOfStep(field: CronField, item: string): number[] {
  const [, start, text] = /^([^/]*)\/(\d+)$/.exec(item) ?? [];
  if (text === undefined) throw notTaken(field, item);
  const step = Number(text);
  const range = start.includes("-") ? valuesOfRange(field, start) : undefined;
  const first = range?.[0] ?? (start === "" || start === "*" ? field.min : valueOf(field, start));
  // AWS refuses */60 in the minutes. Days and months may be counted up to their last one, where only the start fires.
  const largest = field.min === 1 ? field.max : field.max - field.min;
  const allowed = `a step of the ${field.label} field is 1-${largest}, not ${text}, write`;
  if (step === 0) throw new Refusal(`${allowed} for example ${field.example}`);
  if (step > largest) throw new Refusal(`${allowed} "${first}" where only the first value is meant`);
  if (start === "") throw new ItemRefusal(`a step follows its first value or "*"`, item, `*/${step}`);
  if (range !== undefined) throw stepOfRange(field, item, range, step);
  return through(first, field.max, step);
}

function valuesOfRange(field: CronField, item: string): number[] {
  const ends = item.split("-");
  if (ends.length !== 2 || ends.includes("")) throw notTaken(field, item);
  const [first, last] = ends.map((end) => valueOf(field, end));
  if (first <= last) return through(first, last);
  // AWS's own example 20-2 is the one range over the end of a field that it documents.
  if (field === FIELDS.hours) return [...through(first, field.max), ...through(field.min, last)];
  throw wrappedRange(field, item, ends, [first, last]);
}

function valueOf(field: CronField, text: string): number {
  if (/^\d+$/.test(text)) return numberIn(field, text);
  const name = field.names.indexOf(text);
  if (name >= 0) return field.min + name;
  throw notTaken(field, text);
}

function numberIn(field: CronField, text: string): number {
  const value = Number(text);
  if (value >= field.min && value <= field.max) return value;
  throw notTaken(field, text);
}
