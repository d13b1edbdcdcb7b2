import { expect } from "chai";
import { countImages } from "../../rehearsal/verification/fleet";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Fault } from "../../rehearsal/faults";
import type { Night, Run } from "../../rehearsal/nights";
import { GROUP, launchedNow, referByNumber, runOf, sentence } from "./refresh";
import {
  badImage,
  type Deployable,
  deployable,
  failedChecks,
  inStep,
  Life,
  type LifeWanted,
  unlaunchable,
  unsaid,
} from "./rules";

/*
 * Every call of a roll-out that replaces instances, failing in every way, while the image is good and while it is bad. In the end
 * the group launches one image that is there and all of its instances run it, or the run says what it could not put back; and the
 * next night succeeds.
 */

const RUNBOOKS = ["roll-out", "prepare", "refresh"];
const CHANGES = /^(Cancel|Create|Delete|Modify|Rollback|Start|Update)/;
/** A call that only reads does nothing that could come before its error: refused, or without an answer, is all that can differ. */
const KINDS = ["denied", "no-answer"];
const OF_CHANGES = [...KINDS, "error", "throttled"];
const AFTER = ["error-after", "no-answer-after"];

interface Called {
  step: string;
  service: string;
  api: string;
}

/** Each API once a step, of a night in which nothing else goes wrong. */
function callsOf(of: Deployable, faults: Fault[]): Called[] {
  const { night } = new Life(of).night({ faults });
  const calls = night.runs
    .filter(({ runbook }) => RUNBOOKS.includes(runbook))
    .flatMap(({ calls }) => calls)
    .map(({ step, service, api }) => ({ step, service, api }));
  return [...new Map(calls.map((one) => [JSON.stringify(one), one])).values()];
}

/** What is wrong after a night that was struck and one that was not. */
function judged(of: Deployable, faults: Fault[]): string[] {
  const life = new Life(of);
  const { account } = life;
  failedChecks(life.night()).forEach((check) => expect.fail(check));
  const old = launchedNow(account)[0].imageId;
  const { night } = life.night({ faults });
  const run = runOf(night, "create-image");
  const launches = launchedNow(account)[0].imageId;
  const others = countImages(account, GROUP).filter(
    ({ imageId, other }) => imageId !== launches || other > 0,
  );
  const isSaid = saysSo(night) || others.length === 0;
  const wrong = [
    ...night.runs.flatMap(unsaid),
    ...night.runs.flatMap(({ offences }) => offences),
    ...unlaunchable(account),
    ...(isSaid ? [] : [`instances run ${others.map(({ imageId }) => imageId).join()} and nobody says so`]),
    ...(run.status === "Success" && launches === old
      ? ["the night succeeded and the group launches the old image"]
      : []),
    ...(run.status !== "Success" && launches !== old && !saysSo(night)
      ? [`it moved the group: ${sentence(run)}`]
      : []),
  ];
  const next = failedChecks(life.night());
  return [...wrong, ...next.map((text) => `in the next night ${text}`)];
}

/** The words of a run that could not put everything back, or did not see the end, about the group or its instances. */
const SAID = [
  /could not be put back/,
  /the image runs on \d+ instances? \(i-/,
  /the group (still|in part) launches the image/,
  /What became of Auto Scaling group \S+ and its instance refresh to image \S+ could not be read/,
  /and its instances run it, but that could not be written down/,
  /though not in the time that the run waits/,
  /Auto Scaling group \S+ launches from .*, and \d+ of its instances run the image/,
];

function saysSo({ runs }: Night): boolean {
  const said = runs.filter(isFailed).map(sentence);
  return said.some((one) => SAID.some((words) => words.test(one)));
}

function isFailed({ status }: Run): boolean {
  return status !== "Success";
}

describe("every call of a roll-out that replaces instances, failing in every way,", () => {
  for (const [source, launchSource, world] of [
    ["configuration", "configuration"],
    ["template", "template"],
    ["template-default", "template-default"],
    ["template-latest", "template-latest"],
    ["mixed", "mixed"],
    ["mixed by number", "mixed", referByNumber],
  ] as [string, SourceKind, LifeWanted["world"]][]) {
    for (const [what, bad] of [
      ["with a good image", false],
      ["with a bad image", true],
    ] as const) {
      it(`${what}, of a group on ${source}`, async () => {
        const of = await deployable({ launchSource, world, args: { instanceRefresh: {} } });
        const usual = bad ? [badImage()] : [];
        const calls = callsOf(of, usual);
        expect(calls.length).to.be.greaterThan(15);
        const wrong = calls.flatMap(({ step, service, api }) => {
          const changing = api === "StartAutomationExecution" ? OF_CHANGES : [...OF_CHANGES, ...AFTER];
          const kinds = CHANGES.test(api) ? changing : KINDS;
          return kinds.flatMap((kind) => {
            const fault = inStep(step, `${service}:${api}:${kind}@1`);
            return judged(of, [fault, ...usual]).map((text) => `${fault.text}: ${text}`);
          });
        });
        expect(wrong.join("\n")).to.equal("");
      });
    }
  }
});
