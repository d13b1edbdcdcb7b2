import { AmiRefresh, type AmiRefreshArgs } from "../../components";
import type { StepRecord } from "../../rehearsal/automation/execution";
import { failureSentence } from "../../rehearsal/automation/failure";
import { Account } from "../../rehearsal/account/account";
import type { Members } from "../../rehearsal/account/api";
import { Clock } from "../../rehearsal/account/clock";
import type { LaunchTemplate, LaunchTemplateVersion } from "../../rehearsal/account/ec2/launchTemplateShapes";
import { findLaunchTemplate, resolveVersion } from "../../rehearsal/account/ec2/launchTemplates";
import type { Image, Instance } from "../../rehearsal/account/ec2/shapes";
import { timerFirings } from "../../rehearsal/account/timer";
import { furnish, type GoldenState } from "../../rehearsal/account/world";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import type { Registered } from "../../rehearsal/deploy/program";
import { provision } from "../../rehearsal/deploy/provision";
import { Fault } from "../../rehearsal/faults";
import { type Launch, launches } from "../../rehearsal/launches";
import { type ByHand, type Night, type Run, runNights, type Start } from "../../rehearsal/nights";
import {
  type Check,
  type Configured,
  type Standing,
  standing,
  verifyNight,
  watchDeletions,
} from "../../rehearsal/verification";
import { TOKYO, underMocks } from "../mocks";
import { sharedPython } from "./python";

export const GOLDEN = "i-0123456789abcdef0";
export const GROUP = "web-group";
export const PROFILE_ROLE = "arn:aws:iam::123456789012:role/web";
export const ARGS: AmiRefreshArgs = {
  instanceId: GOLDEN,
  autoScalingGroupName: GROUP,
  prefix: "web",
  cron: "30 5 * * ? *",
};

/** The first night's start. */
export const START = new Date("2026-11-24T05:30:00Z");

export interface Wanted {
  args?: Partial<AmiRefreshArgs>;
  /** What the group launches from before the first night: a launch configuration, unless told otherwise. */
  launchSource?: SourceKind;
  /** In what state the golden instance is: it runs, unless told otherwise. */
  golden?: GoldenState;
  /** Whether the account is filled to AWS's quotas. */
  crowded?: boolean;
  /** False: neither the golden instance nor anything that the group launches has an instance profile. */
  profile?: boolean;
  /** Changes what the component registered, before it is deployed. */
  registered?: (resources: Registered[]) => void;
  /** Changes the account before the program looks at it. */
  world?: (account: Account) => void;
  /** Changes the account when everything is deployed, before the first night. */
  account?: (account: Account) => void;
  faults?: (Fault | string)[];
  starts?: (Date | Start)[];
  /** Starts when the rule fires next, and not at `starts`. */
  fromRule?: boolean;
  /** What people start at the times of `starts`; the schedule does where there is none of it. */
  byHand?: ByHand[];
  /** Something that happens in the middle of a run, when a step has ended. */
  after?: (step: StepRecord, account: Account, run: Run) => void;
}

export interface Refreshed {
  account: Account;
  nights: Night[];
  /** The first night. */
  night: Night;
  /** All runs of all nights. */
  runs: Run[];
  /** The first run of the first night: that of create-image, where the schedule starts. */
  run: Run;
  checks: Check[];
  /** How every group stood when the first night began. */
  before: Standing;
}

/** Deploys the component into a fresh account and lets the nights happen: create-image, its roll-out, and retire in each. */
export async function refresh(wanted: Wanted = {}): Promise<Refreshed> {
  const account = new Account(TOKYO, new Clock(new Date("2026-11-24T00:00:00Z")));
  furnish(account, {
    instanceId: GOLDEN,
    groupName: GROUP,
    launchSource: wanted.launchSource,
    golden: wanted.golden,
    crowded: wanted.crowded,
    instanceProfileRoleArn: PROFILE_ROLE,
  });
  if (wanted.profile === false) {
    removeProfiles(account);
  }
  wanted.world?.(account);
  const build = () => new AmiRefresh("web", { ...ARGS, ...wanted.args });
  const { resources } = await underMocks(build, { account });
  wanted.registered?.(resources);
  wanted.account?.(account);
  const deployment = provision(account, resources);
  const first = wanted.fromRule ? timerFirings(deployment.timer, START).next().value : undefined;
  const nights: Night[] = [];
  const checks: Check[] = [];
  const before = new Map<Night, Standing>();
  for (const night of runNights({
    account,
    deployment,
    python: await sharedPython(),
    faults: (wanted.faults ?? []).map((one) => (typeof one === "string" ? Fault.read(one) : one)),
    starts: (first === undefined ? (wanted.starts ?? [START]) : [first]).map((start) =>
      start instanceof Date ? { at: start, byHand: wanted.byHand } : start,
    ),
    onNight: (begun) => before.set(begun, standing(account)),
    watch: (watched) => watchDeletions(account, configured(wanted), watched),
    onStep: (during, step) => wanted.after?.(step, account, during),
  })) {
    nights.push(night);
    checks.push(...verifyNight(account, night, configured(wanted), standingBefore(before, night)));
  }
  const runs = nights.flatMap((night) => night.runs);
  return {
    account,
    nights,
    night: nights[0],
    runs,
    run: runs[0],
    checks,
    before: standingBefore(before, nights[0]),
  };
}

/** What the verification goes by. */
export function configured({ args = {} }: Wanted = {}): Configured {
  return {
    instanceId: GOLDEN,
    autoScalingGroupName: GROUP,
    prefix: "web",
    launchConfigurationFrom: args.launchConfigurationFrom === "group" ? "group" : "instance",
    allowSharedTemplate: args.allowSharedTemplate === true,
    ...retention(args),
  };
}

/** The component's arguments, or its defaults. */
function retention(
  args: Partial<AmiRefreshArgs>,
): Pick<Configured, "retire" | "retainImages" | "retainDays" | "retainLaunchConfigurations"> {
  return {
    retire: args.retire !== false,
    retainImages: Number(args.retainImages ?? 14),
    retainDays: Number(args.retainDays ?? 0),
    retainLaunchConfigurations: Number(args.retainLaunchConfigurations ?? 2),
  };
}

function standingBefore(before: Map<Night, Standing>, night: Night): Standing {
  const found = before.get(night);
  if (found === undefined) {
    throw new Error(`night ${night.number} never began`);
  }
  return found;
}

function removeProfiles({ ec2, autoscaling }: Account): void {
  ec2.instances.forEach(({ instance }) => delete instance.IamInstanceProfile);
  autoscaling.launchConfigurations.forEach((configuration) => delete configuration.IamInstanceProfile);
  for (const { versions } of ec2.launchTemplates.values()) {
    versions.forEach(({ LaunchTemplateData }) => delete LaunchTemplateData.IamInstanceProfile);
  }
}

/** Lets a test answer some calls itself: undefined leaves the answer to the account. */
export function answering(
  account: Account,
  answer: (api: string, params: Members, usual: () => Members) => Members | undefined,
): void {
  const usual = account.call.bind(account);
  account.call = (principal, service, api, params) => {
    const asUsual = () => usual(principal, service, api, params);
    return answer(api, params, asUsual) ?? asUsual();
  };
}

export function golden(account: Account): Instance {
  const found = account.ec2.instances.get(GOLDEN);
  if (found === undefined) {
    throw new Error("there is no golden instance");
  }
  return found.instance;
}

export function group(account: Account) {
  const found = account.autoscaling.groups.get(GROUP);
  if (found === undefined) {
    throw new Error("there is no group");
  }
  return found;
}

/** The launch configuration that the group refers to. */
export function launched(account: Account) {
  const found = account.autoscaling.launchConfigurations.get(group(account).LaunchConfigurationName ?? "");
  if (found === undefined) {
    throw new Error("the group refers to no launch configuration");
  }
  return found;
}

/** A launch template of the group's world: `web`, or what an override names. */
export function template(account: Account, name = "web"): LaunchTemplate {
  return findLaunchTemplate(account.ec2, { LaunchTemplateName: name });
}

/** A version of it: a number as text, `$Latest`, or the default one. */
export function templateVersion(account: Account, version?: string, name?: string): LaunchTemplateVersion {
  return resolveVersion(template(account, name), version);
}

/** What a group would launch now. */
export function launchedNow(account: Account, groupName = GROUP): Launch[] {
  const found = account.autoscaling.groups.get(groupName);
  const launched = found === undefined ? "there is no such group" : launches(account, found);
  if (typeof launched === "string") {
    throw new Error(launched);
  }
  return launched;
}

/** The one run of a runbook in a night. */
export function runOf(night: Night, runbook: string): Run {
  const found = night.runs.filter((run) => run.runbook === runbook);
  if (found.length !== 1) {
    throw new Error(`night ${night.number} has ${found.length} runs of ${runbook}`);
  }
  return found[0];
}

/** All runs of a runbook, in the order of the nights. */
export function runsOf(nights: Night[], runbook: string): Run[] {
  return [...nights]
    .sort((one, other) => one.number - other.number)
    .flatMap(({ runs }) => runs.filter((run) => run.runbook === runbook));
}

/** What a person starts to roll back: to the image before, or to one that is named. The schedule goes on. */
export function rollBack(imageId = "previous"): ByHand {
  return { runbook: "roll-out", parameters: { ImageId: [imageId], PauseSchedule: ["false"] } };
}

/** The checks that do not hold. */
export function broken(checks: Check[]): Check[] {
  return checks.filter(({ ok }) => !ok);
}

/** The images that create-image made, the oldest first. */
export function madeImages(account: Account): Image[] {
  return account.ec2.allImages().filter(({ Name }) => Name.startsWith(`${GOLDEN}_`));
}

/** What a failed run says: the last line of its message. */
export function sentence(run: Run): string {
  return failureSentence(run.failureMessage ?? "");
}

/** Of a mixed instances policy every template, so that AWS can roll back. */
export function referByNumber(account: Account): void {
  const [, , large] = group(account).MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  Object.assign(large.LaunchTemplateSpecification ?? {}, { Version: "1" });
}
