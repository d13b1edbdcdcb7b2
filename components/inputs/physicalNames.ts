import { InputError } from "../errors";
import { quote } from "../quote";
import { isLaterItself } from "./checker";
import { spellingRepair } from "./spelling";

/** What AWS allows for the name of one kind of resource. */
interface NameRule {
  /** The child's logical name is the component's name with this appended; Pulumi derives the physical name from it. */
  readonly child: string;
  readonly pattern: RegExp;
  readonly allowed: string;
  readonly max: number;
  readonly min: number;
  /** Beginnings that AWS keeps for itself, compared without regard to case. */
  readonly reserved: readonly string[];
}

const IAM_NAME = {
  pattern: /^[\w+=,.@-]+$/,
  allowed: "letters, digits and _ + = , . @ -",
  min: 1,
  reserved: [],
};
const ROLE = { ...IAM_NAME, max: 64 };
const INLINE_POLICY = { ...IAM_NAME, max: 128 };
const DOCUMENT = {
  pattern: /^[a-zA-Z0-9_\-.]+$/,
  allowed: "letters, digits and _ - .",
  min: 3,
  max: 128,
  reserved: ["aws", "amazon", "amzn"],
};

const RULE = {
  pattern: /^[.\-_A-Za-z0-9]+$/,
  allowed: "letters, digits and . - _",
  min: 1,
  max: 64,
  reserved: [],
};
const ALARM = {
  pattern: /^[\w .:/+=@,-]+$/,
  allowed: "letters, digits, blanks and _ . : / + = @ , -",
  min: 1,
  max: 255,
  reserved: [],
};
/** Queues, topics and dashboards. */
const PLAIN = { pattern: /^[\w-]+$/, allowed: "letters, digits and _ -", min: 1, reserved: [] };

/**
 * The resources that have a name of their own, and AWS's rules for it. Sources: the API references of IAM, Systems Manager,
 * EventBridge, EventBridge Scheduler, SQS, SNS and CloudWatch (CreateRole, PutRolePolicy, CreateDocument, PutRule,
 * CreateScheduleGroup, CreateQueue, CreateTopic, PutMetricAlarm, PutDashboard).
 */
const NAME_RULES = {
  automationRole: { ...ROLE, child: "create-image-role" },
  automationPolicy: { ...INLINE_POLICY, child: "create-image-policy" },
  document: { ...DOCUMENT, child: "create-image" },
  patchRole: { ...ROLE, child: "patch-role" },
  patchPolicy: { ...INLINE_POLICY, child: "patch-policy" },
  patchDocument: { ...DOCUMENT, child: "patch" },
  rollOutRole: { ...ROLE, child: "roll-out-role" },
  rollOutPolicy: { ...INLINE_POLICY, child: "roll-out-policy" },
  rollOutDocument: { ...DOCUMENT, child: "roll-out" },
  pausePolicy: { ...INLINE_POLICY, child: "roll-out-pause-policy" },
  prepareRole: { ...ROLE, child: "prepare-role" },
  preparePolicy: { ...INLINE_POLICY, child: "prepare-policy" },
  prepareDocument: { ...DOCUMENT, child: "prepare" },
  refreshRole: { ...ROLE, child: "refresh-role" },
  refreshPolicy: { ...INLINE_POLICY, child: "refresh-policy" },
  refreshDocument: { ...DOCUMENT, child: "refresh" },
  retireRole: { ...ROLE, child: "retire-role" },
  retirePolicy: { ...INLINE_POLICY, child: "retire-policy" },
  retireDocument: { ...DOCUMENT, child: "retire" },
  eventsRole: { ...ROLE, child: "events-role" },
  eventsPolicy: { ...INLINE_POLICY, child: "events-policy" },
  rule: { ...RULE, child: "schedule" },
  schedulerRole: { ...ROLE, child: "scheduler-role" },
  schedulerPolicy: { ...INLINE_POLICY, child: "scheduler-policy" },
  scheduleGroup: { ...RULE, child: "schedule-group" },
  deadLetterQueue: { ...PLAIN, max: 80, child: "dead-letters" },
  deadLettersAlarm: { ...ALARM, child: "dead-letters-alarm" },
  lostDeadLettersAlarm: { ...ALARM, child: "lost-dead-letters-alarm" },
  topic: { ...PLAIN, max: 256, child: "topic" },
  failureRule: { ...RULE, child: "failures" },
  watchRole: { ...ROLE, child: "watch-role" },
  watchPolicy: { ...INLINE_POLICY, child: "watch-policy" },
  watchDocument: { ...DOCUMENT, child: "watch" },
  watchEventsRole: { ...ROLE, child: "watch-events-role" },
  watchEventsPolicy: { ...INLINE_POLICY, child: "watch-events-policy" },
  watchRule: { ...RULE, child: "watch-schedule" },
  missingSuccessAlarm: { ...ALARM, child: "missing-success-alarm" },
  silentWatchAlarm: { ...ALARM, child: "silent-watch-alarm" },
  imageAgeAlarm: { ...ALARM, child: "image-age-alarm" },
  dashboard: { ...PLAIN, max: 255, child: "dashboard" },
} as const satisfies Record<string, NameRule>;

export type Named = keyof typeof NAME_RULES;
export const NAMED = Object.keys(NAME_RULES) as Named[];

/** The names that were given, not checked yet. */
export type GivenNames = Partial<Record<Named, unknown>>;

/** Names that cannot be given twice. IAM's are unique whatever their case. */
const UNIQUE: Named[][] = [
  [
    "automationRole",
    "patchRole",
    "rollOutRole",
    "prepareRole",
    "refreshRole",
    "retireRole",
    "eventsRole",
    "schedulerRole",
    "watchRole",
    "watchEventsRole",
  ],
  [
    "document",
    "patchDocument",
    "rollOutDocument",
    "prepareDocument",
    "refreshDocument",
    "retireDocument",
    "watchDocument",
  ],
  ["rule", "failureRule", "watchRule"],
  ["deadLettersAlarm", "lostDeadLettersAlarm", "missingSuccessAlarm", "silentWatchAlarm", "imageAgeAlarm"],
];

/** What Pulumi appends to a logical name when it derives a physical one: a hyphen and seven hexadecimal digits. */
const AUTO_NAME_SUFFIX = 8;

/** The logical name of the child that carries this name. */
export function childName(component: string, named: Named): string {
  return `${component}-${NAME_RULES[named].child}`;
}

/** Checks one physical name that was given. */
export function checkName(named: Named): (value: unknown) => string {
  const rule: NameRule = NAME_RULES[named];
  return (value) => {
    if (
      typeof value !== "string" ||
      !rule.pattern.test(value) ||
      value.length < rule.min ||
      value.length > rule.max
    ) {
      throw new InputError(
        `names.${named} ${quote(value)} cannot be used: it is ${rule.min} to ${rule.max} characters of ` +
          `${rule.allowed}; choose such a name, or leave it out and Pulumi derives one.`,
      );
    }
    const reserved = reservedBeginning(rule, value);
    if (reserved !== undefined) {
      throw new InputError(
        `names.${named} ${quote(value)} begins with "${reserved}", which AWS keeps for its own documents: choose ` +
          `another name, or leave it out and Pulumi derives one.`,
      );
    }
    return value;
  };
}

/** Refuses keys of `names` that nothing has, which would otherwise be ignored silently. */
export function checkNameKeys(names: unknown): GivenNames {
  if (isLaterItself(names)) {
    throw new InputError(
      `names is known only later as a whole: give a plain map, in which each name may be known only later.`,
    );
  }
  if (typeof names !== "object" || names === null || Array.isArray(names)) {
    throw new InputError(
      `names ${quote(names)} is not a map: give any of ${NAMED.join(", ")}, or leave it out.`,
    );
  }
  const given = Object.entries(names).filter(([, name]) => name !== undefined && name !== null);
  for (const [key] of given) {
    if (!NAMED.some((named) => named === key)) {
      throw new InputError(
        `names.${key} is not known: give any of ${NAMED.join(", ")}; ${spellingRepair(key, NAMED)}.`,
      );
    }
  }
  return Object.fromEntries(given);
}

/** Refuses one name for two roles, documents, rules or alarms. */
export function refuseSameNames(names: unknown): void {
  const given = names as GivenNames;
  for (const group of UNIQUE) {
    group.forEach((named, index) => {
      const other = group.slice(0, index).find((one) => isSameName(given[one], given[named]));
      if (other !== undefined) {
        throw new InputError(
          `names.${named} ${quote(given[named])} is what names.${other} is too, whatever their case: choose another one.`,
        );
      }
    });
  }
}

function isSameName(one: unknown, other: unknown): boolean {
  return one !== undefined && String(one).toLowerCase() === String(other).toLowerCase();
}

/**
 * Checks the component's own name, from which Pulumi derives every physical name that was not given. What Pulumi
 * derives is the child's logical name, a hyphen and seven digits, and it must fit AWS's limits.
 */
export function checkComponentName(name: string, given: GivenNames): string {
  for (const named of NAMED.filter((one) => given[one] === undefined)) {
    const rule: NameRule = NAME_RULES[named];
    const derived = childName(name, named);
    const longest = rule.max - AUTO_NAME_SUFFIX - (derived.length - name.length);
    if (!rule.pattern.test(derived) || name.length > longest) {
      throw new InputError(
        `the component's name ${quote(name)} cannot be used: Pulumi derives names.${named} from it, so it is at most ` +
          `${longest} characters of ${rule.allowed}; choose such a name, or give names.${named}.`,
      );
    }
    const reserved = reservedBeginning(rule, derived);
    if (reserved !== undefined) {
      throw new InputError(
        `the component's name ${quote(name)} begins with "${reserved}", which AWS keeps for its own documents: ` +
          `choose another name, or give names.${named}.`,
      );
    }
  }
  return name;
}

function reservedBeginning(rule: NameRule, name: string): string | undefined {
  return rule.reserved.find((beginning) => name.toLowerCase().startsWith(beginning));
}
