import { NotModelled } from "../../errors";

/** Whether an event is of the kind that a rule is for. */
export type Pattern = (event: object) => boolean;

/** Whether what stands at one place of an event fits: a value, each of a list's values, or undefined for nothing. */
type Test = (value: unknown) => boolean;

/**
 * Reads an event pattern. An event fits when every member of the pattern does, and a member when one of its values does.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function readPattern(pattern: unknown, where: string): Pattern {
  if (!isMap(pattern) || Object.keys(pattern).length === 0) {
    throw refusal(pattern, where);
  }
  const tests = Object.entries(pattern).map(([key, wanted]) => readMember(key, wanted, `${where}.${key}`));
  return (event) => tests.every((test) => test(event));
}

function readMember(key: string, wanted: unknown, where: string): Pattern {
  const valueIn = (event: object): unknown => (event as Record<string, unknown>)[key];
  if (key.startsWith("$")) {
    throw refusal(key, where);
  }
  if (Array.isArray(wanted)) {
    const tests = wanted.map((one) => readValue(one, where));
    return (event) => {
      const value = valueIn(event);
      return tests.some((test) => test(value));
    };
  }
  const inside = readPattern(wanted, where);
  return (event) => {
    const value = valueIn(event);
    // What is not there has no members either.
    return inside(isMap(value) ? value : {});
  };
}

function readValue(wanted: unknown, where: string): Test {
  if (!isMap(wanted)) {
    if (wanted !== null && typeof wanted === "object") {
      throw refusal(wanted, where);
    }
    return ofAny((value) => value === wanted);
  }
  const [[operator, operand] = ["nothing", undefined], ...others] = Object.entries(wanted);
  if (others.length > 0) {
    throw refusal(wanted, where);
  }
  switch (operator) {
    case "exists":
      return readExists(operand, where);
    case "prefix":
      return ofAny(readPrefix(operand, where));
    case "anything-but":
      return readAnythingBut(operand, where);
    default:
      throw refusal(wanted, where);
  }
}

function readExists(operand: unknown, where: string): Test {
  if (typeof operand !== "boolean") {
    throw refusal({ exists: operand }, where);
  }
  return (value) => (value !== undefined) === operand;
}

/** A member that is not there is not anything either, so that it does not fit. */
function readAnythingBut(operand: unknown, where: string): Test {
  const refused = isMap(operand)
    ? [readPrefix(onlyMember(operand, "prefix", where), where)]
    : listOf(operand).map((one) => {
        if (typeof one !== "string" && typeof one !== "number") {
          throw refusal({ "anything-but": operand }, where);
        }
        return (value: unknown) => value === one;
      });
  return ofAny((value) => !refused.some((is) => is(value)));
}

function onlyMember(map: Record<string, unknown>, name: string, where: string): unknown {
  if (Object.keys(map).some((key) => key !== name)) {
    throw refusal({ "anything-but": map }, where);
  }
  return map[name];
}

/** `anything-but` takes several prefixes too. */
function readPrefix(operand: unknown, where: string): (value: unknown) => boolean {
  const prefixes = listOf(operand).map((prefix) => {
    if (typeof prefix !== "string") {
      throw refusal({ prefix: operand }, where);
    }
    return prefix;
  });
  return (value) => typeof value === "string" && prefixes.some((prefix) => value.startsWith(prefix));
}

/** Of a list in an event one value is enough. */
function ofAny(test: (value: unknown) => boolean): Test {
  return (value) => value !== undefined && listOf(value).some(test);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refusal(what: unknown, where: string): NotModelled {
  return new NotModelled(
    `The rehearsal does not model ${JSON.stringify(what)} in the event pattern ${where}.`,
  );
}
