import { expect } from "chai";
import { Cron } from "croner";
import fc from "fast-check";
import { checkCron } from "../../../components/inputs/cron/checkCron";
import { firings } from "../../../rehearsal/account/schedule";
import { NotModelled } from "../../../rehearsal/errors";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function numberOf(text: string): number {
  if (MONTHS.includes(text)) return MONTHS.indexOf(text) + 1;
  return WEEKDAYS.includes(text) ? WEEKDAYS.indexOf(text) + 1 : Number(text);
}

/** The slow reading of a field: asked of each value, whether the text names it. */
function names(text: string, value: number, min: number): boolean {
  return text.split(",").some((item) => {
    if (item === "*") return true;
    if (item.includes("/")) {
      const [start, step] = item.split("/");
      const from = start === "*" ? min : numberOf(start);
      return value >= from && (value - from) % Number(step) === 0;
    }
    const [first, last = first] = item.split("-").map(numberOf);
    return first <= last ? value >= first && value <= last : value >= first || value <= last;
  });
}

function daysOfSameMonth(date: Date): Date[] {
  return Array.from(
    { length: 31 },
    (_, index) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), index + 1)),
  ).filter((day) => day.getUTCMonth() === date.getUTCMonth());
}

function isDayOfMonth(text: string, date: Date): boolean {
  const month = daysOfSameMonth(date);
  if (text === "L") return date.getUTCDate() === month.length;
  if (!text.endsWith("W")) return names(text, date.getUTCDate(), 1);
  const day = Number(text.slice(0, -1));
  if (day > month.length) return false;
  const [nearest] = month
    .filter((other) => other.getUTCDay() !== 0 && other.getUTCDay() !== 6)
    .sort((a, b) => Math.abs(a.getUTCDate() - day) - Math.abs(b.getUTCDate() - day));
  return nearest.getUTCDate() === date.getUTCDate();
}

function isDayOfWeek(text: string, date: Date): boolean {
  const weekday = date.getUTCDay() + 1;
  const same = daysOfSameMonth(date).filter((other) => other.getUTCDay() === date.getUTCDay());
  const place = same.findIndex((other) => other.getUTCDate() === date.getUTCDate());
  if (text === "L") return weekday === 7;
  if (text.endsWith("L")) return weekday === numberOf(text.slice(0, -1)) && place === same.length - 1;
  if (!text.includes("#")) return names(text, weekday, 1);
  const [day, nth] = text.split("#");
  return weekday === numberOf(day) && place === Number(nth) - 1;
}

/** The first firings in [from, until), found by looking at each day, and at each minute of a day that matches. */
function found(fields: string, from: Date, until: Date, count: number): string[] {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields.split(" ");
  const minutesOfDay = Array.from({ length: 24 * 60 }, (_, minute) => minute).filter(
    (minute) => names(hours, Math.floor(minute / 60), 0) && names(minutes, minute % 60, 0),
  );
  const times: string[] = [];
  for (let time = Math.floor(from.getTime() / DAY) * DAY; time < until.getTime(); time += DAY) {
    const date = new Date(time);
    const fires =
      names(year, date.getUTCFullYear(), 1970) &&
      names(month, date.getUTCMonth() + 1, 1) &&
      (dayOfMonth === "?" ? isDayOfWeek(dayOfWeek, date) : isDayOfMonth(dayOfMonth, date));
    for (const minute of fires ? minutesOfDay : []) {
      const firing = new Date(time + minute * MINUTE);
      if (firing < from || firing >= until) continue;
      if (times.push(firing.toISOString()) === count) return times;
    }
  }
  return times;
}

function first(expression: string, from: Date, count: number): string[] {
  const times: string[] = [];
  for (const time of firings(expression, from)) {
    if (times.push(time.toISOString()) === count) break;
  }
  return times;
}

function expectSame(fields: string, from: Date, days: number): void {
  const until = new Date(from.getTime() + days * DAY);
  const expected = found(fields, from, until, 100);
  const actual = first(`cron(${fields})`, from, 100).filter((time) => time < until.toISOString());
  expect(actual, fields).to.deep.equal(expected);
}

const DENSE = [
  "30 5 * * ? *",
  "5/15 20-2 * * ? *",
  "0,10-12,50/5 */7 ? * MON-FRI *",
  "* * * * ? *",
  "0 3 ? * * *",
];
const SPARSE = [
  ...["1W", "15W", "29W", "30W", "31W", "L", "31", "29", "*/10", "1,15-17,28/2", "5/9"].map(
    (day) => `0 3 ${day} * ? *`,
  ),
  ...["L", "1", "7", "1L", "6L", "FRIL", "SATL", "1#1", "3#2", "TUE#4", "6#5", "7#5", "2-4,SAT"].map(
    (day) => `0 3 ? * ${day} *`,
  ),
  "0 3 29 2 ? *",
  "0 3 31W 2,4,5 ? *",
  "0 3 1 JAN,MAR-MAY,9/2 ? *",
  "59 23 31 12 ? *",
  "0 0 1 1 ? *",
  "0 3 1 * ? 2026/2",
  "0 3 1 * ? */3",
  "0 3 ? 2 * 2027-2028,2031",
];

/** Days, months and years in which a date can be missing. */
const rareDay = fc.oneof(
  fc
    .uniqueArray(fc.integer({ min: 28, max: 31 }), { minLength: 1, maxLength: 2 })
    .map((list) => [list.join(","), "?"]),
  fc.constantFrom("29/1", "30-31", "31/7", "29W", "30W", "31W", "L").map((day) => [day, "?"]),
  fc
    .tuple(
      fc.oneof(fc.integer({ min: 1, max: 7 }).map(String), fc.constantFrom(...WEEKDAYS)),
      fc.constantFrom(4, 5, 5, 5),
    )
    .map(([weekday, nth]) => ["?", `${weekday}#${nth}`]),
);
const rareMonth = fc.oneof(
  fc.constantFrom("2", "FEB", "4", "4,6", "APR,SEP", "2/12", "2,11", "6-7", "*"),
  fc.integer({ min: 1, max: 12 }).map(String),
);
const someYear = fc.integer({ min: 1970, max: 2199 });
const rareYear = fc.oneof(
  someYear.map(String),
  fc.uniqueArray(someYear, { minLength: 2, maxLength: 3 }).map((years) => years.join(",")),
  fc
    .tuple(someYear, fc.integer({ min: 0, max: 6 }))
    .map(([year, more]) => `${year}-${Math.min(year + more, 2199)}`),
  fc.tuple(someYear, fc.constantFrom(4, 28, 100, 200)).map(([year, step]) => `${year}/${step}`),
  fc.constant("*"),
);
const rareFields = fc
  .tuple(rareDay, rareMonth, rareYear)
  .map(([[dayOfMonth, dayOfWeek], month, year]) => `0 3 ${dayOfMonth} ${month} ${dayOfWeek} ${year}`);

function refusedAsNeverFiring(fields: string): boolean {
  try {
    checkCron(fields);
    return false;
  } catch (error) {
    expect((error as Error).message).to.contain("no month and year in it has such a day");
    return true;
  }
}

describe("firings", () => {
  for (const fields of DENSE)
    it(`of cron(${fields})`, () => expectSame(fields, new Date("2026-02-20T13:07:30Z"), 30));

  for (const fields of SPARSE)
    it(`of cron(${fields})`, () => expectSame(fields, new Date("2025-12-31T23:59:59.999Z"), 5 * 366));

  it("of the hand-checked dates", () => {
    const of = (fields: string, from: string, count: number) =>
      first(`cron(${fields})`, new Date(from), count).map((time) => time.slice(0, 16));
    // 1 November 2025 is a Saturday: AWS's nearest weekday does not leave the month.
    expect(of("0 3 1W * ? *", "2025-10-02", 2)).to.deep.equal(["2025-11-03T03:00", "2025-12-01T03:00"]);
    // 31 May 2026 is a Sunday.
    expect(of("0 3 31W * ? *", "2026-04-01", 2)).to.deep.equal(["2026-05-29T03:00", "2026-07-31T03:00"]);
    expect(of("0 3 ? * 6L *", "2026-01-01", 2)).to.deep.equal(["2026-01-30T03:00", "2026-02-27T03:00"]);
    expect(of("0 3 ? * 6#5 *", "2026-01-01", 2)).to.deep.equal(["2026-01-30T03:00", "2026-05-29T03:00"]);
    expect(of("0 3 ? * 1 *", "2026-01-01", 1)).to.deep.equal(["2026-01-04T03:00"]);
    expect(of("5/15 3 * * ? *", "2026-01-01", 5).map((time) => time.slice(14))).to.deep.equal([
      "05",
      "20",
      "35",
      "50",
      "05",
    ]);
    expect(of("0 0 1 1 ? 2026/2", "2025-06-01", 3).map((time) => time.slice(0, 4))).to.deep.equal([
      "2026",
      "2028",
      "2030",
    ]);
  });

  it("counts a firing at the very moment, and none within its minute", () => {
    const from = (time: string) => first("cron(30 5 * * ? *)", new Date(time), 1)[0];
    expect(from("2026-03-01T05:30:00.000Z")).to.equal("2026-03-01T05:30:00.000Z");
    expect(from("2026-03-01T05:29:59.999Z")).to.equal("2026-03-01T05:30:00.000Z");
    expect(from("2026-03-01T05:30:00.001Z")).to.equal("2026-03-02T05:30:00.000Z");
    expect(from("2026-03-01T05:30:59.999Z")).to.equal("2026-03-02T05:30:00.000Z");
  });

  it("of any fields, as found minute by minute", () => {
    const item = (min: number, max: number, steps: boolean, wraps = false) =>
      fc.oneof(
        fc.integer({ min, max }).map(String),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
          .map((ends) => (wraps ? ends : [Math.min(...ends), Math.max(...ends)]).join("-")),
        ...(steps
          ? [
              fc
                .tuple(
                  fc.oneof(fc.constant("*"), fc.integer({ min, max }).map(String)),
                  fc.integer({ min: 1, max: max - min }),
                )
                .map((parts) => parts.join("/")),
            ]
          : []),
      );
    const list = (...args: Parameters<typeof item>) =>
      fc.oneof(
        fc.constant("*"),
        fc.array(item(...args), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(",")),
      );
    const days = fc.oneof(
      list(1, 31, true).map((text) => [text, "?"]),
      fc.integer({ min: 1, max: 31 }).map((day) => [`${day}W`, "?"]),
      list(1, 7, false).map((text) => ["?", text]),
      fc.constantFrom(...WEEKDAYS).map((day) => ["?", `${day}L`]),
      fc
        .tuple(fc.constantFrom(...WEEKDAYS), fc.integer({ min: 1, max: 5 }))
        .map((parts) => ["?", parts.join("#")]),
    );
    const fields = fc
      .tuple(list(0, 59, true), list(0, 23, true, true), days, list(1, 12, true), list(2024, 2032, false))
      .map(([minutes, hours, [ofMonth, ofWeek], month, year]) =>
        [minutes, hours, ofMonth, month, ofWeek, year].join(" "),
      );
    const from = fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(fields, from, (text, start) => expectSame(text, start, 200)),
      { numRuns: 400 },
    );
  });

  it("ends where nothing fires any more", () => {
    const now = new Date("2026-01-01");
    expect(first("cron(0 3 * * ? 2025)", now, 1)).to.deep.equal([]);
    expect(first("cron(* * * * ? 1970-2025)", now, 1)).to.deep.equal([]);
    expect(first("cron(0 3 31 2 ? *)", new Date(0), 1)).to.deep.equal([]);
    expect(first("cron(0 3 ? 2 6#5 2027)", new Date(0), 1)).to.deep.equal([]);
    expect(first("cron(59 23 31 12 ? *)", new Date("2198-01-01"), 9)).to.deep.equal([
      "2198-12-31T23:59:00.000Z",
      "2199-12-31T23:59:00.000Z",
    ]);
    expect(first("cron(0 3 1 1 ? 2199)", new Date(0), 9)).to.deep.equal(["2199-01-01T03:00:00.000Z"]);
  });

  it("refuses what is no cron expression of six fields, at the call", () => {
    const refused = [
      "rate(1 day)",
      "at(2026-01-01T00:00:00)",
      "30 5 * * ? *",
      "cron(30 5 * * *)",
      "cron(0 30 5 * * ? *)",
      "cron(30 5 * * * *)",
      "cron(30 5 ? * ? *)",
      "cron(60 5 * * ? *)",
      "cron(10-30/5 5 * * ? *)",
      "cron(5-1 5 * * ? *)",
      "cron(*/0 5 * * ? *)",
      "cron(1, 5 * * ? *)",
      "cron(1-2-3 5 * * ? *)",
      "cron(1- 5 * * ? *)",
      "cron(0 5 LW * ? *)",
      "cron(0 5 L-3 * ? *)",
      "cron(0 5 32W * ? *)",
      "cron(0 5 ? * 0 *)",
      "cron(0 5 ? * 2#6 *)",
      "cron(0 5 ? * 8L *)",
      "cron(0 5 ? * JAN *)",
      "",
    ];
    for (const expression of refused)
      expect(() => firings(expression, new Date(0)), expression).to.throw(
        NotModelled,
        JSON.stringify(expression),
      );
  });
});

describe("schedule and firings", () => {
  it("agree on what never fires", () => {
    const seen = { never: 0, some: 0 };
    fc.assert(
      fc.property(rareFields, (fields) => {
        const never = refusedAsNeverFiring(fields);
        seen[never ? "never" : "some"] += 1;
        expect(first(`cron(${fields})`, new Date("1970-01-01"), 1).length === 0, fields).to.equal(never);
      }),
      { numRuns: 1500 },
    );
    // Both answers must have come up often, or the property says nothing.
    expect(Math.min(seen.never, seen.some)).to.be.above(100);
  });

  it("agree with Unix on the expression that is proposed for a Unix cron", () => {
    const minutes = fc.constantFrom("0", "20", "59");
    const hours = fc.constantFrom("3", "*/7", "1-9/4", "*");
    const byMonth = fc.constantFrom("*", "1", "*/2", "1-7", "10-20/3", "31").map((day) => [day, "*"]);
    const end = fc.integer({ min: 0, max: 7 });
    const range = fc
      .tuple(end, end)
      .map((ends) => ends.sort((a, b) => a - b).join("-"))
      // From Sunday to Sunday: a single day, which nobody writes as a range.
      .filter((text) => text !== "7-7");
    const weekday = fc.oneof(
      end.map(String),
      range,
      fc.tuple(range, fc.constantFrom(2, 3)).map((parts) => parts.join("/")),
      fc.constantFrom("*/2", "*/3", "MON", "MON-FRI", "SUN"),
    );
    const byWeek = fc.array(weekday, { minLength: 1, maxLength: 3 }).map((list) => ["*", list.join(",")]);
    const month = fc.constantFrom("*", "*/5", "2-8/3", "JAN,AUG");
    const unix = fc
      .tuple(minutes, hours, fc.oneof(byMonth, byWeek), month)
      .map(([minute, hour, [ofMonth, ofWeek], ofYear]) => [minute, hour, ofMonth, ofYear, ofWeek].join(" "));
    fc.assert(
      fc.property(unix, (text) => {
        let message = "";
        try {
          checkCron(text);
        } catch (error) {
          ({ message } = error as Error);
        }
        const [, proposal] = /, write "([^"]+)"\.$/.exec(message) ?? [];
        expect(proposal, message).to.be.a("string");
        const from = new Date("2025-12-31T23:59:59Z");
        const cron = new Cron(text, { mode: "5-part", utcOffset: 0, paused: true });
        const expected = cron.nextRuns(60, from).map((time) => time.toISOString());
        expect(first(checkCron(proposal), from, 60), text).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });
});
