import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { Run } from "../../rehearsal/nights";
import { earlierNights } from "./history";
import { launchNewest } from "./interventions";
import { broken, refresh, runOf } from "./refresh";

/** How much virtual time the script of a step may take on AWS, in seconds. */
const SCRIPT_SECONDS = 600;
/** Of a whole night: each group and each template of an account that is full costs what retires a call or two. */
const MOST_CALLS = 1000;

/** As many nights as leave more than one run deletes. */
function afterManyNights(account: Account): void {
  // Of a full account these are a part.
  account.autoscaling.quotas.launchConfigurations += 50;
  launchNewest(account, earlierNights(account, 50));
}

/** What the scripts of a run took. */
function seconds({ steps }: Run): Record<string, number> {
  const scripts = steps.filter(({ action }) => action === "aws:executeScript");
  return Object.fromEntries(
    scripts.map(({ name, startedAt, endedAt }) => [
      name,
      (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    ]),
  );
}

describe("a night in a crowded account", () => {
  for (const launchSource of ["configuration", "parameter", "mixed"] as const) {
    it(`with a group on ${launchSource} does its work, and no step comes near AWS's limits`, async () => {
      const { checks, night } = await refresh({ launchSource, crowded: true, account: afterManyNights });
      expect(broken(checks)).to.deep.equal([]);
      const { retire, ...others } = Object.assign({}, ...night.runs.map(seconds)) as Record<string, number>;
      // Each version to which somebody pins a group is asked for once more, to see whether it reads the parameter.
      const [part, more] = launchSource === "parameter" ? [3, 500] : [10, 0];
      expect(Object.values(others).filter((took) => took > SCRIPT_SECONDS / part)).to.deep.equal([]);
      expect(retire).to.be.below(SCRIPT_SECONDS / 2);
      const gone = runOf(night, "retire").calls.filter(({ api }) => api === "DeregisterImage");
      // Of fifty fourteen stay, and the rest waits for the next night.
      expect(gone).to.have.length(30);
      expect(night.runs.flatMap(({ calls }) => calls).length).to.be.below(MOST_CALLS + more);
    });
  }
});
