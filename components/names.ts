import { isLaterItself } from "./checked";
import { InputError } from "./errors";
import { quoted } from "./quoted";

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
const ROLE_MAX = 64;
const INLINE_POLICY_MAX = 128;

/**
 * The resources that have a name of their own, and AWS's rules for it. Sources: the IAM, Systems Manager and
 * EventBridge API references (CreateRole, PutRolePolicy, CreateDocument, PutRule).
 */
export const NAME_RULES = {
  automationRole: { ...IAM_NAME, child: "automation-role", max: ROLE_MAX },
  automationPolicy: { ...IAM_NAME, child: "automation-policy", max: INLINE_POLICY_MAX },
  eventsRole: { ...IAM_NAME, child: "events-role", max: ROLE_MAX },
  eventsPolicy: { ...IAM_NAME, child: "events-policy", max: INLINE_POLICY_MAX },
  document: {
    child: "runbook",
    pattern: /^[a-zA-Z0-9_\-.]+$/,
    allowed: "letters, digits and _ - .",
    min: 3,
    max: 128,
    reserved: ["aws", "amazon", "amzn"],
  },
  rule: {
    child: "schedule",
    pattern: /^[.\-_A-Za-z0-9]+$/,
    allowed: "letters, digits and . - _",
    min: 1,
    max: 64,
    reserved: [],
  },
} as const satisfies Record<string, NameRule>;

export type Named = keyof typeof NAME_RULES;
export const NAMED = Object.keys(NAME_RULES) as Named[];

/** What Pulumi appends to a logical name when it derives a physical one: a hyphen and seven hexadecimal digits. */
const AUTO_NAME_SUFFIX = 8;

/** The logical name of the child that carries this name. */
export function childName(component: string, named: Named): string {
  return `${component}-${NAME_RULES[named].child}`;
}

/** Checks one physical name that was given. */
export function physicalName(named: Named): (value: unknown) => string {
  const rule: NameRule = NAME_RULES[named];
  return (value) => {
    if (
      typeof value !== "string" ||
      !rule.pattern.test(value) ||
      value.length < rule.min ||
      value.length > rule.max
    ) {
      throw new InputError(
        `names.${named} ${quoted(value)} cannot be used: it is ${rule.min} to ${rule.max} characters of ` +
          `${rule.allowed}; choose such a name, or leave it out and Pulumi derives one.`,
      );
    }
    const reserved = reservedBeginning(rule, value);
    if (reserved !== undefined) {
      throw new InputError(
        `names.${named} ${quoted(value)} begins with "${reserved}", which AWS keeps for its own documents: choose ` +
          `another name, or leave it out and Pulumi derives one.`,
      );
    }
    return value;
  };
}

/** Refuses keys of `names` that nothing has, which would otherwise be ignored silently. */
export function knownNames(names: unknown): Partial<Record<Named, unknown>> {
  if (isLaterItself(names)) {
    throw new InputError(
      `names is known only later as a whole: give a plain map, in which each name may be known only later.`,
    );
  }
  if (typeof names !== "object" || names === null || Array.isArray(names)) {
    throw new InputError(
      `names ${quoted(names)} is not a map: give any of ${NAMED.join(", ")}, or leave it out.`,
    );
  }
  for (const key of Object.keys(names)) {
    if (!NAMED.some((named) => named === key)) {
      throw new InputError(`names.${key} is not known: give any of ${NAMED.join(", ")}.`);
    }
  }
  return names;
}

/** Refuses one name for both roles: IAM's are unique whatever their case. */
export function differentRoles(value: unknown): void {
  const { automationRole, eventsRole } = value as Partial<Record<Named, string>>;
  if (automationRole !== undefined && automationRole.toLowerCase() === eventsRole?.toLowerCase()) {
    throw new InputError(
      `names.eventsRole ${quoted(eventsRole)} is the automation role's name too: role names are unique whatever their case, ` +
        `so choose another one.`,
    );
  }
}

/**
 * Checks the component's own name, from which Pulumi derives every physical name that was not given. What Pulumi
 * derives is the child's logical name, a hyphen and seven digits, and it must fit AWS's limits.
 */
export function componentName(name: string, given: Partial<Record<Named, unknown>>): string {
  for (const named of NAMED.filter((one) => given[one] === undefined)) {
    const rule: NameRule = NAME_RULES[named];
    const derived = childName(name, named);
    const longest = rule.max - AUTO_NAME_SUFFIX - (derived.length - name.length);
    if (!rule.pattern.test(derived) || name.length > longest) {
      throw new InputError(
        `the component's name ${quoted(name)} cannot be used: Pulumi derives names.${named} from it, so it is at most ` +
          `${longest} characters of ${rule.allowed}; choose such a name, or give names.${named}.`,
      );
    }
    const reserved = reservedBeginning(rule, derived);
    if (reserved !== undefined) {
      throw new InputError(
        `the component's name ${quoted(name)} begins with "${reserved}", which AWS keeps for its own documents: ` +
          `choose another name, or give names.${named}.`,
      );
    }
  }
  return name;
}

function reservedBeginning(rule: NameRule, name: string): string | undefined {
  return rule.reserved.find((beginning) => name.toLowerCase().startsWith(beginning));
}
