import { through } from "./table";

/**
 * What an expression in a neighbouring dialect would be in AWS's form, or undefined where there is no one expression
 * that means the same. Only a proposal for a sentence: whoever shows it checks it first.
 */
export function inAwsForm(fields: string[]): string | undefined {
  if (fields.length === 5) return fields.includes("?") ? [...fields, "*"].join(" ") : fromUnix(fields);
  // Quartz has the seconds in front; its six-field form has no year, so that its "?" or weekday comes last.
  if (fields.length === 7) return fields.slice(1).join(" ");
  if (fields.length === 6) return [...fields.slice(1), "*"].join(" ");
  return undefined;
}

function fromUnix([minutes, hours, dayOfMonth, month, dayOfWeek]: string[]): string | undefined {
  const front = [listed(minutes, 59), listed(hours, 23)].join(" ");
  if (dayOfWeek === "*") return `${front} ${listed(dayOfMonth, 31)} ${listed(month, 12)} ? *`;
  // Unix fires on either where both are given: that takes two expressions of AWS.
  if (dayOfMonth !== "*") return undefined;
  const weekdays = weekdaysFromUnix(dayOfWeek);
  return weekdays === undefined ? undefined : `${front} ? ${listed(month, 12)} ${weekdays} *`;
}

/** A Unix day-of-week field as AWS would have it; beside Unix's own forms `0L` and `0#2`. */
export function weekdaysFromUnix(text: string): string | undefined {
  const [, day, mark] = /^([0-7])(L|#[1-5])$/.exec(text) ?? [];
  if (day !== undefined) return `${awsWeekday(day)}${mark}`;
  const weekdays = text.split(",").map(itemFromUnix);
  return weekdays.includes(undefined) ? undefined : [...new Set(weekdays)].join(",");
}

/** The same field without steps over a range, which Unix has and AWS does not document. */
function listed(text: string, max: number): string {
  return text
    .split(",")
    .map((item) => {
      const [, first, last, step] = /^(\d+)-(\d+)\/(\d+)$/.exec(item) ?? [];
      if (first === undefined || Number(step) < 1 || Number(last) > max) return item;
      return through(Number(first), Number(last), Number(step)).join(",");
    })
    .join(",");
}

/** One item of a Unix day-of-week field: 0-6 from Sunday and 7 for Sunday again, where AWS has 1-7 from Sunday. */
function itemFromUnix(item: string): string | undefined {
  const [, first, last, step] = /^(\*|[0-7]|[A-Z]{3})(?:-([0-7]|[A-Z]{3}))?(?:\/([1-7]))?$/.exec(item) ?? [];
  if (first === undefined) return undefined;
  if (step !== undefined) return steppedWeekdays(first, last, Number(step));
  if (last === undefined) return first === "*" ? undefined : awsWeekday(first);
  if (first === "0" && last === "7") return "1-7";
  if (first === "6" && last === "7") return "7,1";
  if (first === "7") return undefined;
  if (last === "7") return `${awsWeekday(first)}-7,1`;
  return `${awsWeekday(first)}-${awsWeekday(last)}`;
}

function steppedWeekdays(first: string, last: string | undefined, step: number): string | undefined {
  if (first !== "*" && (last === undefined || /[A-Z]/.test(first + last))) return undefined;
  const days = first === "*" ? through(0, 6, step) : through(Number(first), Number(last), step);
  return days.length === 0 ? undefined : [...new Set(days.map((day) => awsWeekday(String(day))))].join(",");
}

function awsWeekday(unix: string): string {
  return /^\d$/.test(unix) ? String((Number(unix) % 7) + 1) : unix;
}
