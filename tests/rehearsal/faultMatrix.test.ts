import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Fault } from "../../rehearsal/faults";
import { ourImages } from "../../rehearsal/verification/ours";
import { earlier, earlierNights } from "./history";
import { GOLDEN, GROUP, sentence } from "./refresh";
import {
  changedOfOthers,
  type Deployable,
  deployable,
  failedChecks,
  halfDone,
  inStep,
  Life,
  type LifeWanted,
  tooMany,
  unlaunchable,
  unsaid,
} from "./rules";

/*
 * Every call of a night, failing in every way. The product is too large to be made whole, so that of it is made what can
 * differ:
 * - A call that only reads has no effect that could come before its error: `error-after` and `no-answer-after` are left out
 *   for these, as they are the same as `error` and `no-answer`.
 * - A call fails once (its first one in the step, given as a person would give it to `--fault`, with the attempt), and it
 *   fails whenever the step makes it. A fault of a whole night is the latter, in the first step that makes that call.
 * - preflight, createImage and the waits do the same for every kind of launch source: they are struck for a launch
 *   configuration only, and for one in a mixed instances policy. For the other kinds the steps that differ are.
 */

const ARGS = { retainImages: 2, retainLaunchConfigurations: 1 } as const;
const CHANGES = /^(Create|Delete|Deregister|Update|Modify)/;
const ALWAYS = ["denied", "error", "no-answer"];
const ONCE = [...ALWAYS, "throttled", "quota"];
const AFTER = ["error-after", "no-answer-after"];

/** Four earlier nights, of which the last was never rolled out; and snapshots that were left without their image. */
function history(account: Account): void {
  const left = earlier(account, { daysOld: 5 });
  account.ec2.removeImage(left.ImageId);
  const isLeft = ({ ImageId }: { ImageId?: string }) => ImageId === left.ImageId;
  for (const [name, configuration] of account.autoscaling.launchConfigurations) {
    if (isLeft(configuration)) {
      account.autoscaling.launchConfigurations.delete(name);
    }
  }
  for (const { versions } of account.ec2.launchTemplates.values()) {
    versions.forEach(
      ({ LaunchTemplateData }, number) => isLeft(LaunchTemplateData) && versions.delete(number),
    );
  }
  earlierNights(account, 4);
}

const wantedFor = (launchSource: SourceKind): LifeWanted => ({ launchSource, args: ARGS });

interface Case {
  name: string;
  faults: (Fault | string)[];
  /** Statuses that the run may have; any, unless told otherwise. */
  ends?: string[];
  /** Where the cause stays, the next nights end with these words. */
  staysSo?: RegExp;
  /** The ids of what changes by itself in that night, and not by the run. */
  disturbs?: (id: string) => boolean;
  /** What the group is in the end, where somebody did something to it. */
  groupEnds?: "gone" | "switched";
}

/** One night that is struck and two that are not, in a fresh account. Gives what breaks a rule. */
function judged(of: Deployable, one: Case): string[] {
  const life = new Life(of, history);
  const { account, configured } = life;
  const before = life.others();
  const images = ourImages(account, configured);
  const struck = life.night({ faults: one.faults });
  const { status, steps } = struck.run;
  const changed = changedOfOthers(before, life.others(), one.disturbs);
  const early = ["preflight", "launchSource", "retire"].includes(steps.at(-1)?.name ?? "");
  const more = ourImages(account, configured).filter(({ ImageId }) =>
    images.every((was) => was.ImageId !== ImageId),
  );
  const found = [
    ...((one.ends ?? [status]).includes(status) ? [] : [`the run is ${status}: ${sentence(struck.run)}`]),
    ...(early && more.length > 0 ? ["an image was made though the run ended before"] : []),
    ...(one.groupEnds === undefined
      ? halfDone(struck, account)
      : [...unsaid(struck.run), ...wrongEnd(account, one)]),
    ...struck.run.offences,
    ...unlaunchable(account),
    ...changed,
  ];
  for (const which of ["next", "one after"]) {
    found.push(...quietNight(life, one.staysSo).map((text) => `in the ${which} night ${text}`));
  }
  return [...found, ...(one.staysSo === undefined ? tooMany(account, configured) : [])];
}

function wrongEnd(account: Account, { groupEnds }: Case): string[] {
  const found = account.autoscaling.groups.get(GROUP);
  const source = found?.LaunchConfigurationName ?? found?.LaunchTemplate?.LaunchTemplateName ?? "";
  const is = found === undefined ? "gone" : /-by-hand-/.test(source) ? "switched" : "as it was";
  return is === groupEnds ? [] : [`the group is ${is} and not ${groupEnds}`];
}

function quietNight(life: Life, failsWith?: RegExp): string[] {
  const { account } = life;
  const before = life.others();
  const outcome = life.night();
  const why = sentence(outcome.run);
  return [
    ...(failsWith === undefined
      ? failedChecks(outcome)
      : failsWith.test(why) && outcome.run.status === "Failed"
        ? halfDone(outcome, account)
        : [`the run is ${outcome.run.status} and says ${why}`]),
    ...outcome.run.offences,
    ...unlaunchable(account),
    ...changedOfOthers(before, life.others()),
  ];
}

function expectAll(of: Deployable, cases: Case[]): void {
  const wrong = cases.flatMap((one) => judged(of, one).map((text) => `${one.name}: ${text}`));
  expect(wrong.join("\n")).to.equal("");
}

/** A call, and the which of its API's calls in the night it is. */
interface Called {
  step: string;
  service: string;
  api: string;
  attempt: number;
}

/** What a night does when nothing goes wrong: its steps, each API once a step, and every call that changes something. */
function called(of: Deployable): { steps: string[]; calls: Called[]; changes: Called[] } {
  const outcome = new Life(of, history).night();
  expect(failedChecks(outcome)).to.deep.equal([]);
  const { steps, calls } = outcome.run;
  const counts = new Map<string, number>();
  const counted = calls.map(({ step, service, api }): Called => {
    const attempt = (counts.get(`${service}:${api}`) ?? 0) + 1;
    counts.set(`${service}:${api}`, attempt);
    return { step, service, api, attempt };
  });
  const first = new Map([...counted].reverse().map((one) => [`${one.step} ${one.service}:${one.api}`, one]));
  return {
    steps: steps.map(({ name }) => name),
    calls: counted.filter((one) => first.get(`${one.step} ${one.service}:${one.api}`) === one),
    changes: counted.filter(({ api }) => CHANGES.test(api)),
  };
}

function casesOf({ step, service, api, attempt }: Called): Case[] {
  const changes = CHANGES.test(api);
  const once = [...ONCE, ...(changes ? AFTER : [])].map((kind): Case => {
    const text = `${service}:${api}:${kind}@1.${attempt}`;
    const again = !changes && ["throttled", "error", "no-answer"].includes(kind);
    return {
      name: `${text} (${step})`,
      faults: [text],
      ends: again ? ["Success"] : endsOf(step, api, kind, false),
    };
  });
  const always = [...ALWAYS, ...(changes ? AFTER : [])].map((kind): Case => {
    const fault = inStep(step, `${service}:${api}:${kind}@1`);
    return { name: fault.text, faults: [fault], ends: endsOf(step, api, kind, true) };
  });
  return [...once, ...always];
}

/** What cannot be deleted is kept and reported, unless nothing of its kind may be deleted at all. */
function endsOf(step: string, api: string, kind: string, always: boolean): string[] | undefined {
  if (step === "retire" && CHANGES.test(api)) {
    return [...(kind === "denied" ? ["Failed"] : []), ...(kind === "denied" && always ? [] : ["Success"])];
  }
  return undefined;
}

describe("every call of a night, failing in every way", function () {
  this.timeout(120_000);

  for (const [launchSource, steps] of [
    ["configuration", /./],
    ["template", /^(retire|advanceLaunchTemplates)$/],
    ["template-default", /^advanceLaunchTemplates$/],
    ["template-latest", /^advanceLaunchTemplates$/],
    ["mixed", /^(launchSource|advanceLaunchTemplates)$/],
  ] as const) {
    it(`of a group on ${launchSource}`, async () => {
      const of = await deployable(wantedFor(launchSource));
      const calls = called(of).calls.filter(({ step }) => steps.test(step));
      expectAll(of, calls.flatMap(casesOf));
    });
  }
});

describe("what happens in the middle of a run", function () {
  this.timeout(120_000);
  const golden = { disturbs: (id: string) => id === GOLDEN, staysSo: /is terminated, but an image is taken/ };
  const gone = {
    groupEnds: "gone",
    disturbs: (id: string) => id.startsWith("i-"),
    staysSo: /does not exist in this Region/,
  } as const;

  for (const launchSource of ["configuration", "template", "template-latest", "mixed"] as const) {
    const isConfiguration = launchSource === "configuration";
    const last = isConfiguration ? "UpdateAutoScalingGroup" : "advanceLaunchTemplates";
    const begins = isConfiguration ? "CreateLaunchConfiguration" : "advanceLaunchTemplates";
    const switched = {
      disturbs: (id: string) => !id.startsWith("i-"),
      // Other templates than those that the permissions were made for.
      staysSo: isConfiguration ? undefined : /permissions were not made/,
      groupEnds: "switched",
    } as const;
    const made = isConfiguration ? "autoscaling:CreateLaunchConfiguration" : "";
    const waiting = ["ec2:CreateImage", "createImage:end", "200s", "waitForImage:end", begins];
    // Behind the last look at image and group, a second before the roll-out, nothing can help: that is left out.
    const cases: [string, string[], Omit<Case, "name" | "faults">][] = [
      ["image-fails", [""], { ends: ["Failed"] }],
      ["image-slow", [""], { ends: ["Success"] }],
      ["image-late", [""], { ends: ["Success"] }],
      ["image-vanishes", ["", "waitForImage", "assertImageAvailable:end", ...waiting], { ends: ["Failed"] }],
      [
        "instance-terminated",
        ["preflight", "preflight:end", "launchSource:end", "retire:end"],
        { ...golden, ends: ["Failed"] },
      ],
      ["instance-terminated", [...waiting, made, `${last}:end`], golden],
      [
        "group-deleted",
        ["preflight", "launchSource", "retire:end", ...waiting, made],
        { ...gone, ends: ["Failed"] },
      ],
      ["group-deleted", [`${last}:end`], { ...gone, ends: ["Success"] }],
      [
        "group-switched",
        ["launchSource:end", "retire:end", ...waiting, made],
        { ...switched, ends: ["Failed"] },
      ],
      ["group-switched", [`${last}:end`], { ...switched, ends: ["Success"] }],
    ];
    it(`to a group on ${launchSource}`, async () => {
      const of = await deployable(wantedFor(launchSource));
      const all = cases.flatMap(([name, moments, rest]) =>
        [...new Set(moments)].map((moment) => {
          const text = `${name}${moment && ":"}${moment}@1`;
          return { name: text, faults: [text], ...rest };
        }),
      );
      expectAll(of, all);
    });

    it(`cancelled at any moment, of a group on ${launchSource}`, async () => {
      const of = await deployable(wantedFor(launchSource));
      const { steps, changes } = called(of);
      const moments = [
        ...steps.flatMap((step) => [`${step}@1`, `${step}:end@1`]),
        ...changes.map(({ service, api, attempt }) => `${service}:${api}@1.${attempt}`),
      ];
      expectAll(
        of,
        moments.map((moment) => ({
          name: `run-cancelled:${moment}`,
          faults: [`run-cancelled:${moment}`],
          ends: ["Cancelled"],
        })),
      );
    });
  }
});

describe("a hundred nights that all fail after the image", function () {
  this.timeout(120_000);

  for (const [launchSource, fault] of [
    ["configuration", "autoscaling:CreateLaunchConfiguration:quota"],
    ["configuration", "autoscaling:UpdateAutoScalingGroup:denied"],
    ["configuration", "image-fails"],
    ["template-latest", "ec2:CreateLaunchTemplateVersion:quota"],
    ["mixed", "ec2:ModifyLaunchTemplate:denied"],
  ] as const) {
    it(`of a group on ${launchSource}: ${fault}`, async () => {
      const life = new Life(await deployable(wantedFor(launchSource)));
      const { account, configured } = life;
      const rolledOut = [1, 2, 3, 4].map(() => failedChecks(life.night())).flat();
      expect(rolledOut).to.deep.equal([]);
      const before = ourImages(account, configured).map(({ ImageId }) => ImageId);
      let most = 0;
      const wrong: string[] = [];
      for (let night = 1; night <= 100; night++) {
        const outcome = life.night({
          faults: [watching(() => (most = Math.max(most, ourImages(account, configured).length))), fault],
        });
        wrong.push(
          ...(outcome.run.status === "Success" ? ["a night succeeded"] : []),
          ...halfDone(outcome, account),
          ...unlaunchable(account),
        );
      }
      expect(wrong).to.deep.equal([]);
      expect(most).to.be.within(3, ARGS.retainImages + 2);
      const besides = ourImages(account, configured).filter(({ ImageId }) => !before.includes(ImageId));
      expect(besides.length).to.be.at.most(1);
      expect([...quietNight(life), ...tooMany(account, configured)]).to.deep.equal([]);
    });
  }
});

/** No fault, but somebody who looks at the account after every call. */
function watching(look: () => void): Fault {
  return {
    text: "nothing",
    happened: true,
    tonight: () => ({
      around:
        (call) =>
        (...given) => {
          try {
            return call(...given);
          } finally {
            look();
          }
        },
    }),
  };
}
