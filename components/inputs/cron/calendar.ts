import { through } from "./table";

/** On which days a schedule fires. Weekdays are AWS's: 1 is Sunday, 7 is Saturday. */
export type DayRule =
  | { kind: "everyDay" }
  | { kind: "lastDay" }
  | { kind: "daysOfMonth"; days: number[] }
  | { kind: "weekdayNearest"; day: number }
  | { kind: "weekdays"; weekdays: number[] }
  | { kind: "lastWeekday"; weekday: number }
  | { kind: "nthOfWeekday"; weekday: number; nth: number };

/**
 * Whether any of the months in any of the years has a day that the rule names. Nothing is compared with today: a
 * preview has no clock, so a year that is past is no fault here.
 */
export function everFires(rule: DayRule, months: number[], years: number[]): boolean {
  return years.some((year) => months.some((month) => firingDays(rule, year, month).length > 0));
}

/** The days of a month on which it fires, in their order. */
export function firingDays(rule: DayRule, year: number, month: number): number[] {
  const length = daysIn(year, month);
  const days = through(1, length);
  const weekdayOf = (day: number) => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
  switch (rule.kind) {
    case "everyDay":
      return days;
    case "lastDay":
      return [length];
    case "daysOfMonth":
      return days.filter((day) => rule.days.includes(day));
    case "weekdayNearest":
      return rule.day <= length ? [nearestWeekday(rule.day, weekdayOf(rule.day), length)] : [];
    case "weekdays":
      return days.filter((day) => rule.weekdays.includes(weekdayOf(day)));
    case "lastWeekday":
      return days.filter((day) => day > length - 7 && weekdayOf(day) === rule.weekday);
    case "nthOfWeekday":
      return days.filter((day) => Math.ceil(day / 7) === rule.nth && weekdayOf(day) === rule.weekday);
  }
}

/** From Monday to Friday, and never in another month. */
function nearestWeekday(day: number, weekday: number, length: number): number {
  if (weekday === 7) return day === 1 ? day + 2 : day - 1;
  if (weekday === 1) return day === length ? day - 2 : day + 1;
  return day;
}

function daysIn(year: number, month: number): number {
  // Day 0 of the month that follows is the last day of this one; Date counts months from 0.
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
