import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { modelledApis } from "../../rehearsal/account/account";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import { KINDS } from "../../rehearsal/faults/kinds";
import { earlierNights } from "./history";
import { type Intervention, interventions, isFollowed, launchNewest } from "./interventions";
import { sentence } from "./refresh";
import {
  changedOfOthers,
  type Deployable,
  deployable,
  halfDone,
  Life,
  type NightWanted,
  type Outcome,
  tooMany,
  unlaunchable,
  unsaid,
} from "./rules";

/*
 * Nights, faults, and what people and other programs do meanwhile, in any order: whatever happens, the rules of the design
 * hold after every step. SEQUENCES=5000 makes so many of them, SEED=1 the same ones again, and SEQUENCE='…' exactly one, as
 * a failure prints it.
 */

const COUNT = Number(process.env.SEQUENCES ?? 300);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000_007);
const ONE = process.env.SEQUENCE;

/** The options of a component. */
const VARIANTS = [
  { retainImages: 1, retainLaunchConfigurations: 1 },
  { retainImages: 2, retainLaunchConfigurations: 2, allowSharedTemplate: true },
  { retainImages: 3, retainLaunchConfigurations: 1, launchConfigurationFrom: "group" },
] as const;

type Action =
  | { do: "night"; hoursLater?: number }
  | { do: "fault"; fault: string }
  | { do: "overlap"; seconds: number }
  | { do: "dry" }
  | { do: Intervention; pick: number };

interface Sequence {
  launchSource: (typeof sourceKinds)[number];
  variant: number;
  /** Nights that were before, by hand. */
  earlier: number;
  actions: Action[];
}

const STEPS = [
  "preflight",
  "launchSource",
  "retire",
  "createImage",
  "waitForImage",
  "assertImageAvailable",
  "CreateLaunchConfiguration",
  "UpdateAutoScalingGroup",
  "advanceLaunchTemplates",
  "report",
];
const CHANGES = /^(Create|Delete|Deregister|Update|Modify)/;
const changing = modelledApis.filter(({ api }) => CHANGES.test(api));

const attempts = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined });
const night = (attempt: number | undefined) => (attempt === undefined ? "@1" : `@1.${attempt}`);

const apiFault = fc
  .tuple(
    fc.oneof(fc.constantFrom(...modelledApis), fc.constantFrom(...changing)),
    fc.constantFrom(...Object.keys(KINDS)),
    attempts,
  )
  .map(([{ service, api }, kind, attempt]) => `${service}:${api}:${kind}${night(attempt)}`);

const step = fc
  .tuple(fc.constantFrom(...STEPS), fc.constantFrom("", ":end"))
  .map(([name, end]) => name + end);
const cancelled = fc.oneof(
  step.map((moment) => `run-cancelled:${moment}@1`),
  fc.integer({ min: 0, max: 400 }).map((seconds) => `run-cancelled:${seconds}s@1`),
  fc
    .tuple(fc.constantFrom(...changing), fc.integer({ min: 1, max: 3 }))
    .map(([{ service, api }, attempt]) => `run-cancelled:${service}:${api}${night(attempt)}`),
);
/** Behind the last look at it, a second before the roll-out, nothing can help. */
const vanishes = fc
  .constantFrom(
    "",
    ":createImage:end",
    ":waitForImage",
    ":waitForImage:end",
    ":assertImageAvailable:end",
    ":150s",
  )
  .map((moment) => `image-vanishes${moment}@1`);

const fault = fc.oneof(
  { weight: 6, arbitrary: apiFault },
  { weight: 2, arbitrary: cancelled },
  { weight: 1, arbitrary: vanishes },
  { weight: 1, arbitrary: fc.constantFrom("image-fails@1", "image-slow@1", "image-late@1") },
);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: "night" } as const) },
  { weight: 1, arbitrary: fc.constant({ do: "night", hoursLater: 2 } as const) },
  { weight: 4, arbitrary: fault.map((text) => ({ do: "fault", fault: text }) as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 1, 30, 200, 3600).map((seconds) => ({ do: "overlap", seconds }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ do: "dry" } as const) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(...(Object.keys(interventions) as Intervention[])),
      pick: fc.nat(5),
    }),
  },
);

const sequence: fc.Arbitrary<Sequence> = fc.record({
  launchSource: fc.constantFrom(...sourceKinds),
  variant: fc.nat(VARIANTS.length - 1),
  earlier: fc.nat(4),
  actions: fc.array(action, { minLength: 4, maxLength: 8 }),
});

/** Lives through a sequence and two plain nights. Gives what broke a rule, with the step at which it did. */
function lived(of: Deployable, { earlier, actions }: Sequence): string[] {
  const life = new Life(of, (account) => launchNewest(account, earlierNights(account, earlier)));
  const all: Action[] = [...actions, { do: "night" }, { do: "night" }];
  for (const [index, one] of all.entries()) {
    // What the group launched before the first of two quiet nights goes in the second.
    const isSettled =
      [all[index - 1]?.do, one.do].every((did) => did === "night") &&
      !isFollowed(life.account, life.configured);
    const wrong = [...taken(life, one), ...(isSettled ? tooMany(life.account, life.configured) : [])];
    if (wrong.length > 0) {
      return wrong.map((text) => `step ${index + 1}, ${JSON.stringify(one)}: ${text}`);
    }
  }
  return [];
}

function taken(life: Life, one: Action): string[] {
  switch (one.do) {
    case "night":
      return plainNight(life, one);
    case "fault":
      return struckNight(life, one.fault);
    case "overlap":
      return overlap(life, one.seconds);
    case "dry":
      return dryRun(life);
    default:
      interventions[one.do]({ account: life.account, configured: life.configured, pick: one.pick });
      // People may do what they want, but these do nothing that stops a group from launching.
      return unlaunchable(life.account);
  }
}

function plainNight(life: Life, wanted: NightWanted): string[] {
  const { account, configured } = life;
  const refused = isFollowed(account, configured);
  return watched(life, { hoursLater: wanted.hoursLater }, ([outcome]) => {
    const why = sentence(outcome.run);
    if (refused) {
      return outcome.run.status === "Failed" && why.includes("would also change")
        ? []
        : [`the run is ${outcome.run.status}: ${why}`];
    }
    return outcome.run.status === "Success" ? [] : [`the run is ${outcome.run.status}: ${why}`];
  });
}

function struckNight(life: Life, text: string): string[] {
  return watched(life, { faults: [text] }, () => []);
}

function watched(life: Life, wanted: NightWanted, further: (outcomes: Outcome[]) => string[]): string[] {
  const { account } = life;
  const before = life.others();
  const outcomes = life.nights(wanted);
  return [
    ...outcomes.flatMap((outcome) => halfDone(outcome, account)),
    ...outcomes.flatMap(({ run: { offences } }) => offences),
    ...unlaunchable(account),
    ...changedOfOthers(before, life.others()),
    ...further(outcomes),
  ];
}

function overlap(life: Life, seconds: number): string[] {
  const { account, configured } = life;
  const before = life.others();
  const refused = isFollowed(account, configured);
  const outcomes = life.nights({ further: [seconds] });
  const succeeded = outcomes.filter(({ run: { status } }) => status === "Success");
  const rest = outcomes.filter((outcome) => !succeeded.includes(outcome));
  const expected = refused ? 0 : seconds < 300 ? 1 : 2;
  return [
    ...(succeeded.length === expected
      ? []
      : [`${succeeded.length} of two runs succeeded: ${rest.map(({ run }) => sentence(run)).join("; ")}`]),
    ...succeeded.flatMap(({ checks }) =>
      checks.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`),
    ),
    ...rest.flatMap(({ run }) => [
      ...unsaid(run),
      ...run.offences,
      ...run.calls.filter(({ api }) => CHANGES.test(api)).map(({ api }) => `the run that ended made ${api}`),
    ]),
    ...unlaunchable(account),
    ...changedOfOthers(before, life.others()),
  ];
}

function dryRun(life: Life): string[] {
  const { account, configured } = life;
  const refused = isFollowed(account, configured);
  life.sleep();
  const before = account.snapshotState();
  const { run } = life.night({
    hoursLater: 0,
    byHand: [{ runbook: "runbook", parameters: { DryRun: ["true"] } }],
  });
  return [
    ...(run.status === (refused ? "Failed" : "Success")
      ? []
      : [`the dry run is ${run.status}: ${sentence(run)}`]),
    ...unsaid(run),
    ...(isDeepStrictEqual(before, account.snapshotState()) ? [] : ["the dry run changed something"]),
  ];
}

describe("random sequences of nights, faults and interventions", function () {
  this.timeout(60_000 + COUNT * 2_000);
  const of = new Map<string, Deployable>();
  const keyOf = ({ launchSource, variant }: Pick<Sequence, "launchSource" | "variant">) =>
    `${launchSource} ${variant}`;

  before(async () => {
    for (const launchSource of sourceKinds) {
      for (const [variant, args] of VARIANTS.entries()) {
        of.set(keyOf({ launchSource, variant }), await deployable({ launchSource, args }));
      }
    }
  });

  const hold = (one: Sequence) => {
    const deployed = of.get(keyOf(one));
    const wrong = deployed === undefined ? ["there is no such component"] : lived(deployed, one);
    if (wrong.length > 0) {
      throw new Error(`${wrong.join("\n")}\nSEQUENCE='${JSON.stringify(one)}'`);
    }
  };

  if (ONE !== undefined) {
    it("the one that was asked for holds the rules", () => hold(JSON.parse(ONE) as Sequence));
    return;
  }
  it(`${COUNT} of them hold the rules after every step (SEED=${SEED})`, () => {
    fc.assert(fc.property(sequence, hold), { seed: SEED, numRuns: COUNT });
  });

  it("does everything that can be done", () => {
    const seen = new Set(
      fc
        .sample(sequence, { seed: SEED, numRuns: COUNT })
        .flatMap(({ actions }) => actions.map((one) => one.do)),
    );
    expect(
      [...Object.keys(interventions), "night", "fault", "overlap", "dry"].filter(
        (one) => !seen.has(one as Action["do"]),
      ),
    ).to.deep.equal([]);
  });
});
