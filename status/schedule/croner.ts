import { valuesOf } from "../../components/inputs/cron/fields";
import { Refusal } from "../../components/inputs/cron/sentences";
import { type CronField, FIELDS } from "../../components/inputs/cron/table";

/**
 * The scheduleExpression of an EventBridge rule in croner's dialect with seven fields, or nothing where it is none that
 * the component registers: somebody changed the rule.
 *
 * Lists, ranges and steps are spelled out, because croner refuses `0/15` and `20-2`, counts weekdays from 0 and knows years
 * after 2199. Its `L`, `15W` and `5#2` mean what AWS's do.
 */
export function toCroner(scheduleExpression: string): string | undefined {
  const fields = /^cron\((.*)\)$/.exec(scheduleExpression)?.[1].trim().split(/\s+/) ?? [];
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || (dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  try {
    return [
      "0",
      spellOut(FIELDS.minutes, minutes),
      spellOut(FIELDS.hours, hours),
      days(dayOfMonth),
      spellOut(FIELDS.month, month),
      weekdays(dayOfWeek),
      spellOut(FIELDS.year, year),
    ].join(" ");
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function days(text: string): string {
  if (text === "?" || text === "*") return "*";
  return /^(L|\d+W)$/.test(text) ? text : spellOut(FIELDS.dayOfMonth, text);
}

function weekdays(text: string): string {
  if (text === "?" || text === "*") return "*";
  if (text === "L") return fromZero("7");
  const [, weekday, last, nth] = /^([^#,]+?)(?:(L)|#([1-5]))$/.exec(text) ?? [];
  return weekday === undefined ? fromZero(text) : `${fromZero(weekday)}#${last ?? nth}`;
}

/** croner counts Sunday as 0, AWS as 1. */
function fromZero(text: string): string {
  return valuesOf(FIELDS.dayOfWeek, text)
    .map((day) => day - 1)
    .join(",");
}

function spellOut(field: CronField, text: string): string {
  return [...new Set(valuesOf(field, text))].sort((one, other) => one - other).join(",");
}
