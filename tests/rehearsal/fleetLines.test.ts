import { expect } from "chai";
import type { FleetEntry, FleetImage } from "../../rehearsal/account/autoscaling/instanceRefresh/shapes";
import { fleetLines } from "../../rehearsal/report/fleet";

describe("how the report shows a fleet", () => {
  const entry = (minute: number, ...images: FleetImage[]): FleetEntry => ({
    at: new Date(Date.UTC(2026, 10, 24, 5, minute)),
    groupName: "web",
    images,
  });
  const old = (healthy: number, other = 0) => ({ imageId: "ami-1", healthy, other });

  it("has a line for each change", () => {
    expect(
      fleetLines([
        entry(1, old(3)),
        entry(2, old(3)),
        entry(3, old(2), { imageId: "ami-2", healthy: 0, other: 1 }),
        entry(4, { imageId: "ami-2", healthy: 2, other: 1 }),
        entry(5),
      ]),
    ).to.deep.equal([
      "05:01:00  3 on ami-1",
      "05:03:00  2 on ami-1, 1 not healthy on ami-2",
      "05:04:00  2 on ami-2, 1 not healthy on ami-2",
      "05:05:00  none",
    ]);
  });

  it("leaves the middle out where there is too much of it", () => {
    const changes = (count: number) =>
      Array.from({ length: count }, (_, minute) => entry(minute, old(minute)));
    expect(fleetLines(changes(20))).to.have.length(20);
    const shown = fleetLines(changes(25));
    expect(shown).to.have.length(21);
    expect(shown.slice(9, 12)).to.deep.equal(["05:09:00  9 on ami-1", "… 5 more …", "05:15:00  15 on ami-1"]);
  });
});
