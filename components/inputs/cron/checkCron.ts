import { everFires, type DayRule } from "./calendar";
import { inAwsForm } from "./dialects";
import { checkCharacters, daysOfMonth, daysOfWeek, minutesOf, valuesOf } from "./fields";
import { Refusal, tooOften } from "./sentences";
import { FIELDS } from "./table";
import { InputError } from "../../errors";
import { quote } from "../../quote";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const LONGEST = 256;
const EXAMPLE = 'for example "30 5 * * ? *" for every day at 05:30 UTC';
const SIX_FIELDS = "six fields, minutes hours day-of-month month day-of-week year";

/**
 * The scheduleExpression to register for the input `cron`: `cron(…)` around the six fields as they were given, single
 * blanks between them, letters in upper case.
 *
 * Checked is what AWS documents, that some date fits, because AWS itself takes expressions that it then never fires, and that
 * it fires at most once an hour, because a run takes its time.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 *
 * @throws InputError with one sentence that names the input, its value, what is allowed and the likely repair
 */
export function checkCron(text: unknown): string {
  try {
    const fields = fieldsOf(text);
    checkFields(fields);
    return registered(fields);
  } catch (error) {
    if (error instanceof Refusal) throw new InputError(`cron is ${shown(text)}: ${error.message}.`);
    throw error;
  }
}

function registered(fields: string[]): string {
  return `cron(${fields.join(" ")})`;
}

function shown(text: unknown): string {
  if (typeof text === "string")
    return text.length > LONGEST ? `${quote(text.slice(0, LONGEST))} and so on` : quote(text);
  if (Array.isArray(text)) return "a list";
  return typeof text === "object" && text !== null
    ? "an object"
    : typeof text === "function"
      ? "a function"
      : String(text);
}

/** The fields, cut apart. What is no AWS cron expression but something near it gets a sentence of its own here. */
export function fieldsOf(text: unknown): string[] {
  if (typeof text !== "string") throw new Refusal(`it must be a string with ${SIX_FIELDS}, ${EXAMPLE}`);
  const [, kind] = /^\s*(rate|at)\s*\(/i.exec(text) ?? [];
  if (kind !== undefined)
    throw new Refusal(
      `${kind.toLowerCase()}(…) is not taken, write a cron expression of ${SIX_FIELDS}, ${EXAMPLE}`,
    );
  const inner = /^cron\s*\(([^]*)\)$/i.exec(text.trim())?.[1] ?? text;
  // Only ASCII letters: toUpperCase would make an S of the long s, and an expression that AWS refuses look right.
  const upper = inner.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  const fields = upper.split(/\s+/).filter((field) => field !== "");
  if (fields.length === 0) throw new Refusal(`it must hold ${SIX_FIELDS}, ${EXAMPLE}`);
  if (fields.length !== 6) throw wrongCount(fields);
  return fields;
}

function wrongCount(fields: string[]): Refusal {
  if (fields.length === 5)
    return new Refusal(
      `AWS takes ${SIX_FIELDS}, with days of the week counted 1-7 from Sunday and "?" in one of the two day fields, not the five of a Unix cron, write ${firstRight(inAwsForm(fields))}`,
    );
  if (fields.length === 7)
    return new Refusal(
      `AWS takes ${SIX_FIELDS}, not seven with seconds in front, write ${firstRight(inAwsForm(fields))}`,
    );
  return new Refusal(`AWS takes ${SIX_FIELDS}, not ${fields.length}, write ${EXAMPLE}`);
}

/** The first of the candidates that is right, quote, or else an example: a sentence never proposes what is refused. */
function firstRight(...candidates: (string | undefined)[]): string {
  const right = candidates.find((candidate) => candidate !== undefined && isRight(candidate.split(" ")));
  return right === undefined ? EXAMPLE : `"${right}"`;
}

function isRight(fields: string[]): boolean {
  try {
    checkFields(fields);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function checkFields(fields: string[]): void {
  const { length } = registered(fields);
  if (length > LONGEST)
    throw new Refusal(
      `AWS takes ${LONGEST} characters with "cron(" and ")", not ${length}, write long lists as ranges or steps, for example "1-15" or "*/2"`,
    );
  Object.values(FIELDS).forEach((field, index) => checkCharacters(field, fields[index]));
  checkQuestionMarks(fields);
  const [minutes, hours, , month, , year] = fields;
  const times = minutesOf(minutes);
  const gap = shortestGap(times, valuesOf(FIELDS.hours, hours));
  const months = valuesOf(FIELDS.month, month);
  const years = valuesOf(FIELDS.year, year);
  const rule = dayRule(fields);
  // At every hour nobody knows which one was meant.
  const once = hours === "*" ? undefined : [Math.min(...times), ...fields.slice(1)].join(" ");
  if (gap < 60) throw tooOften(gap, firstRight(once));
  if (!everFires(rule, months, years)) throw neverFires(fields, rule);
}

/** "?" in a field that is no day field: written for "*", or in the wrong place, or in Quartz's six fields. */
function checkQuestionMarks(fields: string[]): void {
  const place = misplacedMark(fields);
  if (place < 0) return;
  throw new Refusal(
    `"?" is for the day-of-month or the day-of-week field, not for the ${Object.values(FIELDS)[place].label} field, write ${firstRight(meantBy(fields, place))}`,
  );
}

const [HOURS, DAY_OF_MONTH, DAY_OF_WEEK, YEAR] = [1, 2, 4, 5];

/** The place of a "?" in a field that is no day field, or -1. */
function misplacedMark(fields: string[]): number {
  return fields.findIndex(
    (field, index) => field.includes("?") && index !== DAY_OF_MONTH && index !== DAY_OF_WEEK,
  );
}

/** What was meant by fields with a "?" in this place, where there is no doubt: one reading that is right. */
function meantBy(fields: string[], place: number): string | undefined {
  const quartz = inAwsForm(fields)?.split(" ") ?? [];
  const readings = [
    ...withoutMark(fields, place),
    ...swapped(fields, place, DAY_OF_MONTH),
    ...swapped(fields, place, DAY_OF_WEEK),
    quartz,
  ].filter((reading) => misplacedMark(reading) < 0 && isRight(reading));
  // Whoever names an hour means it as one: a reading in which it has become something else is none.
  const atAnHour = readings.filter((reading) => reading[HOURS] !== "*");
  // Quartz has its "?" there.
  if (place === YEAR && atAnHour.includes(quartz)) return quartz.join(" ");
  const meant = new Set((atAnHour.length > 0 ? atAnHour : readings).map(inOneForm));
  return meant.size === 1 ? [...meant][0] : undefined;
}

/** For "*"; but nobody wants an image at every minute, and "?" says no hour. */
function withoutMark(fields: string[], place: number): string[][] {
  return place === HOURS ? [] : [put(fields, place, place === 0 ? "0" : "*")];
}

/** The "?" in the place of a day field's "*". */
function swapped(fields: string[], place: number, dayField: number): string[][] {
  return fields[dayField] === "*" ? [put(put(fields, place, "*"), dayField, "?")] : [];
}

function put(fields: string[], place: number, text: string): string[] {
  return fields.map((field, index) => (index === place ? text : field));
}

/** Every day can be written in two ways. */
function inOneForm(fields: string[]): string {
  const everyDay = fields[DAY_OF_MONTH] === "?" && fields[DAY_OF_WEEK] === "*";
  return (everyDay ? put(put(fields, DAY_OF_MONTH, "*"), DAY_OF_WEEK, "?") : fields).join(" ");
}

/** The days of the one day field that is not "?". */
export function dayRule(fields: string[]): DayRule {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  const byMonth = dayOfMonth === "?" ? undefined : daysOfMonth(dayOfMonth);
  const byWeek = dayOfWeek === "?" ? undefined : daysOfWeek(dayOfWeek);
  const onDaysOfMonth = [minutes, hours, dayOfMonth, month, "?", year].join(" ");
  const onDaysOfWeek = [minutes, hours, "?", month, dayOfWeek, year].join(" ");
  if (byMonth !== undefined && byWeek !== undefined) {
    const allowed = 'one of the day-of-month and day-of-week fields must be "?", write';
    if (dayOfWeek === "*") throw new Refusal(`${allowed} ${firstRight(onDaysOfMonth)}`);
    if (dayOfMonth === "*") throw new Refusal(`${allowed} ${firstRight(onDaysOfWeek)}`);
    throw new Refusal(
      `${allowed} ${firstRight(onDaysOfMonth)} for the days of the month or ${firstRight(onDaysOfWeek)} for the days of the week`,
    );
  }
  const rule = byMonth ?? byWeek;
  if (rule === undefined)
    throw new Refusal(
      `one of the day-of-month and day-of-week fields must name days, "?" in both names none, write ${firstRight([minutes, hours, "*", month, "?", year].join(" "))}`,
    );
  return rule;
}

/** The fewest minutes between two firings within a day. */
function shortestGap(minutes: number[], hours: number[]): number {
  const times = [...new Set(minutes)].sort((one, other) => one - other);
  const within = times.slice(1).map((time, index) => time - times[index]);
  const [first, last] = [times[0], times[times.length - 1]];
  const overTheHour = hours.some((hour) => hours.includes(hour + 1)) ? [first + 60 - last] : [];
  return Math.min(60, ...within, ...overTheHour);
}

function neverFires([minutes, hours, , month, , year]: string[], rule: DayRule): Refusal {
  const whenever = "it must name a date that comes, and no month and year in it has such a day, write";
  if (rule.kind === "nthOfWeekday")
    return new Refusal(
      `${whenever} "${[minutes, hours, "?", month, `${rule.weekday}L`, year].join(" ")}" for the last such day of the month`,
    );
  return new Refusal(
    `${whenever} "${[minutes, hours, "L", month, "?", year].join(" ")}" for the last day of the month`,
  );
}
