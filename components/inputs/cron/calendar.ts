/**
 * What decides whether a month has a day on which a schedule fires. Most ways to name days fit every month: all of the
 * weekdays, the last day, the last Friday. Weekdays are AWS's: 1 is Sunday, 7 is Saturday.
 */
export type DayRule =
  | { kind: "inEveryMonth" }
  | { kind: "daysOfMonth"; days: number[] }
  | { kind: "weekdayNearest"; day: number }
  | { kind: "nthOfWeekday"; weekday: number; nth: number };

/**
 * Whether any of the months in any of the years has a day that the rule names. Nothing is compared with today: a
 * preview has no clock, so a year that is past is no fault here.
 */
export function everFires(rule: DayRule, months: number[], years: number[]): boolean {
  return years.some((year) => months.some((month) => firesIn(rule, year, month)));
}

function firesIn(rule: DayRule, year: number, month: number): boolean {
  const length = daysIn(year, month);
  switch (rule.kind) {
    case "daysOfMonth":
      return rule.days.some((day) => day <= length);
    case "weekdayNearest":
      return rule.day <= length;
    case "nthOfWeekday":
      return firstOfWeekday(rule.weekday, year, month) + 7 * (rule.nth - 1) <= length;
    case "inEveryMonth":
      return true;
  }
}

function daysIn(year: number, month: number): number {
  // Day 0 of the month that follows is the last day of this one; Date counts months from 0.
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function firstOfWeekday(weekday: number, year: number, month: number): number {
  const weekdayOfTheFirst = new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 1;
  return 1 + ((weekday - weekdayOfTheFirst + 7) % 7);
}
