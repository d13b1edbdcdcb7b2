import { expect } from "chai";
import { print } from "../../status/print";
import { type Report, report } from "../../status/report";
import { readStatus } from "../../status/status";
import { healthy, LOCAL_NAMES, NOW } from "./healthy";
import { type Answers, failure, stubClients } from "./stub";

const INPUT = (documentName: string) => ({ Input: JSON.stringify({ DocumentName: documentName }) });

describe("npm run status, of schedules in a time zone", () => {
  const look = async (changed: Answers = {}): Promise<Report> =>
    report(await readStatus(LOCAL_NAMES, { clients: stubClients(healthy(changed)).clients, now: NOW }));

  it("is healthy where all is well, and says when they fire, in their zone and in UTC", async () => {
    const seen = await look();
    expect(seen.findings).to.deep.equal([]);
    expect(seen.firings).to.deep.equal({ next: "2026-11-27T05:30:00.000Z", longestGapHours: 24 });
    const printed = print(seen);
    expect(printed).to.contain("  schedule group nightly is on: cron(30 14 * * ? *), Asia/Tokyo\n");
    expect(printed).to.match(
      /the next time: 2026-11-27 05:30 UTC, .* \(here\), 2026-11-27 14:30 Asia\/Tokyo\n/,
    );
  });

  it("allows a night that the clocks skip", async () => {
    const { firings } = await look({
      "scheduler:GetSchedule": {
        State: "ENABLED",
        ScheduleExpression: "cron(30 2 * * ? *)",
        ScheduleExpressionTimezone: "Europe/Berlin",
        Target: INPUT("create"),
      },
    });
    expect(firings?.longestGapHours).to.equal(47);
  });

  for (const [of, changed, about, saying] of [
    [
      "that are gone",
      { "scheduler:GetSchedule": failure("ResourceNotFoundException", "no") },
      ["rule-missing"],
      /^Schedule group nightly does not exist, and nothing starts by itself: run pulumi up\.$/,
    ],
    [
      "that are off",
      {
        "scheduler:GetSchedule": ({ Name: name }: { Name: string }) => ({
          State: "DISABLED",
          ScheduleExpression: "cron(30 14 * * ? *)",
          ScheduleExpressionTimezone: "Asia/Tokyo",
          Target: INPUT(name === "retire" ? "retire" : "create"),
        }),
      },
      ["rule-disabled"],
      /^Schedule group nightly is disabled, .*: set enabled to true and run pulumi up --refresh, which also enables/,
    ],
    [
      "of which one starts something else",
      {
        "scheduler:GetSchedule": {
          State: "ENABLED",
          ScheduleExpression: "cron(30 14 * * ? *)",
          ScheduleExpressionTimezone: "Asia/Tokyo",
          Target: INPUT("create"),
        },
      },
      ["target-missing"],
      /^Schedule group nightly does not start runbook retire: run pulumi up\.$/,
    ],
  ] as [string, Answers, string[], RegExp][]) {
    it(`is not healthy with schedules ${of}`, async () => {
      const { findings } = await look(changed);
      expect(findings.map((one) => one.about)).to.deep.equal(about);
      expect(findings[0].sentence).to.match(saying);
    });
  }
});
