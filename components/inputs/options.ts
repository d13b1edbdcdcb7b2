import { AmiRefreshArgs } from "../amiRefreshArgs";
import { InputError } from "../errors";
import { LaunchConfigurationFrom } from "../launchConfigurationFrom";
import { checkBoundaryArn, checkRoleArns } from "./arns";
import { Check, isLater } from "./checker";
import { checkCron } from "./cron/checkCron";
import { checkExcludeDevices } from "./excludeDevices";
import { checkInstanceId } from "./instanceId";
import { checkPreferenceKeys, GivenInstanceRefresh } from "./instanceRefresh";
import { checkLaunchConfigurationFrom } from "./launchConfigurationFrom";
import { checkTemplateIds } from "./launchTemplateIds";
import { checkNotificationKeys, GivenNotifications } from "./notifications";
import { checkNameKeys } from "./physicalNames";
import { checkParameterName } from "./parameterName";
import { checkPatchKeys, GivenPatch } from "./patch";
import { checkGroupName, checkPrefix } from "./plainName";
import { checkRolePath } from "./rolePath";
import { checkCount, checkFlag, checkWanted } from "./scalars";
import { checkTags } from "./tags";
import { checkTimeZone } from "./timeZone";

/** How the program reads an option out of the stack's configuration. */
export type Configured = "string" | "boolean" | "number" | "object";

/** An argument of the component. */
export interface Option<T, P extends Presence> {
  readonly configured: Configured;
  readonly presence: P;
  /** Whether a stack without it is wrong. */
  readonly required: boolean;
  readonly check: Check<T>;
  /** Taken where nothing is given. */
  readonly byDefault?: T;
}

/**
 * What a component has of an option: an Output always; an Output or, where none was given, nothing; or, where it decides which
 * resources exist, a plain value, which therefore cannot be known only later.
 */
export type Presence = "always" | "ifGiven" | "plain";

const WHAT_IS_LAUNCHED = "what the group launches is always kept";

/**
 * Every argument of the component, in the order in which sentences list them: the one place that says how it is checked, what
 * it is where it is not given, and how the program reads it. AmiRefreshArgs says what it means.
 */
export const OPTIONS = {
  instanceId: required(checkInstanceId),
  autoScalingGroupName: required(checkGroupName),
  prefix: required(checkPrefix),
  cron: required(checkCron),
  timeZone: plain<string | undefined>("string", refuseLater("timeZone", checkTimeZone), undefined),
  flexibleWindowMinutes: ifGiven(
    "number",
    checkCount("flexibleWindowMinutes", 1440, "a window is a day at most"),
  ),
  enabled: withDefault("boolean", checkFlag("enabled"), true),
  reboot: withDefault("boolean", checkFlag("reboot"), false),
  patch: plain<GivenPatch | undefined>("object", checkPatchKeys, undefined),
  startStopped: plain<true | undefined>(
    "boolean",
    refuseLater("startStopped", checkWanted("startStopped")),
    undefined,
  ),
  skipUnchanged: plain<true | undefined>(
    "boolean",
    refuseLater("skipUnchanged", checkWanted("skipUnchanged")),
    undefined,
  ),
  excludeDevices: ifGiven("object", checkExcludeDevices),
  launchConfigurationFrom: withDefault(
    "string",
    checkLaunchConfigurationFrom,
    LaunchConfigurationFrom.Instance,
  ),
  launchTemplateIds: ifGiven("object", checkTemplateIds),
  instanceProfileRoleArns: ifGiven("object", checkRoleArns),
  allowSharedTemplate: withDefault("boolean", checkFlag("allowSharedTemplate"), false),
  customerKeyReady: withDefault("boolean", checkFlag("customerKeyReady"), false),
  instanceRefresh: plain<GivenInstanceRefresh | undefined>("object", checkPreferenceKeys, undefined),
  retire: plain("boolean", refuseLater("retire", checkFlag("retire")), true),
  // Two weeks of nights.
  retainImages: withDefault("number", checkCount("retainImages", 1000, WHAT_IS_LAUNCHED), 14),
  retainDays: ifGiven(
    "number",
    checkCount("retainDays", 3650, "an image is not kept for more than ten years"),
  ),
  // The current one and the one before.
  retainLaunchConfigurations: withDefault(
    "number",
    checkCount("retainLaunchConfigurations", 100, WHAT_IS_LAUNCHED),
    2,
  ),
  recycleBinDays: plain<number | undefined>(
    "number",
    refuseLater(
      "recycleBinDays",
      checkCount("recycleBinDays", 365, "AWS's Recycle Bin keeps nothing longer"),
    ),
    undefined,
  ),
  notifications: plain<GivenNotifications | undefined>("object", checkNotificationKeys, undefined),
  imageParameterName: ifGiven("string", checkParameterName),
  maxImageAgeDays: plain<number | undefined>(
    "number",
    refuseLater(
      "maxImageAgeDays",
      checkCount("maxImageAgeDays", 3650, "an image that may be older needs no alarm"),
    ),
    undefined,
  ),
  dashboard: plain("boolean", refuseLater("dashboard", checkFlag("dashboard")), false),
  names: plain("object", checkNameKeys, {}),
  permissionsBoundaryArn: ifGiven("string", checkBoundaryArn),
  rolePath: withDefault("string", checkRolePath, "/"),
  tags: ifGiven("object", checkTags),
} satisfies Record<keyof AmiRefreshArgs, Option<unknown, Presence>>;

export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

function required(check: Check<string>): Option<string, "always"> {
  return { configured: "string", required: true, presence: "always", check };
}

function withDefault<T>(configured: Configured, check: Check<T>, byDefault: T): Option<T, "always"> {
  return { configured, required: false, presence: "always", check, byDefault };
}

function ifGiven<T>(configured: Configured, check: Check<T>): Option<T, "ifGiven"> {
  return { configured, required: false, presence: "ifGiven", check };
}

function plain<T>(configured: Configured, check: Check<T>, byDefault: T): Option<T, "plain"> {
  return { configured, required: false, presence: "plain", check, byDefault };
}

/** Whether a resource exists cannot wait until a value is known. */
function refuseLater<T>(input: string, check: Check<T>): Check<T> {
  return (value) => {
    if (isLater(value)) {
      throw new InputError(
        `${input} is known only later, and it decides which resources there are: give a plain value.`,
      );
    }
    return check(value);
  };
}
