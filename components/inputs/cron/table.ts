/** One of the six fields, as AWS's table has it. The minutes alone take less. */
export interface CronField {
  label: string;
  min: number;
  max: number;
  /** What may stand for a number: the first name is `min`, the next one `min + 1`. */
  names: string[];
  /** The same, written out. */
  longNames?: string[];
  wildcards: string;
  /** Values that are right in this field, for sentences. */
  example: string;
}

/** The fields in their order. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export const FIELDS = {
  // AWS takes lists, ranges and steps here too; a run needs the hour (see tooOften).
  minutes: { label: "minutes", min: 0, max: 59, names: [], wildcards: "", example: '"0" or "30"' },
  hours: { label: "hours", min: 0, max: 23, names: [], wildcards: ", - * /", example: '"5,17" or "0/6"' },
  dayOfMonth: {
    label: "day-of-month",
    min: 1,
    max: 31,
    names: [],
    wildcards: ", - * ? / L W",
    example: '"1,15" or "L"',
  },
  month: {
    label: "month",
    min: 1,
    max: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    longNames: [
      ...["JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST"],
      ...["SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"],
    ],
    wildcards: ", - * /",
    example: '"JAN,JUL" or "1/3"',
  },
  dayOfWeek: {
    label: "day-of-week",
    min: 1,
    max: 7,
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    longNames: ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"],
    wildcards: ", - * ? L #",
    example: '"MON-FRI" or "3#2"',
  },
  year: {
    label: "year",
    min: 1970,
    max: 2199,
    names: [],
    wildcards: ", - * /",
    example: '"*" or "2030-2035"',
  },
} satisfies Record<string, CronField>;

/** The values from first to last, or those of them that a step leaves. */
export function through(first: number, last: number, step = 1): number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}
