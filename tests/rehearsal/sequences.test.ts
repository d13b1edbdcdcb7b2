import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { type Account, modelledApis } from "../../rehearsal/account/account";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import { KINDS } from "../../rehearsal/faults/kinds";
import type { ByHand, Run } from "../../rehearsal/nights";
import { standing } from "../../rehearsal/verification";
import { isChange } from "../../rehearsal/verification/calls";
import { ourImages } from "../../rehearsal/verification/ours";
import { launchedBefore } from "../../rehearsal/verification/rolledOut";
import { earlierNights } from "./history";
import { choose, type Intervention, interventions, isFollowed, launchNewest, ofOurs } from "./interventions";
import { GROUP, rollBack, runOf, sentence } from "./refresh";
import {
  changedOfOthers,
  type Deployable,
  deployable,
  failedChecks,
  halfDone,
  badImage,
  Life,
  type NightWanted,
  type Outcome,
  tooMany,
  unlaunchable,
  unsaid,
} from "./rules";

/*
 * Nights, faults, roll-backs, and what people and other programs do meanwhile, in any order: whatever happens, the rules of
 * the design hold after every step. SEQUENCES=5000 makes so many of them, SEED=1 the same ones again, and SEQUENCE='…' exactly one, as
 * a failure prints it.
 */

const COUNT = Number(process.env.SEQUENCES ?? 100);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000_007);
const ONE = process.env.SEQUENCE;

/** The options of a component. */
const VARIANTS = [
  { retainImages: 1, retainLaunchConfigurations: 1 },
  { retainImages: 2, retainLaunchConfigurations: 2, allowSharedTemplate: true },
  { retainImages: 3, retainLaunchConfigurations: 1, launchConfigurationFrom: "group" },
  { retainImages: 2, instanceRefresh: {} },
] as const;

/**
 * Something that somebody starts: the schedule, or a person. Of our images a number chooses one. `stop` rolls back, and stops the
 * refresh that runs.
 */
type Started = "schedule" | "create-image" | "retire" | "dry" | "previous" | "stop" | number;

type Action =
  | { do: "night"; hoursLater?: number }
  | { do: "fault"; fault: string }
  /** A night whose image is bad: where instances are replaced, none becomes healthy. */
  | { do: "bad" }
  | { do: "overlap"; seconds: number }
  | { do: "retire" }
  | { do: "dry" }
  | { do: "rollOut"; image: "previous" | number }
  /** The first at once, the others so many seconds after it. */
  | { do: "meet"; first: Started; others: { seconds: number; start: Started }[] }
  | { do: Intervention; pick: number };

interface Sequence {
  launchSource: (typeof sourceKinds)[number];
  variant: number;
  /** Nights that were before, by hand. */
  earlier: number;
  actions: Action[];
}

const STEPS = [
  "yieldToEarlierRun",
  "checkGoldenInstance",
  "createImage",
  "waitForImage",
  "assertImageAvailable",
  "rollOut",
  "checkGroup",
  "CreateLaunchConfiguration",
  "UpdateAutoScalingGroup",
  "advanceLaunchTemplates",
  "putParameter",
  "checkRefresh",
  "prepare",
  "refreshInstances",
  "startRefresh",
  "waitForRefresh",
  "rollBack",
  "retire",
  "report",
];
const CHANGES = /^(Create|Delete|Deregister|Update|Modify|PutParameter)/;
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
/** Behind the last look at it, which is behind the roll-out, nothing can help. */
const vanishes = fc
  .constantFrom(
    "",
    ":createImage:end",
    ":waitForImage",
    ":waitForImage:end",
    ":assertImageAvailable:end",
    ":rollOut",
    ":checkGroup:end",
    ":CreateLaunchConfiguration:end",
    ":advanceLaunchTemplates",
    ":autoscaling:UpdateAutoScalingGroup",
    ":ec2:CreateLaunchTemplateVersion",
    ":putParameter",
    ":ssm:PutParameter",
    ":150s",
  )
  .map((moment) => `image-vanishes${moment}@1`);

const fault = fc.oneof(
  { weight: 6, arbitrary: apiFault },
  { weight: 2, arbitrary: cancelled },
  { weight: 1, arbitrary: vanishes },
  { weight: 1, arbitrary: fc.constantFrom("image-fails@1", "image-slow@1", "image-late@1") },
);

const image = fc.oneof(fc.constant("previous" as const), fc.nat(5));
const started: fc.Arbitrary<Started> = fc.oneof(
  { weight: 3, arbitrary: fc.constant("schedule" as const) },
  { weight: 2, arbitrary: fc.constantFrom("create-image", "retire", "dry", "stop") },
  { weight: 4, arbitrary: image },
);
/** Most often while the others look, and while they roll out, about five minutes after the start. */
const seconds = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 290, max: 330 }),
  fc.constantFrom(100, 200, 3600),
);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: "night" } as const) },
  { weight: 1, arbitrary: fc.constant({ do: "night", hoursLater: 2 } as const) },
  { weight: 4, arbitrary: fault.map((text) => ({ do: "fault", fault: text }) as const) },
  { weight: 1, arbitrary: fc.constant({ do: "bad" } as const) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(0, 1, 30, 200, 3600)
      .map((later) => ({ do: "overlap", seconds: later }) as const),
  },
  { weight: 1, arbitrary: fc.constantFrom({ do: "dry" } as const, { do: "retire" } as const) },
  { weight: 2, arbitrary: image.map((one) => ({ do: "rollOut", image: one }) as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("meet" as const),
      first: started,
      others: fc.array(fc.record({ seconds, start: started }), { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(...(Object.keys(interventions) as Intervention[])),
      pick: fc.nat(5),
    }),
  },
);

const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    launchSource: fc.constantFrom(...sourceKinds),
    variant: fc.nat(VARIANTS.length - 1),
    earlier: fc.nat(4),
    actions: fc.array(action, { minLength: 4, maxLength: 8 }),
  })
  .filter(isDeployable);

/** Instances are not replaced yet where a parameter names the image. */
function isDeployable({ launchSource, variant }: Pick<Sequence, "launchSource" | "variant">): boolean {
  return launchSource !== "parameter" || !("instanceRefresh" in VARIANTS[variant]);
}

/** Lives through a sequence and three plain nights. Gives what broke a rule, with the step at which it did. */
function lived(of: Deployable, { earlier, actions }: Sequence): string[] {
  const life = new Life(of, (account) => launchNewest(account, earlierNights(account, earlier)));
  const quiet: Action[] = [1, 2, 3].map(() => ({ do: "night" }));
  const all = [...actions, ...quiet];
  for (const [index, one] of all.entries()) {
    // Retire comes before the roll-out: what the group launched before the first of three quiet nights goes in the third.
    const isSettled =
      [all[index - 2]?.do, all[index - 1]?.do, one.do].every((did) => did === "night") &&
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
      return watched(life, { faults: [one.fault] }, halfDone);
    case "bad":
      return watched(life, { faults: [badImage()] }, halfDone);
    case "overlap":
      return overlap(life, one.seconds);
    case "retire":
      return watched(life, { byHand: [{ runbook: "retire" }], hoursLater: 1 }, done);
    case "dry":
      return dryRun(life);
    case "rollOut":
      return rollOut(life, one.image);
    case "meet":
      return meeting(life, one);
    default:
      interventions[one.do]({ account: life.account, configured: life.configured, pick: one.pick });
      // People may do what they want, but these do nothing that stops a group from launching.
      return unlaunchable(life.account);
  }
}

/** Lets a night happen, or several, and gives what breaks a rule whatever happens in them. */
function watched(
  life: Life,
  wanted: NightWanted,
  further: (outcome: Outcome, account: Account) => string[],
): string[] {
  const { account } = life;
  const before = life.others();
  const outcomes = life.nights(wanted);
  return [
    ...outcomes.flatMap((outcome) => further(outcome, account)),
    ...unlaunchable(account),
    ...changedOfOthers(before, life.others()),
  ];
}

/** Every run is a Success, and has done all its work. */
function done(outcome: Outcome): string[] {
  return [...failedChecks(outcome), ...outcome.night.runs.flatMap(({ offences }) => offences)];
}

function plainNight(life: Life, { hoursLater }: NightWanted): string[] {
  return watched(life, { hoursLater }, isFollowed(life.account, life.configured) ? refused : done);
}

/** Only the roll-out is refused, and the run that started it says so. */
function refused(outcome: Outcome, account: Account): string[] {
  const { runs } = outcome.night;
  const [made, rolledOut] = ["create-image", "roll-out"].map((runbook) => runOf(outcome.night, runbook));
  return [
    ...(sentence(made).includes("would also change") ? [] : [`the run says ${sentence(made)}`]),
    ...(sentence(made) === sentence(rolledOut) ? [] : [`the roll-out says ${sentence(rolledOut)}`]),
    ...runs
      .filter(({ runbook, status }) => status !== (runbook === "retire" ? "Success" : "Failed"))
      .map((run) => `${run.runbook} is ${run.status}: ${sentence(run)}`),
    ...halfDone(outcome, account),
  ];
}

/** Of two starts of the schedule both runs of the second yield, where those of the first are at work. */
function overlap(life: Life, later: number): string[] {
  if (isFollowed(life.account, life.configured)) {
    return watched(life, { further: [later] }, halfDone);
  }
  const images = () => ourImages(life.account, life.configured).map(({ ImageId }) => ImageId);
  const before = images();
  const wrong = watched(life, { further: [later] }, done);
  const made = images().filter((id) => !before.includes(id));
  const expected = later < 300 ? 1 : 2;
  return made.length === expected ? wrong : [...wrong, `two starts made ${made.length} images`];
}

function dryRun(life: Life): string[] {
  const { account } = life;
  life.sleep();
  const before = account.snapshotState();
  const outcome = life.night({ hoursLater: 0, byHand: [startOf(life, "dry")] });
  return [
    ...done(outcome),
    ...(isDeepStrictEqual(before, account.snapshotState()) ? [] : ["the dry run changed something"]),
  ];
}

/** Somebody rolls out an older image, or rolls back. */
function rollOut(life: Life, wanted: "previous" | number): string[] {
  const start = startOf(life, wanted);
  const [imageId] = start.parameters?.ImageId ?? [];
  const why = refusalOf(life, imageId);
  return watched(life, { byHand: [start], hoursLater: 1 }, (outcome, account) => {
    const said = sentence(outcome.run);
    return why === undefined || (why.optional && outcome.run.status === "Success")
      ? done(outcome)
      : [
          ...(why.says.test(said) ? [] : [`the roll-out of ${imageId} is ${outcome.run.status}: ${said}`]),
          ...halfDone(outcome, account),
        ];
  });
}

interface Refusal {
  says: RegExp;
  /** Whether it may succeed as well. */
  optional?: boolean;
}

/** Why a roll-out that is alone is refused. */
function refusalOf({ account, configured, replaces }: Life, imageId: string): Refusal | undefined {
  const [previous] = launchedBefore(account, GROUP);
  if (imageId === "previous" && account.ec2.image(previous ?? "")?.State !== "available") {
    return { says: previous === undefined ? NOT_WRITTEN : NOT_AVAILABLE };
  }
  if (replaces && account.ec2.badImages.has(imageId === "previous" ? (previous ?? "") : imageId)) {
    return { says: CAME_BACK, optional: true };
  }
  // Where nothing is left to change, others see no change either.
  return isFollowed(account, configured) ? { says: WOULD_CHANGE, optional: true } : undefined;
}

const CAME_BACK = /Instance refresh [0-9a-f-]+ of Auto Scaling group \S+ to image ami-[0-9a-f]+ ended/;
const NOT_WRITTEN = /launched before is not written down/;
const NOT_AVAILABLE = /Image ami-[0-9a-f]+ is (gone|disabled|failed) and not available any more/;
const WOULD_CHANGE = /would also change/;

/** What a person starts. Where there is no image of ours, a roll-back. */
function startOf({ account, configured, replaces }: Life, one: Exclude<Started, "schedule">): ByHand {
  if (one === "create-image" || one === "retire") {
    return { runbook: one };
  }
  if (one === "dry") {
    return { runbook: "retire", parameters: { DryRun: ["true"] } };
  }
  if (one === "stop") {
    const { runbook, parameters } = rollBack();
    return { runbook, parameters: { ...parameters, ...(replaces ? { StopRefresh: ["true"] } : {}) } };
  }
  const pick = one === "previous" ? 0 : one;
  const available = ofOurs({ account, configured, pick }).filter(({ State }) => State === "available");
  return rollBack(one === "previous" ? one : choose({ pick }, available)?.ImageId);
}

/** Runs that people and the schedule start in any order: whatever yields or is refused, the last roll-out counts. */
function meeting(life: Life, { first, others }: Extract<Action, { do: "meet" }>): string[] {
  const byHand = (one: Started) => (one === "schedule" ? undefined : [startOf(life, one)]);
  const was = standing(life.account).get(GROUP)?.launches;
  const met: Outcome[] = [];
  const wanted = {
    byHand: byHand(first),
    further: others
      .map(({ seconds: later, start }) => ({ seconds: later, byHand: byHand(start) }))
      .sort((one, other) => one.seconds - other.seconds),
  };
  const wrong = watched(life, wanted, (outcome) => {
    met.push(outcome);
    return [];
  });
  const mayStop = life.replaces && [first, ...others.map(({ start }) => start)].includes("stop");
  const judge = (outcome: Outcome) =>
    outcome.night.runs.every(({ status }) => status === "Success") && isAlone(outcome, met)
      ? done(outcome)
      : refusedInMeeting(outcome, life.account);
  wrong.push(...met.flatMap(mayStop ? stopped : judge));
  const rolledOut = met
    .flatMap(({ night: { runs } }) => runs)
    .some(({ runbook, status }) => runbook === "roll-out" && status === "Success");
  const isMoved = !isDeepStrictEqual(was, standing(life.account).get(GROUP)?.launches);
  return [
    ...wrong,
    ...(isMoved && !rolledOut ? ["the group was changed, though nothing was rolled out"] : []),
  ];
}

/** A roll-out whose refresh another one stops ends anywhere, and says what became of the group. */
function stopped({ night: { runs } }: Outcome): string[] {
  return runs.flatMap((run) => [...unsaid(run), ...run.offences]);
}

/** Whether no other roll-out came so soon that the group does not launch any more what this night has rolled out. */
function isAlone({ night }: Outcome, met: Outcome[]): boolean {
  return met
    .filter((other) => other.night !== night)
    .flatMap((other) => other.night.runs)
    .filter(({ runbook, status }) => runbook === "roll-out" && status === "Success")
    .every(({ startedAt, endedAt }) => startedAt > night.endedAt || endedAt < night.startedAt);
}

/** Only roll-outs are refused, and before they change anything, with the run that started them. */
function refusedInMeeting({ night: { runs } }: Outcome, account: Account): string[] {
  return runs.flatMap((run) => [
    ...unsaid(run),
    ...run.offences,
    ...(run.status === "Success" || mayBeRefused(run, account)
      ? []
      : [`${run.runbook} is ${run.status}: ${sentence(run)}`]),
    ...(run.runbook === "roll-out" && run.status !== "Success" ? changesOf(run) : []),
  ]);
}

const REFUSALS = [
  /Roll-out [0-9a-f-]{36} is at work and goes on/,
  WOULD_CHANGE,
  NOT_WRITTEN,
  /is neither one that create-image made/,
];

function mayBeRefused(run: Run, account: Account): boolean {
  const why = sentence(run);
  const [gone = ""] = /ami-[0-9a-f]+/.exec(why) ?? [];
  return (
    run.runbook !== "retire" &&
    (REFUSALS.some((one) => one.test(why)) ||
      (NOT_AVAILABLE.test(why) && account.ec2.image(gone)?.State !== "available") ||
      (CAME_BACK.test(why) && account.ec2.badImages.has(gone)))
  );
}

/** A launch configuration that nothing refers to goes with its image, and a runbook that is started is a run of its own. */
const HARMLESS = ["CreateLaunchConfiguration", "StartAutomationExecution"];

function changesOf({ calls, executionId }: Run): string[] {
  return calls
    .filter((call) => isChange(call) && !HARMLESS.includes(call.api))
    .map(({ api }) => `roll-out ${executionId} was refused, and has called ${api}`);
}

describe("random sequences of nights, faults and interventions", () => {
  const of = new Map<string, Deployable>();
  const keyOf = ({ launchSource, variant }: Pick<Sequence, "launchSource" | "variant">) =>
    `${launchSource} ${variant}`;

  before(async () => {
    for (const launchSource of sourceKinds) {
      for (const [variant, args] of VARIANTS.entries()) {
        if (isDeployable({ launchSource, variant })) {
          of.set(keyOf({ launchSource, variant }), await deployable({ launchSource, args }));
        }
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
        .sample(sequence, { seed: SEED, numRuns: 300 })
        .flatMap(({ actions }) => actions.map((one) => one.do)),
    );
    expect(
      [
        ...Object.keys(interventions),
        ...["night", "fault", "bad", "overlap", "retire", "dry", "rollOut", "meet"],
      ].filter((one) => !seen.has(one as Action["do"])),
    ).to.deep.equal([]);
  });
});
