import { expect } from "chai";
import { firings } from "../../rehearsal/account/schedule";
import { findFirings } from "../../status/schedule/firings";

const NOW = new Date("2026-11-26T06:30:00Z");
const HOURS_OF_A_DAY = 24;

/** With the longest gap that people would say. */
const SCHEDULES: Record<string, number> = {
  "30 5 * * ? *": HOURS_OF_A_DAY,
  "0 5,17 * * ? *": 12,
  "0 20-2 * * ? *": 18,
  "0 0/6 * * ? *": 6,
  "30 5 ? * MON-FRI *": 3 * HOURS_OF_A_DAY,
  "30 5 ? * SAT *": 7 * HOURS_OF_A_DAY,
  "30 5 1 * ? *": 31 * HOURS_OF_A_DAY,
  "30 5 L * ? *": 31 * HOURS_OF_A_DAY,
  "30 5 15W * ? *": 32 * HOURS_OF_A_DAY,
  "30 5 ? * 6L *": 35 * HOURS_OF_A_DAY,
  "30 5 ? * TUE#2 *": 35 * HOURS_OF_A_DAY,
  "30 5 ? * L *": 7 * HOURS_OF_A_DAY,
  "30 5 1 1/3 ? *": 92 * HOURS_OF_A_DAY,
  "30 5 1 1 ? *": 366 * HOURS_OF_A_DAY,
  "0 0 29 2 ? *": 1461 * HOURS_OF_A_DAY,
};

describe("when a schedule fires", () => {
  for (const [cron, gap] of Object.entries(SCHEDULES))
    it(`is known of ${cron}`, () => {
      const found = findFirings(`cron(${cron})`, NOW);
      // The rehearsal reads the same expressions on its own.
      const next = firings(`cron(${cron})`, new Date(NOW.getTime() + 1)).next();
      expect(found?.next).to.deep.equal(next.value);
      expect(found?.longestGapHours).to.equal(gap);
    });

  it("is after this moment, not at it", () => {
    const now = new Date("2026-11-26T05:30:00Z");
    expect(findFirings("cron(30 5 * * ? *)", now)?.next).to.deep.equal(new Date("2026-11-27T05:30:00Z"));
  });

  it("is never again where its years are over", () => {
    expect(findFirings("cron(30 5 * * ? 2020)", NOW)).to.deep.include({ longestGapHours: 24 });
    expect(findFirings("cron(30 5 * * ? 2020)", NOW)).to.not.have.property("next");
  });

  it("is known of one that begins later", () => {
    const found = findFirings("cron(30 5 * * ? 2030)", NOW);
    expect(found).to.deep.equal({ next: new Date("2030-01-01T05:30:00Z") });
  });

  for (const expression of [
    "rate(1 day)",
    "cron(30 5 * * *)",
    "cron(30 5 * * * *)",
    "cron(30 5 ? * ? *)",
    "cron(99 5 * * ? *)",
    "cron(30 5 ? * MONDAY *)",
    "",
  ])
    it(`is not known of ${expression || "nothing"}`, () =>
      expect(findFirings(expression, NOW)).to.equal(undefined));
});
