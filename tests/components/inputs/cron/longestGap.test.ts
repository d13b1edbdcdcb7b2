import { expect } from "chai";
import { findClockChanges } from "../../../../components/inputs/cron/clockChanges";
import { longestGapHours } from "../../../../components/inputs/cron/longestGap";
import { firings } from "../../../../rehearsal/account/schedule";

/** The longest gap of ten years of firings, in hours. */
function longestOfFirings(expression: string, timeZone: string): number {
  let [longest, last] = [0, NaN];
  for (const at of firings(expression, new Date("2026-01-01T00:00:00Z"), timeZone)) {
    if (at.getUTCFullYear() > 2034) {
      break;
    }
    longest = Number.isNaN(last) ? 0 : Math.max(longest, at.getTime() - last);
    last = at.getTime();
  }
  return longest / 3_600_000;
}

describe("the longest gap of a schedule", () => {
  for (const [cron, hours] of Object.entries({
    "30 5 * * ? *": 24,
    "0 5,17 * * ? *": 12,
    "0 20-2 * * ? *": 18,
    "30 5 ? * MON-FRI *": 72,
    "0 0 29 2 ? *": 8 * 365.25 * 24 - 24,
    "30 5 1 1 ? 2030": 366 * 24,
  })) {
    it(`is ${hours} hours of ${cron} in UTC`, () => expect(longestGapHours(`cron(${cron})`)).to.equal(hours));
  }

  for (const [cron, zone, hours] of [
    ["30 14 * * ? *", "Asia/Tokyo", 24],
    ["0 4 * * ? *", "Europe/Berlin", 25],
    // Skipped in spring. Clocks that are set back at another time are allowed for too.
    ["30 2 * * ? *", "Europe/Berlin", 49],
    ["0 2,14 * * ? *", "Europe/Berlin", 25],
    ["0 0/1 * * ? *", "Europe/Berlin", 3],
    ["15 2 * * ? *", "Australia/Lord_Howe", 48.5],
    ["30 0 * * ? *", "America/Santiago", 49],
  ] as const) {
    it(`is ${hours} hours of ${cron} in ${zone}, and no firings are further apart`, () => {
      expect(longestGapHours(`cron(${cron})`, zone)).to.equal(hours);
      const real = longestOfFirings(`cron(${cron})`, zone);
      expect(real).to.be.at.most(hours);
      expect(real).to.be.at.least(hours - 2);
    });
  }
});

describe("the changes of a zone's clocks", () => {
  it("are found to the minute", () => {
    expect(new Set(findClockChanges("Europe/Berlin").map((one) => JSON.stringify(one)))).to.deep.equal(
      new Set(['{"minutes":60,"at":120}', '{"minutes":-60,"at":180}']),
    );
    expect(findClockChanges("Europe/Berlin")).to.have.length(20);
  });

  it("are none where the clocks are never changed", () => {
    expect(findClockChanges("Asia/Tokyo")).to.deep.equal([]);
    expect(findClockChanges("UTC")).to.deep.equal([]);
  });
});
