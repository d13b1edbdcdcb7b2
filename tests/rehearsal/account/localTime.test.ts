import { expect } from "chai";
import { Cron } from "croner";
import { localTime, momentOf, writeLocalTime } from "../../../rehearsal/account/localTime";
import { firings } from "../../../rehearsal/account/schedule";
import { findFirings } from "../../../status/schedule/firings";

const [FROM, TO] = [new Date("2026-01-01T00:00:00Z"), new Date("2028-01-01T00:00:00Z")];

function fire(cron: string, timeZone: string): string[] {
  const times: string[] = [];
  for (const at of firings(`cron(${cron})`, FROM, timeZone)) {
    if (at >= TO) {
      break;
    }
    times.push(at.toISOString());
  }
  return times;
}

/** What croner makes of it with its own knowledge of zones. It moves on what the clocks skip. */
function fireByCroner(pattern: string, timezone: string): string[] {
  const cron = new Cron(pattern, { timezone, paused: true });
  const times: string[] = [];
  for (let at = cron.nextRun(new Date(FROM.getTime() - 1)); at !== null && at < TO; at = cron.nextRun(at)) {
    times.push(at.toISOString());
  }
  return times;
}

describe("a schedule in a time zone", () => {
  for (const [zone, cron, pattern] of [
    ["Asia/Tokyo", "30 14 * * ? *", "0 30 14 * * *"],
    ["Europe/Berlin", "0 4 * * ? *", "0 0 4 * * *"],
    // Doubled in autumn, and fires once.
    ["America/New_York", "30 1 * * ? *", "0 30 1 * * *"],
    ["America/Santiago", "30 23 L * ? *", "0 30 23 L * *"],
    ["Africa/Casablanca", "0 12 ? * MON-FRI *", "0 0 12 * * 1-5"],
    ["Pacific/Chatham", "45 3 1 * ? *", "0 45 3 1 * *"],
  ]) {
    it(`fires for two years when croner does, in ${zone} at ${cron}`, () => {
      expect(fire(cron, zone)).to.deep.equal(fireByCroner(pattern, zone));
    });
  }

  for (const [zone, cron, pattern, moved] of [
    [
      "Europe/Berlin",
      "30 2 * * ? *",
      "0 30 2 * * *",
      ["2026-03-29T01:00:00.000Z", "2027-03-28T01:00:00.000Z"],
    ],
    [
      "Australia/Lord_Howe",
      "15 2 * * ? *",
      "0 15 2 * * *",
      ["2026-10-03T15:30:00.000Z", "2027-10-02T15:30:00.000Z"],
    ],
  ] as const) {
    it(`is skipped where the clocks of ${zone} skip its time`, () => {
      const others = fireByCroner(pattern, zone);
      expect(others).to.include.members([...moved]);
      expect(fire(cron, zone)).to.deep.equal(others.filter((at) => !moved.some((one) => one === at)));
    });
  }

  it("fires once an hour of the clocks, also when an hour comes twice", () => {
    const autumn = fire("0 0/1 * * ? *", "Europe/Berlin").filter((at) => at.startsWith("2026-10-25T0"));
    expect(autumn.slice(0, 3)).to.deep.equal([
      "2026-10-25T00:00:00.000Z",
      "2026-10-25T02:00:00.000Z",
      "2026-10-25T03:00:00.000Z",
    ]);
  });

  it("is seen so by npm run status, which reads zones on its own", () => {
    for (const [zone, cron] of [
      ["Europe/Berlin", "30 2 * * ? *"],
      ["America/New_York", "30 1 * * ? *"],
    ]) {
      const times = fire(cron, zone);
      // Around the changes, and here and there.
      for (const index of [0, 85, 86, 87, 88, 295, 296, 297, 298, 299, 500]) {
        const at = times[index];
        expect(findFirings(`cron(${cron})`, new Date(at), zone)?.next?.toISOString()).to.equal(
          times[index + 1],
        );
      }
    }
  });
});

describe("the clocks of a time zone", () => {
  it("are ahead of UTC or behind it", () => {
    const at = new Date("2026-11-27T05:30:00Z");
    expect(localTime("Asia/Tokyo", at)).to.deep.equal(new Date("2026-11-27T14:30:00Z"));
    expect(writeLocalTime("Asia/Tokyo", at)).to.equal("2026-11-27 14:30 Asia/Tokyo");
    expect(writeLocalTime("America/St_Johns", at)).to.equal("2026-11-27 02:00 America/St_Johns");
  });

  it("show each time once, but for what they skip and what they show twice", () => {
    expect(momentOf("Europe/Berlin", new Date("2026-03-29T02:30:00Z"))).to.equal(undefined);
    expect(momentOf("Europe/Berlin", new Date("2026-10-25T02:30:00Z"))).to.deep.equal(
      new Date("2026-10-25T00:30:00Z"),
    );
    expect(momentOf("Asia/Tokyo", new Date("2026-10-25T02:30:00Z"))).to.deep.equal(
      new Date("2026-10-24T17:30:00Z"),
    );
  });
});
