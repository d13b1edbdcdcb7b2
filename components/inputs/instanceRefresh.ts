import * as pulumi from "@pulumi/pulumi";
import { AmiRefreshInstanceRefresh } from "../amiRefreshArgs";
import { InputError } from "../errors";
import { LaunchFacts } from "../launch/facts";
import { quote } from "../quote";
import { Check, Checker } from "./checker";
import { numberFrom, oneOf } from "./choices";
import { checkKeys } from "./keys";

// Sources: EC2 Auto Scaling API reference, RefreshPreferences and StartInstanceRefresh; EC2 Auto Scaling User Guide, pages on
// rolling back, on skip matching and on replacing root volumes.

/** An instance refresh that was asked for, the values in it not checked yet. */
export type GivenInstanceRefresh = Readonly<Partial<Record<Preference, unknown>>>;

/** How instances are replaced, checked. */
export interface InstanceRefresh {
  /** As the runbooks take it: AWS's names, each entry as name=value. */
  readonly entries: pulumi.Output<string[]>;
  /** How long a roll-out waits, in seconds. */
  readonly timeout: pulumi.Output<number>;
}

const CHECKS = {
  strategy: oneOf("Rolling", "ReplaceRootVolume"),
  minHealthyPercentage: numberFrom(0, 100, "per cent"),
  maxHealthyPercentage: numberFrom(100, 200, "per cent"),
  instanceWarmup: numberFrom(0, 86400, "seconds"),
  skipMatching: flag,
  autoRollback: flag,
  alarms: listOf(
    10,
    isAlarmName,
    "names of alarms, each of 1 to 255 characters without braces and line breaks",
  ),
  // With all else as many entries as a parameter of a runbook takes.
  checkpointPercentages: listOf(30, isPercentage, "whole numbers from 1 to 100"),
  checkpointDelay: numberFrom(0, 172800, "seconds"),
  scaleInProtectedInstances: oneOf("Refresh", "Ignore", "Wait"),
  standbyInstances: oneOf("Terminate", "Ignore", "Wait"),
  bakeTime: numberFrom(0, 172800, "seconds"),
  timeout: numberFrom(60, 1209600, "seconds"),
} satisfies Record<keyof AmiRefreshInstanceRefresh, (input: string) => Check<unknown>>;

export type Preference = keyof typeof CHECKS;
const PREFERENCES = Object.keys(CHECKS) as Preference[];

/** What AWS pauses at a checkpoint, and what a roll-out waits, where nothing is given. */
const [CHECKPOINT_DELAY, TIMEOUT] = [3600, 21600];

/** Checks that it is a map of preferences that there are. */
export const checkPreferenceKeys: Check<GivenInstanceRefresh> = checkKeys(
  "instanceRefresh",
  PREFERENCES,
  "give {} for instances to be replaced with safe defaults, or leave it out and no instance is replaced",
);

/** The values in it, each by itself and together. */
export function checkInstanceRefresh(
  checker: Checker,
  given: GivenInstanceRefresh | undefined,
): InstanceRefresh | undefined {
  if (given === undefined) {
    return undefined;
  }
  const checked = PREFERENCES.filter((name) => given[name] !== undefined).map((name) => {
    const check: (input: string) => Check<unknown> = CHECKS[name];
    return [name, checker.check(given[name], check(`instanceRefresh.${name}`))] as const;
  });
  const known = checker.checkLater(pulumi.output(Object.fromEntries(checked)), checkTogether);
  return {
    entries: known.apply(listEntries),
    timeout: known.apply(({ timeout = TIMEOUT }) => timeout),
  };
}

/** Preferences of which the types are right. */
interface Known {
  readonly strategy?: string;
  readonly minHealthyPercentage?: number;
  readonly maxHealthyPercentage?: number;
  readonly skipMatching?: boolean;
  readonly autoRollback?: boolean;
  readonly alarms?: string[];
  readonly checkpointPercentages?: number[];
  readonly checkpointDelay?: number;
  readonly instanceWarmup?: number;
  readonly bakeTime?: number;
  readonly timeout?: number;
}

function checkTogether(value: unknown): Known {
  const known = value as Known;
  const { minHealthyPercentage: min, maxHealthyPercentage: max, checkpointPercentages: checkpoints } = known;
  if (max !== undefined && min === undefined) {
    throw new InputError(
      `instanceRefresh.maxHealthyPercentage ${max} has no meaning for AWS without minHealthyPercentage: give both, or ` +
        `neither.`,
    );
  }
  if (max !== undefined && min !== undefined && max - min > 100) {
    throw new InputError(
      `instanceRefresh.maxHealthyPercentage ${max} is ${max - min} more than minHealthyPercentage ${min}: AWS takes at most ` +
        `100 more; raise the one or lower the other.`,
    );
  }
  if (known.checkpointDelay !== undefined && checkpoints === undefined) {
    throw new InputError(
      `instanceRefresh.checkpointDelay ${known.checkpointDelay} has no checkpoint to pause at: give checkpointPercentages ` +
        `too, or leave it out.`,
    );
  }
  if (checkpoints !== undefined && !isAscendingToAll(checkpoints)) {
    throw new InputError(
      `instanceRefresh.checkpointPercentages ${quote(checkpoints)} do not ascend to 100: give each once, in ascending order, ` +
        `with 100 at the end.`,
    );
  }
  refuseShortTimeout(known);
  return known;
}

function isAscendingToAll(checkpoints: number[]): boolean {
  return (
    checkpoints.at(-1) === 100 &&
    checkpoints.every((one, index) => index === 0 || one > checkpoints[index - 1])
  );
}

function refuseShortTimeout({
  checkpointPercentages = [],
  checkpointDelay,
  instanceWarmup = 0,
  bakeTime = 0,
  timeout,
}: Known): void {
  const pauses =
    checkpointPercentages.length * (checkpointDelay ?? CHECKPOINT_DELAY) + instanceWarmup + bakeTime;
  if ((timeout ?? TIMEOUT) <= pauses) {
    throw new InputError(
      `instanceRefresh.timeout ${timeout ?? `is ${TIMEOUT} by default and`} is no longer than the ${pauses} seconds of all ` +
        `checkpoints, instanceWarmup and bakeTime together, so that no refresh could succeed in it: give a longer one.`,
    );
  }
}

/** The entries of the parameter InstanceRefresh, which is never empty. The time that a roll-out waits is no preference of AWS's. */
function listEntries(known: Known): string[] {
  return Object.entries({ strategy: "Rolling", ...known, timeout: [] }).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => `${name[0].toUpperCase()}${name.slice(1)}=${String(one)}`,
    ),
  );
}

/** What AWS cannot do for a group of this kind. Of its overrides and load balancers the runbook learns. */
export function refuseForLaunch(entries: string[], { kind, templates, parameter }: LaunchFacts): void {
  if (parameter !== undefined) {
    throw new InputError(
      `instanceRefresh cannot be had yet for a group whose launch template takes its image from parameter ` +
        `${quote(parameter)}: leave instanceRefresh out, or let the template name an image id.`,
    );
  }
  const moving = templates.find(({ refersBy }) => !refersBy.includes("number") || refersBy.length > 1);
  if (entries.includes("AutoRollback=true") && moving !== undefined) {
    throw new InputError(
      `instanceRefresh.autoRollback true cannot be had, because the group refers to launch template ${moving.id} by ` +
        `$Default or $Latest, and AWS does not roll that back: let the group refer to a numbered version, or set it to false.`,
    );
  }
  if (entries.includes("SkipMatching=true") && kind === "configuration") {
    throw new InputError(
      `instanceRefresh.skipMatching true cannot be had for a group with a launch configuration, of which every instance is ` +
        `replaced: leave it out, or give the group a launch template.`,
    );
  }
  if (entries.includes("Strategy=ReplaceRootVolume") && kind !== "mixed") {
    throw new InputError(
      `instanceRefresh.strategy "ReplaceRootVolume" is for a group with a mixed instances policy whose every override names ` +
        `an image: leave it out, and instances are replaced.`,
    );
  }
}

function flag(input: string): Check<boolean> {
  return (value) => {
    if (typeof value !== "boolean") {
      throw new InputError(
        `${input} ${quote(value)} is neither true nor false: give one of them, or leave it out.`,
      );
    }
    return value;
  };
}

function listOf(
  max: number,
  isOne: (value: unknown) => boolean,
  what: string,
): (input: string) => Check<unknown[]> {
  return (input) => (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > max || !value.every(isOne)) {
      throw new InputError(
        `${input} ${quote(value)} cannot be used: give a list of 1 to ${max} ${what}, or leave it out.`,
      );
    }
    if (new Set(value).size < value.length) {
      throw new InputError(`${input} ${quote(value)} has one twice: give each once.`);
    }
    return value;
  };
}

function isAlarmName(value: unknown): boolean {
  return typeof value === "string" && /^[^{}\p{C}\p{Zl}\p{Zp}]{1,255}$/u.test(value) && value.trim() !== "";
}

function isPercentage(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 100;
}
