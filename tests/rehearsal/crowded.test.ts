import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { sharedPython } from "./python";
import { GROUP, refresh } from "./refresh";
import { addImage } from "./afterNights";

/** How much virtual time the script of a step may take on AWS, in seconds. */
const SCRIPT_SECONDS = 600;

/** What twenty earlier nights have left, so that there is something to retire. */
function afterManyNights(account: Account): void {
  let previous = account.ec2.allImages()[1].ImageId;
  for (let age = 21; age > 1; age -= 1) {
    previous = addImage(account, age, previous, GROUP).imageId;
  }
}

describe("a night in a crowded account", function () {
  this.timeout(120_000);
  before(() => sharedPython());

  for (const launchSource of ["configuration", "mixed"] as const) {
    it(`with a group on ${launchSource} does its work, and no step comes near AWS's limits`, async () => {
      const { checks, run } = await refresh({ launchSource, crowded: true, account: afterManyNights });
      expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      // Of twenty images the last was never rolled out, and fourteen of the others are kept.
      expect(run.calls.filter(({ api }) => api === "DeregisterImage")).to.have.length(6);
      const scripts = run.steps.filter(({ action }) => action === "aws:executeScript");
      for (const { name, startedAt, endedAt } of scripts) {
        const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
        expect(seconds, name).to.be.below(SCRIPT_SECONDS / 2);
      }
    });
  }
});
