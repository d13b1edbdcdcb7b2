import { AmiRefresh, type AmiRefreshArgs } from "../../components";
import type { StepRecord } from "../../rehearsal/automation/execution";
import { Account } from "../../rehearsal/aws/account";
import type { Members } from "../../rehearsal/aws/api";
import { Clock } from "../../rehearsal/aws/clock";
import type { Image, Instance } from "../../rehearsal/aws/ec2/shapes";
import { ruleFirings } from "../../rehearsal/aws/events";
import { furnish } from "../../rehearsal/aws/world";
import type { Registered } from "../../rehearsal/deploy/program";
import { provision } from "../../rehearsal/deploy/provision";
import { Fault } from "../../rehearsal/faults";
import { runNights, type Night } from "../../rehearsal/nights";
import { verifyNight, type Check } from "../../rehearsal/verification";
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
  /** Whether the golden instance and the group have an instance profile. */
  profile?: boolean;
  /** Changes what the component registered, before it is deployed. */
  registered?: (resources: Registered[]) => void;
  /** Changes the account before the first night. */
  account?: (account: Account) => void;
  faults?: string[];
  starts?: Date[];
  /** Starts when the rule fires next, and not at `starts`. */
  fromRule?: boolean;
  byHand?: Record<string, string[]>;
  /** Something that happens in the middle of a run, when a step has ended. */
  after?: (step: StepRecord, account: Account, night: Night) => void;
}

export interface Refreshed {
  account: Account;
  nights: Night[];
  /** The first night. */
  night: Night;
  checks: Check[];
}

/** Deploys the component into a fresh account and lets the nights happen. */
export async function refresh(wanted: Wanted = {}): Promise<Refreshed> {
  const { resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, ...wanted.args }));
  wanted.registered?.(resources);
  const account = new Account(TOKYO, new Clock(new Date("2026-11-24T00:00:00Z")));
  furnish(account, {
    instanceId: GOLDEN,
    groupName: GROUP,
    instanceProfileRoleArn: wanted.profile ? PROFILE_ROLE : undefined,
  });
  wanted.account?.(account);
  const deployment = provision(account, resources);
  const first = wanted.fromRule ? ruleFirings(deployment.rule, START).next().value : undefined;
  const nights: Night[] = [];
  const checks: Check[] = [];
  for (const night of runNights({
    account,
    deployment,
    python: await sharedPython(),
    faults: (wanted.faults ?? []).map((text) => Fault.read(text)),
    starts: first === undefined ? (wanted.starts ?? [START]) : [first],
    byHand: wanted.byHand,
    onStep: (during, step) => wanted.after?.(step, account, during),
  })) {
    nights.push(night);
    checks.push(
      ...verifyNight(account, night, { instanceId: GOLDEN, autoScalingGroupName: GROUP, prefix: "web" }),
    );
  }
  return { account, nights, night: nights[0], checks };
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

/** The images that the runbook made. */
export function madeImages(account: Account): Image[] {
  return account.ec2.allImages().filter(({ Name }) => Name.startsWith(`${GOLDEN}_`));
}

/** What a failed run says: the last line of its message. */
export function sentence(night: Night): string {
  return night.failureMessage?.trim().split("\n").at(-1) ?? "";
}
