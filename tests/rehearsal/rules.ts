import { AmiRefresh, type AmiRefreshArgs } from "../../components";
import { Account } from "../../rehearsal/account/account";
import { Clock } from "../../rehearsal/account/clock";
import type { Image, Instance } from "../../rehearsal/account/ec2/shapes";
import { furnish } from "../../rehearsal/account/world";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Registered } from "../../rehearsal/deploy/program";
import { type Deployment, provision } from "../../rehearsal/deploy/provision";
import { spoilImages } from "../../rehearsal/badImages";
import { Fault } from "../../rehearsal/faults";
import { type Launch, launchName } from "../../rehearsal/launches";
import { type ByHand, type Night, type Run, runNights, type Start } from "../../rehearsal/nights";
import type { Python } from "../../rehearsal/automation/python/python";
import {
  boundChecks,
  type Check,
  type Configured,
  groupIsSafe,
  type Standing,
  standing,
  verifyNight,
  watchDeletions,
} from "../../rehearsal/verification";
import { isSame } from "../../rehearsal/verification/differences";
import {
  isDescribedAsOurs,
  isNamedAsOurs,
  isOurImage,
  isOurSnapshot,
} from "../../rehearsal/verification/ours";
import { groupPlaces } from "../../rehearsal/verification/places";
import { TOKYO, underMocks } from "../mocks";
import { sharedPython } from "./python";
import { ARGS, configured, GOLDEN, GROUP, PROFILE_ROLE, sentence } from "./refresh";

const DAY = 24 * 60 * 60 * 1000;
/** The usual start: 05:30 UTC. */
const START = 5.5 * 60 * 60 * 1000;

export interface LifeWanted {
  launchSource?: SourceKind;
  args?: Partial<AmiRefreshArgs>;
  /** Changes the account before the program looks at it. */
  world?: (account: Account) => void;
  /** Changes the text of a runbook, which is called as in the program: `web-retire`. Of one at least. */
  runbook?: (text: string, name: string) => string;
}

/** What the component registers for such a life: the program runs once, however many lives there are. */
export interface Deployable {
  wanted: LifeWanted;
  resources: Registered[];
  python: Python;
}

const deployables = new Map<string, Promise<Deployable>>();

export function deployable(wanted: LifeWanted = {}): Promise<Deployable> {
  const { launchSource, args, world, runbook } = wanted;
  if (world !== undefined || runbook !== undefined) {
    return deploy(wanted);
  }
  const key = JSON.stringify([launchSource, args]);
  const made = deployables.get(key) ?? deploy(wanted);
  deployables.set(key, made);
  return made;
}

async function deploy(wanted: LifeWanted): Promise<Deployable> {
  const build = () => new AmiRefresh("web", { ...ARGS, ...wanted.args });
  const { resources } = await underMocks(build, { account: furnishedFor(wanted) });
  const changed = resources.map((resource) => withText(resource, wanted.runbook));
  if (wanted.runbook && changed.every((resource, index) => resource === resources[index])) {
    throw new Error("no runbook has anything that this would change");
  }
  return { wanted, resources: changed, python: await sharedPython() };
}

function withText<T extends Registered>(resource: T, change: LifeWanted["runbook"]): T {
  if (change === undefined || resource.type !== "aws:ssm/document:Document") {
    return resource;
  }
  const content = String(resource.state.content);
  const changed = change(content, resource.name);
  return changed === content ? resource : { ...resource, state: { ...resource.state, content: changed } };
}

/** The same every time, ids included, so that what was registered for one fits another. */
function furnishedFor({ launchSource, world }: LifeWanted): Account {
  const account = new Account(TOKYO, new Clock(new Date("2026-11-24T00:00:00Z")));
  furnish(account, {
    instanceId: GOLDEN,
    groupName: GROUP,
    launchSource,
    instanceProfileRoleArn: PROFILE_ROLE,
  });
  world?.(account);
  return account;
}

export interface NightWanted {
  faults?: (Fault | string)[];
  /** What people start; the schedule starts what it does otherwise. */
  byHand?: ByHand[];
  /** Hours after the end of what was before; at the next 05:30 unless told otherwise. */
  hoursLater?: number;
  /** Further starts, so many seconds after the first one; of the same unless told otherwise. */
  further?: (number | { seconds: number; byHand?: ByHand[] })[];
}

/** A night, and what can be said of it. */
export interface Outcome {
  night: Night;
  /** The first run of the night. */
  run: Run;
  /** How everything was before it, and where it rolls out, when that began. */
  before: Standing;
  checks: Check[];
}

/** An account into which the component was deployed, in which time goes by. */
export class Life {
  readonly account: Account;
  readonly configured: Configured;
  readonly deployment: Deployment;
  /** Whether a roll-out replaces the group's instances. */
  readonly replaces: boolean;
  /** What the group launched from at first. */
  private readonly templates: Set<string | undefined>;

  constructor(
    private readonly of: Deployable,
    world?: (account: Account) => void,
  ) {
    this.account = furnishedFor(of.wanted);
    world?.(this.account);
    this.deployment = provision(this.account, of.resources);
    this.configured = configured({ args: of.wanted.args });
    this.replaces = of.wanted.args?.instanceRefresh !== undefined;
    this.templates = new Set(
      groupPlaces(this.account, GROUP).map(({ template }) => template?.LaunchTemplateId),
    );
  }

  /** The nights that begin now, in the order in which they end. */
  nights({ faults = [], byHand, hoursLater, further = [] }: NightWanted = {}): Outcome[] {
    const { account, deployment } = this;
    const first = hoursLater === undefined ? nextStart(account) : later(account, hoursLater);
    const before = new Map<Night, Standing>();
    const outcomes: Outcome[] = [];
    for (const night of runNights({
      account,
      deployment,
      python: this.of.python,
      faults: faults.map((fault) => (typeof fault === "string" ? Fault.read(fault) : fault)),
      starts: [0, ...further].map((start): Start => {
        const { seconds, ...own } = typeof start === "number" ? { seconds: start, byHand } : start;
        return { at: new Date(first.getTime() + seconds * 1000), ...own };
      }),
      onNight: (begun) => before.set(begun, standing(account)),
      // What another night did before that is none of its work.
      onRun: ({ runbook }, during) => runbook === "roll-out" && before.set(during, standing(account)),
      watch: (watched) => watchDeletions(account, this.configured, watched),
    })) {
      const was = before.get(night) ?? new Map();
      const checks = verifyNight(account, night, this.configured, was);
      outcomes.push({ night, run: night.runs[0], before: was, checks });
    }
    return outcomes;
  }

  night(wanted: Omit<NightWanted, "further"> = {}): Outcome {
    return this.nights(wanted)[0];
  }

  /** Lets time go by until the next 05:30. */
  sleep(): void {
    this.account.clock.set(nextStart(this.account));
  }

  others(): Map<string, string> {
    return others(this.account, this.configured, this.templates, this.replaces);
  }
}

function nextStart(account: Account): Date {
  const now = account.clock.now().getTime();
  const today = now - (now % DAY) + START;
  return new Date(today > now ? today : today + DAY);
}

function later(account: Account, hours: number): Date {
  return new Date(account.clock.now().getTime() + hours * 60 * 60 * 1000);
}

/** Strikes only in one step, where it counts its attempts: for what a night calls in several steps. */
export function inStep(step: string, text: string): Fault {
  const fault = Fault.read(text);
  return {
    text: `${text} in ${step}`,
    get happened() {
      return fault.happened;
    },
    tonight: (scene) => {
      const trouble = fault.tonight(scene);
      return {
        ...trouble,
        around: (call, stepNow) => {
          const troubled = trouble.around?.(call, stepNow) ?? call;
          return (...given) => (stepNow() === step ? troubled : call)(...given);
        },
      };
    },
  };
}

/** Lets the images of a night be bad. */
export function badImage(): Fault {
  return {
    text: "a bad image",
    happened: true,
    tonight: ({ account }) => ({ around: spoilImages(account) }),
  };
}

/** Rule 1: whatever any group launches exists, and is complete. */
export function unlaunchable(account: Account): string[] {
  return [...account.autoscaling.groups.keys()].flatMap((name) => faultsOf([groupIsSafe(account, name)]));
}

function faultsOf(checks: Check[]): string[] {
  return checks.filter(({ ok }) => !ok).map(wordCheck);
}

/**
 * Everything in the account that is not the runbooks', by its id, as text; of their templates they may move the default version.
 * What is called as they call things may be theirs whatever its image is: a roll-back may be to an image that people made.
 * The group's own instances are theirs where they replace instances.
 */
function others(
  account: Account,
  own: Configured,
  templates: Set<string | undefined>,
  replaces: boolean,
): Map<string, string> {
  const found = new Map<string, string>();
  const note = (id: string, value: unknown) => found.set(id, JSON.stringify(value));
  const isOurs = (image: Image): boolean => isOurImage(account, own, image);
  account.ec2.allImages().forEach((image) => isOurs(image) || note(image.ImageId, image));
  for (const snapshot of account.ec2.allSnapshots()) {
    if (!isOurSnapshot(account, own, snapshot)) {
      note(snapshot.SnapshotId, snapshot);
    }
  }
  for (const configuration of account.autoscaling.launchConfigurations.values()) {
    const { LaunchConfigurationName: name } = configuration;
    if (!isNamedAsOurs(own, name)) {
      note(`launch configuration ${name}`, configuration);
    }
  }
  for (const template of account.ec2.launchTemplates.values()) {
    const id = template.LaunchTemplateId;
    const { LaunchTemplateName, CreateTime, CreatedBy, Tags, DefaultVersionNumber } = template;
    const rest = { LaunchTemplateName, CreateTime, CreatedBy, Tags };
    note(id, templates.has(id) ? rest : { ...rest, DefaultVersionNumber });
    for (const version of template.versions.values()) {
      if (!isDescribedAsOurs(version)) {
        note(`${id} version ${version.VersionNumber}`, version);
      }
    }
  }
  for (const [name, group] of account.autoscaling.groups) {
    if (name !== own.autoScalingGroupName) {
      note(`group ${name}`, group);
    }
  }
  account.ec2.fleets.forEach((fleet) => note(fleet.id, fleet));
  for (const [id, { instance, volumes }] of account.ec2.instances) {
    if (!replaces || !isOfGroup(instance)) {
      note(id, [instance, [...volumes]]);
    }
  }
  return found;
}

/**
 * Rule 2, beside the judgement of each deletion: what is not the runbook's is as it was, and nothing came to it, but for what
 * somebody else did meanwhile.
 */
export function changedOfOthers(
  before: Map<string, string>,
  now: Map<string, string>,
  isSomebodyElses: (id: string) => boolean = () => false,
): string[] {
  const ids = new Set([...before.keys(), ...now.keys()]);
  const became = (id: string) => (!now.has(id) ? "is gone" : before.has(id) ? "was changed" : "came");
  return [...ids]
    .filter((id) => before.get(id) !== now.get(id) && !isSomebodyElses(id))
    .map((id) => `${id} is not the runbook's and ${became(id)}`);
}

function isOfGroup({ Tags }: Instance): boolean {
  return Tags.some(({ Key, Value }) => Key === "aws:autoscaling:groupName" && Value === GROUP);
}

const BARE =
  /^(Key|Name|Type|Attribute|Index|Value|UnboundLocal|ZeroDivision|StopIteration|Assertion)(Error)?\b/;

/** Rule 3, its words: whoever reads of a run that failed learns why. Somebody who cancels a run knows why. */
export function unsaid(run: Run): string[] {
  const why = sentence(run);
  const isBare = why === "" || BARE.test(why);
  return isBare && !["Success", "Cancelled"].includes(run.status)
    ? [`the run is ${run.status} and says ${why || "nothing"}`]
    : [];
}

/** Rule 3: the whole work, or a sentence and the group as it was. What retire does is a work of its own. */
export function halfDone(outcome: Outcome, account: Account): string[] {
  const { runs } = outcome.night;
  const launching = runs.filter(({ runbook }) => runbook !== "retire");
  return [
    ...runs.flatMap(unsaid),
    ...runs.flatMap(({ offences }) => offences),
    ...(launching.every(({ status }) => status === "Success")
      ? undone(outcome)
      : movedGroup(outcome, account)),
  ];
}

function failedRuns({ night }: Outcome): Run[] {
  return night.runs.filter(({ status }) => status !== "Success");
}

export function failedChecks(outcome: Outcome): string[] {
  const failed = faultsOf(outcome.checks);
  return failed.length > 0 ? [...failed, ...failedRuns(outcome).map(sentence)] : failed;
}

/** What is not there of a night's work, whatever became of its runs. */
function undone({ checks }: Outcome): string[] {
  return checks.filter(({ ok, check }) => !ok && check !== "every step succeeded").map(wordCheck);
}

function wordCheck({ check, detail }: Check): string {
  return `${check}: ${detail}`;
}

/** Calls after which the group launches something else. */
const ROLL_OUT = [
  "UpdateAutoScalingGroup",
  "ModifyLaunchTemplate",
  "CreateLaunchTemplateVersion",
  "PutParameter",
];

/** Where instances run the new image already, the group stays on it, and the run says what is missing. */
const STAYS = /launches image ami-[0-9a-f]+ and its instances run it, but that could not be written down/;

function movedGroup(outcome: Outcome, account: Account): string[] {
  const { night, before } = outcome;
  const [was, now] = [before.get(GROUP), standing(account).get(GROUP)];
  if (was === undefined || now === undefined) {
    return was === now ? [] : ["the group is gone"];
  }
  if (isSame([was.launches, was.references], [now.launches, now.references])) {
    return [];
  }
  const incomplete = undone(outcome);
  if (incomplete.length === 0 && (hasRolledOut(night) || isUnanswered(night))) {
    return [];
  }
  const failed = failedRuns(outcome);
  if (failed.some((run) => STAYS.test(sentence(run)))) {
    return [];
  }
  if (failed.some(({ status }) => status === "Cancelled")) {
    return ofOtherImages(outcome, account, now.launches);
  }
  const ends = failed.map((run) => `${run.runbook} is ${run.status} (${sentence(run)})`);
  return [`${ends.join(", ")}, and the group launches something else than before: ${incomplete.join("; ")}`];
}

/** A run that made an image may fail after its roll-out has done all its work. */
function hasRolledOut({ runs }: Night): boolean {
  return runs.some(({ runbook, status }) => runbook === "roll-out" && status === "Success");
}

/** Nobody knows what became of the last change, and it cannot be put back either. */
function isUnanswered({ runs }: Night): boolean {
  const calls = runs.flatMap((run) => run.calls);
  const error = calls.filter(({ api }) => ROLL_OUT.includes(api)).at(-1)?.error;
  return error !== undefined && /NoAnswer|Internal/.test(error.Code);
}

/** Somebody may cancel a run between two changes: then each kind of instance has the old image or the new one. */
function ofOtherImages({ night, before }: Outcome, account: Account, now: Launch[] | string): string[] {
  const was = before.get(GROUP)?.launches;
  const ids = night.runs.map(({ executionId = "" }) => executionId);
  const made = account.ec2
    .allImages()
    .filter(({ Tags }) => Tags.some(({ Value }) => ids.includes(Value)))
    .map(({ ImageId }) => ImageId);
  if (typeof now === "string" || typeof was !== "object" || was.length !== now.length) {
    return ["a run was cancelled, and the group launches something else than before"];
  }
  return now
    .filter(({ imageId = "" }, index) => imageId !== was[index].imageId && !made.includes(imageId))
    .map(
      (launch) => `a run was cancelled, and ${launchName(launch)} is launched with image ${launch.imageId}`,
    );
}

/** Rule 5, of what nothing but age keeps, when a night has done all its work. */
export function tooMany(account: Account, own: Configured): string[] {
  return faultsOf(boundChecks(account, own, []));
}
