import * as pulumi from "@pulumi/pulumi";
import { AmiRefreshArgs } from "../amiRefreshArgs";
import { InputError } from "../errors";
import { Place } from "../place";
import { checkOwnAccount } from "./arns";
import { Checked, Checker, isLaterItself } from "./checker";
import { checkInstanceRefresh, GivenInstanceRefresh, InstanceRefresh } from "./instanceRefresh";
import { checkNotifications, GivenNotifications, Notifications } from "./notifications";
import { Option, OPTION_NAMES, OptionName, OPTIONS, Presence } from "./options";
import { checkPatch, GivenPatch, Patch } from "./patch";
import { checkComponentName, checkName, GivenNames, NAMED, Named, refuseSameNames } from "./physicalNames";
import { spellingRepair } from "./spelling";

type CheckedOption<O> =
  O extends Option<infer T, "always">
    ? Checked<T>
    : O extends Option<infer T, "ifGiven">
      ? Checked<T> | undefined
      : O extends Option<infer T, "plain">
        ? T
        : never;

/** Physical names. One that was not given is undefined, not an Output: so Pulumi derives one, also in a preview. */
export type PhysicalNames = Readonly<Record<Named, Checked<string> | undefined>>;

/** The arguments of one component, checked, with their defaults. */
export type CheckedInputs = {
  readonly [K in Exclude<OptionName, Transformed>]: CheckedOption<(typeof OPTIONS)[K]>;
} & {
  readonly names: PhysicalNames;
  readonly notifications: Notifications | undefined;
  readonly instanceRefresh: InstanceRefresh | undefined;
  readonly patch: Patch | undefined;
};

/** Maps, of which the values are checked when they are known. */
type Transformed = "names" | "notifications" | "instanceRefresh" | "patch";

/** Checks every argument, plain ones at once, and puts in the defaults. */
export function checkInputs(
  checker: Checker,
  name: string,
  args: AmiRefreshArgs | undefined,
  place: pulumi.Output<Place>,
): CheckedInputs {
  // A caller in JavaScript may leave the arguments out altogether; each missing one then has its sentence.
  const given = checker.checkNow(args ?? {}, refuseUnknown);
  const checked = Object.fromEntries(
    OPTION_NAMES.map((option) => [option, checkOption(checker, option, given[option])]),
  ) as unknown as CheckedInputs & GivenMaps;
  checker.checkNow(name, () => checkComponentName(name, checked.names));
  checker.checkNow(checked, refuseWindowInUtc);
  checker.checkNow(checked, refuseUselessStart);
  return {
    ...checked,
    names: checkNames(checker, checked.names),
    notifications: checkNotifications(checker, checked.notifications, place),
    instanceRefresh: checkInstanceRefresh(checker, checked.instanceRefresh),
    patch: checkPatch(checker, checked.patch),
    instanceProfileRoleArns: checkRoles(checker, checked.instanceProfileRoleArns, place),
  };
}

interface GivenMaps {
  readonly names: GivenNames;
  readonly notifications: GivenNotifications | undefined;
  readonly instanceRefresh: GivenInstanceRefresh | undefined;
  readonly patch: GivenPatch | undefined;
}

/** Refuses what is no argument: a misspelled option would be ignored silently and keep its default. */
function refuseUnknown(args: unknown): Partial<AmiRefreshArgs> {
  if (typeof args !== "object" || args === null || isLaterItself(args)) {
    throw new InputError(
      `the arguments are not a plain object: give one, in which each value may be known only later.`,
    );
  }
  const unknown = Object.keys(args).find((key) => !Object.hasOwn(OPTIONS, key));
  if (unknown !== undefined) {
    throw new InputError(
      `${unknown} is not an argument: the arguments are ${OPTION_NAMES.join(", ")}; ` +
        `${spellingRepair(unknown, OPTION_NAMES)}.`,
    );
  }
  return args;
}

/** A rule fires at its minute. */
function refuseWindowInUtc(checked: unknown): void {
  const { timeZone, flexibleWindowMinutes } = checked as CheckedInputs;
  if (flexibleWindowMinutes !== undefined && timeZone === undefined) {
    throw new InputError(
      `flexibleWindowMinutes cannot be had without timeZone, because only EventBridge Scheduler has windows: give timeZone too, ` +
        `such as UTC, or leave it out.`,
    );
  }
}

/** It is started for a command, and what is started each night changes each night. */
function refuseUselessStart(checked: unknown): void {
  const { patch, startStopped, skipUnchanged } = checked as CheckedInputs;
  if (startStopped && patch === undefined) {
    throw new InputError(
      `startStopped true has no command to start the golden instance for: give patch too, such as {}, or leave it out.`,
    );
  }
  if (startStopped && skipUnchanged) {
    throw new InputError(
      `startStopped true cannot be had with skipUnchanged, because a golden instance that each run starts has always changed: ` +
        `leave one of them out.`,
    );
  }
}

function checkOption(checker: Checker, name: OptionName, given: unknown): unknown {
  const { presence, check, byDefault }: Option<unknown, Presence> = OPTIONS[name];
  const value = given ?? byDefault;
  if (presence === "plain") {
    return value === undefined ? undefined : checker.checkNow(value, check);
  }
  return presence === "ifGiven" && value === undefined ? undefined : checker.check(value, check);
}

/** The form is checked already; which account the roles are of when the provider has said which one it is in. */
function checkRoles(
  checker: Checker,
  arns: Checked<string[]> | undefined,
  place: pulumi.Output<Place>,
): pulumi.Output<string[]> | undefined {
  return (
    arns && checker.checkLater(pulumi.output({ arns, place }), checkOwnAccount("instanceProfileRoleArns"))
  );
}

function checkNames(checker: Checker, given: GivenNames): PhysicalNames {
  const names = NAMED.map((named) => [
    named,
    given[named] === undefined ? undefined : checker.check(given[named], checkName(named)),
  ]);
  checker.check(given, refuseSameNames);
  return Object.fromEntries(names) as PhysicalNames;
}
