import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import type { Start } from "../../rehearsal/nights";
import { sharedPython } from "./python";
import { broken, launchedNow, madeImages, refresh, rollBack, runsOf, sentence, START } from "./refresh";
import { withoutAction } from "./registered";

const NAME = "/web/ami";
const args = { imageParameterName: NAME };
const later = (hours: number) => new Date(START.getTime() + hours * 60 * 60 * 1000);
const backAt = (hours: number): Start => ({ at: later(hours), byHand: [rollBack()] });

/** What the parameter names when AWS has looked at it. */
function named(account: Account, name = NAME): string | undefined {
  account.clock.advance(60);
  return account.ssm.parameters.latest(name)?.Value;
}

describe("a parameter that names what the group launches", () => {
  before(() => sharedPython());

  for (const launchSource of sourceKinds) {
    it(`is written by each roll-out, on ${launchSource}`, async () => {
      const { account, nights, checks } = await refresh({ launchSource, args, starts: [START, later(24)] });
      const runs = runsOf(nights, "roll-out");
      expect(
        runs.map(({ status }) => status),
        runs.map(sentence).join(),
      ).to.deep.equal(["Success", "Success"]);
      expect(broken(checks)).to.deep.equal([]);
      expect(named(account)).to.equal(madeImages(account)[1].ImageId);
      expect(account.ssm.parameters.latest(NAME)?.DataType).to.equal("aws:ec2:image");
    });
  }

  for (const launchSource of ["configuration", "template", "template-latest"] as const) {
    it(`is written when all instances run the image, and goes back with them, on ${launchSource}`, async () => {
      const seen: (string | undefined)[] = [];
      const { account } = await refresh({
        launchSource,
        args: { ...args, instanceRefresh: {} },
        starts: [START, later(24), backAt(30)],
        after: (step, account, run) => {
          if (run.runbook === "refresh") {
            seen.push(account.ssm.parameters.latest(NAME)?.Value);
          }
        },
      });
      const [first] = madeImages(account);
      expect(named(account)).to.equal(first.ImageId);
      expect(launchedNow(account)[0].imageId).to.equal(first.ImageId);
      expect(seen[0]).to.equal(undefined);
    });
  }

  it("is left alone by a roll-out that fails", async () => {
    const faults = ["autoscaling:UpdateAutoScalingGroup:denied@2"];
    const { account } = await refresh({ args, starts: [START, later(24)], faults });
    expect(named(account)).to.equal(madeImages(account)[0].ImageId);
  });

  it("is left alone by a bad image", async () => {
    const { account } = await refresh({
      launchSource: "template",
      args: { ...args, instanceRefresh: {} },
      starts: [START, later(24)],
      after: (step, { ec2 }, run) => {
        if (step.name === "createImage" && run.night === 2) {
          ec2.badImages.add(String(step.outputs.ImageId));
        }
      },
    });
    expect(named(account)).to.equal(madeImages(account)[0].ImageId);
  });

  it("is asked for by name where it cannot be written, though the group launches the image", async () => {
    const { account, nights } = await refresh({
      args,
      registered: withoutAction("web-roll-out-policy", "ssm:PutParameter"),
    });
    const [run] = runsOf(nights, "roll-out");
    expect(run.status).to.equal("Failed");
    expect(sentence(run)).to.match(
      /^Exception: The group launches image ami-\w+, but parameter \/web\/ami does not name it \(.*AccessDenied.*\): mend that and start the roll-out again with this image\.$/,
    );
    expect(launchedNow(account)[0].imageId).to.equal(madeImages(account)[0].ImageId);
    expect(named(account)).to.equal(undefined);
  });
});
