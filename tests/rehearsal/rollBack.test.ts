import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import type { Run } from "../../rehearsal/nights";
import type { Check } from "../../rehearsal/verification";
import { imageOf } from "./history";
import {
  broken,
  GROUP,
  group,
  launched,
  launchedNow,
  madeImages,
  type Refreshed,
  refresh,
  rollBack,
  sentence,
  type Wanted,
} from "./refresh";
import { sharedPython } from "./python";

/** What happens one after the other: nights by the schedule, and what a person rolls back to. */
interface Act {
  at: Date;
  /** Asked when it is time, because only then it is known which images there are. */
  to?: (account: Account) => string;
}

const at = (day: number, hour = 5) => new Date(Date.UTC(2026, 10, day, hour, 30));
const night = (day: number): Act => ({ at: at(day) });
const back = (day: number, hour: number, to: Act["to"] = () => "previous"): Act => ({
  at: at(day, hour),
  to,
});
const threeNights = [night(24), night(25), night(26)];

/** How an account stood after an act. */
interface Stood {
  /** What the group launches. */
  images: string[];
  /** Its launch configuration. */
  configuration?: string;
  rolledOut?: string;
  previous?: string;
}

interface Happened extends Refreshed {
  /** After each act. */
  stood: Stood[];
  /** What the person's acts came to, and where the schedule starts the run of create-image. */
  acted: Run[];
}

async function happen(acts: Act[], wanted: Wanted = {}): Promise<Happened> {
  const stood: Stood[] = [];
  let account: Account | undefined;
  const there = () => {
    if (account === undefined) {
      throw new Error("nothing is deployed yet");
    }
    return account;
  };
  const starts = acts.map(({ at, to }, index) => ({
    at,
    get byHand() {
      if (index > 0) {
        stood.push(standing(there()));
      }
      return to && [rollBack(to(there()))];
    },
  }));
  const refreshed = await refresh({
    ...wanted,
    starts,
    account: (fresh) => {
      account = fresh;
      wanted.account?.(fresh);
    },
  });
  stood.push(standing(there()));
  return { ...refreshed, stood, acted: refreshed.nights.map(({ runs }) => runs[0]) };
}

function standing(account: Account): Stood {
  const images = launchedNow(account).map(({ imageId = "none" }) => imageId);
  const made = madeImages(account).map(({ ImageId }) => ImageId);
  const ours = images.find((image) => made.includes(image));
  return {
    images,
    configuration: group(account).LaunchConfigurationName,
    rolledOut: ours && tag(account, ours, "rolled-out"),
    previous: ours && tag(account, ours, "previous-image"),
  };
}

const tag = (account: Account, imageId: string, key: string) =>
  imageOf(account, imageId).Tags.find(({ Key }) => Key === `ami-refresh:${key}`)?.Value;
/** Which of the images that create-image made the group launches, by their order. */
const madeOnes = (account: Account, { images }: Stood) =>
  madeImages(account).flatMap(({ ImageId }, index) => (images.includes(ImageId) ? [index] : []));
const failures = (checks: Check[]) => broken(checks).map(({ check, detail }) => `${check}: ${detail}`);
const nth = (index: number) => (account: Account) => madeImages(account)[index].ImageId;
const remove = (index: number) => (account: Account) => {
  account.ec2.removeImage(nth(index)(account));
  return "previous";
};

describe("rolling back by hand", () => {
  before(() => sharedPython());

  for (const launchSource of sourceKinds) {
    describe(`(${launchSource})`, () => {
      it("after three nights leads to the second, once more to the third, by its id to the first, and the next night rolls forward", async () => {
        const { account, stood, checks } = await happen(
          [...threeNights, back(26, 12), back(26, 13), back(26, 14, nth(0)), night(27)],
          { launchSource },
        );
        expect(failures(checks)).to.deep.equal([]);
        expect(stood.map((one) => madeOnes(account, one))).to.deep.equal([[0], [1], [2], [1], [2], [0], [3]]);
        const times = stood.map(({ rolledOut = "" }) => rolledOut);
        expect(times).to.deep.equal([...times].sort());
        expect(times[3]).to.match(/^2026-11-26T12:3/);
        const replaced = stood.slice(2).map(({ previous }) => previous?.split(" ")[0]);
        expect(replaced).to.deep.equal([1, 2, 1, 2, 0].map((index) => nth(index)(account)));
      });

      it("to an image that is gone is refused, leaves the group as it was, and another one can be named", async () => {
        const { account, acted, stood } = await happen(
          [...threeNights, back(26, 12, remove(1)), back(26, 13, nth(0))],
          { launchSource },
        );
        expect(acted[3].status).to.equal("Failed");
        expect(sentence(acted[3])).to.match(
          /^Exception: Image ami-\w+ is gone and not available any more, and the group stays as it was/,
        );
        expect(stood[3]).to.deep.equal(stood[2]);
        expect(acted[4].status, sentence(acted[4])).to.equal("Success");
        expect(stood[4].images).to.include(nth(0)(account));
      });

      it("puts everything back when it fails in the middle", async () => {
        const { acted, stood } = await happen([night(24), night(25), back(25, 12)], {
          launchSource,
          faults: ["ec2:CreateTags:denied@3"],
        });
        expect(acted[2].status).to.equal("Failed");
        expect(sentence(acted[2])).to.match(
          /^botocore\.exceptions\.ClientError: An error occurred \(UnauthorizedOperation\) when calling the CreateTags/,
        );
        expect(stood[2]).to.deep.equal(stood[1]);
      });

      it("to what the group launches already changes nothing but the time", async () => {
        const { acted, stood, checks } = await happen([night(24), back(24, 12, nth(0))], { launchSource });
        expect(failures(checks)).to.deep.equal([]);
        const { rolledOut: first, ...was } = stood[0];
        const { rolledOut: second, ...is } = stood[1];
        expect(is).to.deep.equal(was);
        expect([first, second].map((time) => time?.slice(11, 13))).to.deep.equal(["05", "12"]);
        const changes = acted[1].calls.filter(({ api }) => !/^(Describe|Get)/.test(api));
        expect(changes.map(({ api }) => api)).to.deep.equal(["CreateTags"]);
      });
    });
  }

  for (const launchSource of sourceKinds) {
    it(`after one night leads to the image that people made, and the next night goes on from there, on ${launchSource}`, async () => {
      const { account, stood, checks, before } = await happen([night(24), back(24, 12), night(25)], {
        launchSource,
      });
      expect(failures(checks)).to.deep.equal([]);
      expect(stood.map((one) => madeOnes(account, one))).to.deep.equal([[0], [], [1]]);
      // Of several images of a mixed instances policy it is the one in front.
      const [peoples] = stood[1].images;
      expect(before.get(GROUP)?.images).to.include(peoples);
      expect(imageOf(account, peoples).Tags).to.deep.equal([]);
      expect(stood[2].previous?.split(" ")[0]).to.equal(peoples);
    });
  }

  describe("with launch configurations", () => {
    it("takes the one of that night again, and its own settings with it", async () => {
      const { account, acted, stood } = await happen([...threeNights, back(26, 12)]);
      expect(stood[3].configuration).to.equal(stood[1].configuration);
      expect(stood[3].configuration).to.equal("web_2026-11-25");
      expect(acted[3].calls.map(({ api }) => api)).to.not.include("CreateLaunchConfiguration");
      expect(launched(account).ImageId).to.equal(nth(1)(account));
    });

    it("makes one where that of the image was retired", async () => {
      const nights = [24, 25, 26, 27].map(night);
      const { acted, stood, checks, account } = await happen([...nights, back(27, 12, nth(0))]);
      expect(failures(checks)).to.deep.equal([]);
      expect(acted[4].calls.map(({ api }) => api)).to.include("CreateLaunchConfiguration");
      expect(stood[4].images).to.deep.equal([nth(0)(account)]);
    });
  });

  describe("is refused", () => {
    const refused: Record<string, { to: Act["to"]; says: RegExp; nights?: Act[] }> = {
      "with an image that people made, and that the group never launched": {
        to: (account) =>
          account.ec2.allImages().find(({ OwnerId }) => OwnerId !== account.place.accountId)?.ImageId ?? "",
        says: /^Exception: Image ami-\w+ is neither one that create-image made for Auto Scaling group web-group, nor named by the tag ami-refresh:previous-image/,
      },
      "with an image that is gone": {
        to: () => "ami-00000000000000000",
        says: /^Exception: Image ami-00000000000000000 is gone and not available any more/,
      },
      "before anything was rolled out": {
        to: () => "previous",
        nights: [],
        says: /launched before is not written down: start the roll-out with an ImageId/,
      },
    };
    for (const [what, { to, says, nights = [night(24)] }] of Object.entries(refused)) {
      it(what, async () => {
        const { acted, account, stood } = await happen([...nights, back(24, 12, to)]);
        const run = acted[nights.length];
        expect(run.status).to.equal("Failed");
        expect(sentence(run)).to.match(says);
        expect(run.steps.map(({ name }) => name)).to.deep.equal(["checkGroup"]);
        expect(stood[nights.length].configuration).to.equal(
          nights.length > 0 ? "web_2026-11-24" : "web-group-initial",
        );
        expect(madeImages(account)).to.have.length(nights.length);
      });
    }

    it("by Systems Manager itself where it is no image's id", async () => {
      const { acted } = await happen([night(24), back(24, 12, () => "the last one")]);
      expect(acted[1].status).to.equal("NotStarted");
    });
  });

  it("to the image that people made, by its id, is allowed as long as it is written down", async () => {
    const initial = (account: Account) =>
      account.autoscaling.launchConfigurations.get("web-group-initial")?.ImageId ?? "";
    const { acted, stood } = await happen([
      night(24),
      back(24, 12, initial),
      night(25),
      night(26),
      back(26, 12, initial),
    ]);
    expect(acted[1].status, sentence(acted[1])).to.equal("Success");
    expect(stood[1].previous).to.equal(undefined);
    expect(sentence(acted[4])).to.contain("is neither one that create-image made");
  });
});
