import { NotModelled } from "../errors";
import { wildcard } from "./wildcard";

/** What a request is about, by condition key. A list is one key that has several values. */
export type Context = Record<string, string | string[] | boolean>;

export type ConditionValue = string | number | boolean;
export type ConditionBlock = Record<string, Record<string, ConditionValue | ConditionValue[]>>;

/** Whether a request satisfies a condition. */
export type Test = (context: Context) => boolean;

/** How one value of the policy is compared with one value of the request. */
interface Comparison {
  matches: (wanted: string) => (actual: string) => boolean;
  /** True for operators that hold when nothing matches, and so when the request lacks the key. */
  negated: boolean;
}

const equal = (wanted: string) => (actual: string) => actual === wanted;

const like = (wanted: string) => {
  const pattern = wildcard(wanted);
  return (actual: string) => pattern.test(actual);
};

const bool = (wanted: string) => (actual: string) => actual.toLowerCase() === wanted.toLowerCase();

const comparisons = new Map<string, Comparison>([
  ["StringEquals", { matches: equal, negated: false }],
  ["StringNotEquals", { matches: equal, negated: true }],
  ["StringLike", { matches: like, negated: false }],
  ["ArnEquals", { matches: arnLike, negated: false }],
  ["ArnLike", { matches: arnLike, negated: false }],
  ["Bool", { matches: bool, negated: false }],
]);

/** The whole Condition element: every key of every operator has to hold. */
export function readCondition(block: ConditionBlock = {}): Test {
  const tests = Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => readTest(operator, key, valuesOf(wanted))),
  );
  return (context) => tests.every((test) => test(context));
}

function readTest(operator: string, key: string, wanted: string[]): Test {
  wanted.forEach((value) => refuseVariables(value, `${operator} ${key}`));
  if (operator === "Null") {
    return readNull(key, wanted);
  }
  const ifExists = operator.endsWith("IfExists");
  const name = ifExists ? operator.slice(0, -"IfExists".length) : operator;
  const [, set, plain] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/s.exec(name) as RegExpExecArray;
  const comparison = comparisons.get(plain);
  if (!comparison || (set !== undefined && comparison.negated)) {
    throw new NotModelled(`The rehearsal does not model the condition operator ${operator} of a policy.`);
  }
  const matchers = wanted.map((value) => comparison.matches(value));
  return (context) => {
    const actual = lookUp(context, key);
    const isWanted = (value: string) => matchers.some((matches) => matches(value));
    if (set === "ForAllValues") {
      // IAM lets a request pass that lacks the key: no value of it is another one.
      return (actual ?? []).every(isWanted);
    }
    if (!actual) {
      return ifExists || comparison.negated;
    }
    // A key with several values is taken as ForAnyValue takes it by every other operator here.
    const some = actual.some(isWanted);
    return some !== comparison.negated;
  };
}

/** `Null: true` asks that the request lacks the key, `Null: false` that it has it. */
function readNull(key: string, wanted: string[]): Test {
  const wantsNull = wanted.map((value) => value.toLowerCase());
  return (context) => wantsNull.includes(String(lookUp(context, key) === undefined));
}

/** The values of a key of the request, or undefined where the request lacks it; keys have no case in IAM. */
function lookUp(context: Context, key: string): string[] | undefined {
  const found = Object.keys(context).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : valuesOf(context[found]);
}

/** The six parts of an ARN are compared one by one, so that a wildcard never reaches into the next part. */
function arnLike(wanted: string): (actual: string) => boolean {
  const patterns = arnParts(wanted)?.map(wildcard);
  if (!patterns) {
    throw new NotModelled(`The rehearsal does not model the ARN condition value "${wanted}" of a policy.`);
  }
  return (actual) => arnParts(actual)?.every((part, index) => patterns[index].test(part)) ?? false;
}

function arnParts(arn: string): string[] | undefined {
  const parts = arn.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function valuesOf(value: ConditionValue | ConditionValue[]): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** A policy variable that is taken literally would match nothing, or the wrong thing, and nobody would notice. */
export function refuseVariables(text: string, where: string): void {
  if (text.includes("${")) {
    throw new NotModelled(`The rehearsal does not model policy variables: ${where} has "${text}".`);
  }
}
