import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Fault } from "../../rehearsal/faults";
import type { Night, Run } from "../../rehearsal/nights";
import { ourImages } from "../../rehearsal/verification/ours";
import { earlier, earlierNights } from "./history";
import { GOLDEN, GROUP, runOf, sentence } from "./refresh";
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
 * Every call of a night, failing in every way: of create-image, of the roll-out that it starts, and of retire beside them. The
 * product is too large to be made whole, so that of it is made what can differ:
 * - A call that only reads has no effect that could come before its error, and boto3 repeats it: of one error nobody hears.
 * - A call fails once (its first one in the step, given as a person would give it to `--fault`, with the attempt), and it
 *   fails whenever the step makes it. A fault of a whole night is the latter, in the first step that makes that call.
 * - create-image and retire do the same for every kind of launch source: they are struck for a launch configuration only. For
 *   the other kinds the steps that differ are.
 */

const ARGS = { retainImages: 2, retainLaunchConfigurations: 1 } as const;
const CHANGES = /^(Create|Delete|Deregister|Update|Modify|Start|PutParameter)/;
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
  /** What is wrong with how the runs ended; anything is right unless told otherwise. */
  wrongEnds?: (night: Night) => string[];
  /** Where the cause stays, the runs of the next night end with these words; by their runbooks. */
  staysSo?: Record<string, RegExp>;
  /** The ids of what changes by itself in that night, and not by a run. */
  disturbs?: (id: string) => boolean;
  /** What the group is in the end, where somebody did something to it. */
  groupEnds?: "gone" | "switched";
}

/** One night that is struck and one that is not, in a fresh account. Gives what breaks a rule. */
function judged(of: Deployable, one: Case): string[] {
  const life = new Life(of, history);
  const { account, configured } = life;
  const before = life.others();
  const images = ourImages(account, configured).length;
  const struck = life.night({ faults: one.faults });
  const { runs } = struck.night;
  // Nothing is retired in the night in which it was made, but older images are.
  const isIdle = endedEarly(struck.night) && ourImages(account, configured).length > images;
  return [
    ...(one.wrongEnds?.(struck.night) ?? []),
    ...(isIdle ? ["an image was made though the run ended before"] : []),
    ...(one.groupEnds === undefined
      ? halfDone(struck, account)
      : [...runs.flatMap(unsaid), ...wrongEnd(account, one)]),
    ...runs.flatMap(({ offences }) => offences),
    ...unlaunchable(account),
    ...changedOfOthers(before, life.others(), one.disturbs),
    ...quietNight(life, one.staysSo).map((text) => `in the next night ${text}`),
    ...(one.staysSo === undefined ? leftTooMuch(life) : []),
  ];
}

/** A version that was left as the latest one keeps its image until the next night has made a later one. */
function leftTooMuch(life: Life): string[] {
  const { account, configured } = life;
  return tooMany(account, configured).length === 0
    ? []
    : [...quietNight(life), ...tooMany(account, configured)];
}

/** Whether the run that makes an image ended before it did. */
function endedEarly(night: Night): boolean {
  const last = runOf(night, "create-image").steps.at(-1)?.name ?? "";
  return ["yieldToEarlierRun", "chooseWhetherToGoOn", "checkGoldenInstance"].includes(last);
}

function wrongEnd(account: Account, { groupEnds }: Case): string[] {
  const found = account.autoscaling.groups.get(GROUP);
  const source = found?.LaunchConfigurationName ?? found?.LaunchTemplate?.LaunchTemplateName ?? "";
  const is = found === undefined ? "gone" : /-by-hand-/.test(source) ? "switched" : "as it was";
  return is === groupEnds ? [] : [`the group is ${is} and not ${groupEnds}`];
}

function quietNight(life: Life, failing: Record<string, RegExp> = {}): string[] {
  const { account } = life;
  const before = life.others();
  const outcome = life.night();
  const { runs } = outcome.night;
  const asBefore = runs.filter(({ runbook }) => runbook in failing);
  return [
    ...(asBefore.length === 0
      ? failedChecks(outcome)
      : [
          ...asBefore.flatMap((run) =>
            run.status === "Failed" && failing[run.runbook].test(sentence(run)) ? [] : [wordEnd(run)],
          ),
          ...halfDone(outcome, account),
        ]),
    ...runs.flatMap(({ offences }) => offences),
    ...unlaunchable(account),
    ...changedOfOthers(before, life.others()),
  ];
}

function wordEnd(run: Run): string {
  return `the run of ${run.runbook} is ${run.status}: ${sentence(run)}`;
}

/** Of these runbooks the runs end so; those of the others are a Success. */
function endsOf(allowed: Record<string, string[]>): Case["wrongEnds"] {
  return ({ runs }) =>
    runs.filter(({ runbook, status }) => !(allowed[runbook] ?? ["Success"]).includes(status)).map(wordEnd);
}

function expectAll(of: Deployable, cases: Case[]): void {
  const wrong = cases.flatMap((one) => judged(of, one).map((text) => `${one.name}: ${text}`));
  expect(wrong.join("\n")).to.equal("");
}

/** A call, and the which of its API's calls in the night it is. */
interface Called {
  runbook: string;
  step: string;
  service: string;
  api: string;
  attempt: number;
}

interface Recorded {
  /** Each API once a step. */
  calls: Called[];
  /** Every call that changes something. */
  changes: Called[];
  /** Every step when it begins, as a fault names that moment. */
  begins: string[];
  night: Night;
}

/** What a night does when nothing goes wrong, all runs of it in the order in which it happens. */
function recorded(of: Deployable): Recorded {
  const calls: Omit<Called, "runbook" | "attempt">[] = [];
  const steps: string[] = [];
  const outcome = new Life(of, history).night({
    faults: [
      {
        text: "nothing",
        happened: true,
        tonight: () => ({
          around: (call, step) => (service, api, params) => {
            calls.push({ step: step(), service, api });
            return call(service, api, params);
          },
          stepBegins: (step) => void steps.push(step),
        }),
      },
    ],
  });
  expect(failedChecks(outcome)).to.deep.equal([]);
  const { night } = outcome;
  const runbookOf = (step: string) =>
    night.runs.find((run) => run.calls.some((call) => call.step === step))?.runbook ?? "";
  const ofApi = counter();
  const counted = calls.map((call): Called => {
    const { step, service, api } = call;
    return { ...call, runbook: runbookOf(step), attempt: ofApi(`${service}:${api}`) };
  });
  const first = new Map([...counted].reverse().map((one) => [`${one.step} ${one.service}:${one.api}`, one]));
  const ofStep = counter();
  return {
    calls: [...first.values()],
    changes: counted.filter(({ api }) => CHANGES.test(api)),
    begins: steps.map((step) => `${step}@1.${ofStep(step)}`),
    night,
  };
}

/** Counts how often something came. */
function counter(): (name: string) => number {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
}

function casesOf(called: Called): Case[] {
  const { step, service, api, attempt } = called;
  const changes = CHANGES.test(api);
  // Automation itself starts another run, which is not the runbook's to repeat.
  const after = changes && api !== "StartAutomationExecution" ? AFTER : [];
  const once = [...(changes ? ONCE : ["error"]), ...after].map((kind): Case => {
    const text = `${service}:${api}:${kind}@1.${attempt}`;
    return {
      name: `${text} (${step})`,
      faults: [text],
      wrongEnds: endsOf(changes ? endsIn(called, kind, false) : {}),
    };
  });
  const always = [...ALWAYS, ...after].map((kind): Case => {
    const fault = inStep(step, `${service}:${api}:${kind}@1`);
    return { name: fault.text, faults: [fault], wrongEnds: endsOf(endsIn(called, kind, true)) };
  });
  return [...once, ...always];
}

/**
 * What goes wrong in retire is of no concern to the others, nor the other way round. What cannot be deleted is kept and
 * reported, unless nothing of its kind may be deleted at all.
 */
function endsIn({ runbook, api }: Called, kind: string, always: boolean): Record<string, string[]> {
  const any = ["Success", "Failed", "TimedOut"];
  if (runbook !== "retire") {
    return { "create-image": any, "roll-out": any };
  }
  // Snapshots go with their images too, so that of their kind something was deleted.
  const denied = always && api !== "DeleteSnapshot" ? ["Failed"] : ["Failed", "Success"];
  return { retire: !CHANGES.test(api) ? any : kind === "denied" ? denied : ["Success"] };
}

const isAdvanced = ({ step }: Called) => step === "advanceLaunchTemplates";

describe("every call of a night, failing in every way", () => {
  for (const [launchSource, runbook, isStruck] of [
    ["configuration", "create-image", () => true],
    ["configuration", "roll-out", () => true],
    ["configuration", "retire", () => true],
    ["template", "roll-out", isAdvanced],
    ["template", "retire", ({ api }) => api === "DeleteLaunchTemplateVersions"],
    ["template-default", "roll-out", (called) => isAdvanced(called) && CHANGES.test(called.api)],
    ["template-latest", "roll-out", (called) => isAdvanced(called) && CHANGES.test(called.api)],
    ["parameter", "roll-out", () => true],
    ["parameter", "retire", ({ service }) => service === "ssm"],
    ["mixed", "roll-out", () => true],
  ] satisfies [SourceKind, string, (called: Called) => boolean][]) {
    it(`of ${runbook}, of a group on ${launchSource}`, async () => {
      const of = await deployable(wantedFor(launchSource));
      const calls = recorded(of).calls.filter((called) => called.runbook === runbook && isStruck(called));
      expect(calls).not.to.have.length(0);
      expectAll(of, calls.flatMap(casesOf));
    });
  }
});

/**
 * The step that changes what the group launches, and the call behind which the image is looked at once more. When the group was
 * switched, roll-outs are refused: other templates than those for which there are permissions, or another one that reads the parameter.
 */
const CONFIGURATION = {
  last: "UpdateAutoScalingGroup",
  moved: "autoscaling:UpdateAutoScalingGroup",
  refused: /never/,
};
const TEMPLATE = {
  last: "advanceLaunchTemplates",
  moved: "ec2:CreateLaunchTemplateVersion",
  refused: /run pulumi up/,
};
const PARAMETER = {
  last: "putParameter",
  moved: "ssm:PutParameter",
  refused: /would also change what launch template web launches through parameter/,
};
const ROLLS_OUT: [SourceKind, typeof TEMPLATE][] = [
  ["configuration", CONFIGURATION],
  ["template", TEMPLATE],
  ["template-latest", TEMPLATE],
  ["parameter", PARAMETER],
  ["mixed", TEMPLATE],
];

/** Of a roll-out that was never started there is no run. */
const rollOutFails = endsOf({ "create-image": ["Failed"], "roll-out": ["Failed"] });

describe("what happens in the middle of a run", () => {
  const terminated = /is terminated, but an image is taken/;
  const golden = { disturbs: (id: string) => id === GOLDEN, staysSo: { "create-image": terminated } };
  const missing = /does not exist in this Region/;
  const gone = {
    groupEnds: "gone",
    disturbs: (id: string) => id.startsWith("i-"),
    staysSo: { "create-image": missing, "roll-out": missing, retire: missing },
  } as const;

  for (const [launchSource, { last, moved, refused }] of ROLLS_OUT) {
    const isConfiguration = launchSource === "configuration";
    const switched = {
      disturbs: (id: string) => !id.startsWith("i-"),
      staysSo: isConfiguration ? undefined : { "create-image": refused, "roll-out": refused },
      groupEnds: "switched",
    } as const;
    const making = ["ec2:CreateImage", "createImage:end", "200s", "waitForImage:end", "rollOut"];
    const rollingOut = ["checkGroup:end", last];
    const cases: [string, string[], Omit<Case, "name" | "faults">][] = [
      ["image-fails", [""], { wrongEnds: endsOf({ "create-image": ["Failed"] }) }],
      ["image-slow", [""], { wrongEnds: endsOf({}) }],
      ["image-late", [""], { wrongEnds: endsOf({}) }],
      ["image-vanishes", ["", ...making, ...rollingOut, moved], { wrongEnds: rollOutFails }],
      [
        "instance-terminated",
        ["yieldToEarlierRun", "checkGoldenInstance", "checkGoldenInstance:end", "createImage"],
        { ...golden, wrongEnds: endsOf({ "create-image": ["Failed"] }) },
      ],
      ["instance-terminated", [...making, ...rollingOut, `${last}:end`], golden],
      ["group-deleted", [...making, ...rollingOut], { ...gone, wrongEnds: rollOutFails }],
      ["group-deleted", [`${last}:end`], { ...gone, wrongEnds: endsOf({}) }],
      ["group-switched", rollingOut, { ...switched, wrongEnds: rollOutFails }],
      ["group-switched", [`${last}:end`], { ...switched, wrongEnds: endsOf({}) }],
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
      const { begins, changes, night } = recorded(of);
      // While a roll-out is at work, the run that waits for it is cancelled at a time, and the roll-out in its steps.
      const moments = [
        ...begins.flatMap((step) => [step, step.replace("@", ":end@")]),
        ...changes.map(({ service, api, attempt }) => `${service}:${api}@1.${attempt}`),
        ...runOf(night, "roll-out").steps.map(({ startedAt }) => `${secondsInto(night, startedAt)}s@1`),
      ];
      expectAll(
        of,
        [...new Set(moments)].map((moment) => ({
          name: `run-cancelled:${moment}`,
          faults: [`run-cancelled:${moment}`],
          wrongEnds: wrongCancellation,
        })),
      );
    });
  }
});

function secondsInto({ startedAt }: Night, at: string): number {
  return Math.ceil((Date.parse(at) - Date.parse(startedAt)) / 1000);
}

/** Of a run that was cancelled, what started it or was started by it may fail. */
function wrongCancellation({ runs }: Night): string[] {
  const cancelled = runs.filter(({ status }) => status === "Cancelled");
  const isRelated = (run: Run) =>
    cancelled.some(({ parent, executionId }) => parent === run.executionId || executionId === run.parent);
  return [
    ...(cancelled.length === 1 ? [] : [`${cancelled.length} runs were cancelled`]),
    ...runs
      .filter(({ status }) => !["Success", "Cancelled"].includes(status))
      .filter((run) => !isRelated(run))
      .map(wordEnd),
  ];
}

describe("nights that all fail after the image", () => {
  for (const [launchSource, fault] of [
    ["configuration", "autoscaling:UpdateAutoScalingGroup:denied"],
    ["configuration", "image-fails"],
    ["template-latest", "ec2:CreateLaunchTemplateVersion:quota"],
    ["parameter", "ssm:PutParameter:denied"],
    ["mixed", "ec2:ModifyLaunchTemplate:denied"],
  ] as const) {
    it(`are bounded, a hundred of them, of a group on ${launchSource}: ${fault}`, async () => {
      const life = new Life(await deployable(wantedFor(launchSource)));
      const { account, configured } = life;
      const rolledOut = [1, 2, 3, 4].map(() => failedChecks(life.night())).flat();
      expect(rolledOut).to.deep.equal([]);
      const before = ourImages(account, configured).map(({ ImageId }) => ImageId);
      const { most, wrong } = failingNights(
        life,
        fault,
        Array.from({ length: 100 }, () => undefined),
      );
      expect(wrong).to.deep.equal([]);
      expect(most).to.be.within(3, ARGS.retainImages + 2);
      const besides = ourImages(account, configured).filter(({ ImageId }) => !before.includes(ImageId));
      expect(besides.length).to.be.at.most(1);
      expect([...quietNight(life), ...tooMany(account, configured)]).to.deep.equal([]);
    });
  }

  it("keep what the last 12 hours have made, where there is one every hour", async () => {
    const life = new Life(await deployable(wantedFor("configuration")), history);
    const fault = "autoscaling:UpdateAutoScalingGroup:denied";
    const { most, wrong } = failingNights(
      life,
      fault,
      Array.from({ length: 36 }, () => 1),
    );
    expect(wrong).to.deep.equal([]);
    expect(most).to.be.within(12, 12 + ARGS.retainImages + 2);
    expect([...quietNight(life), ...tooMany(life.account, life.configured)]).to.deep.equal([]);
  });
});

/** So many nights, each so many hours after the one before or at its usual time. Gives the most images that there ever were. */
function failingNights(
  life: Life,
  fault: string,
  hours: (number | undefined)[],
): { most: number; wrong: string[] } {
  const { account, configured } = life;
  let most = 0;
  const look = watching(() => (most = Math.max(most, ourImages(account, configured).length)));
  const wrong = hours.flatMap((hoursLater) => {
    const outcome = life.night({ faults: [look, fault], hoursLater });
    return [
      ...(runOf(outcome.night, "create-image").status === "Failed" ? [] : ["a night did not fail"]),
      ...(runOf(outcome.night, "retire").status === "Success" ? [] : ["retire did not succeed"]),
      ...halfDone(outcome, account),
      ...unlaunchable(account),
    ];
  });
  return { most, wrong };
}

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
