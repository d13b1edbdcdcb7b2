import { NotModelled } from "../../errors";

/** An event, or what of it a rule asks for: objects within objects. */
export type EventValue = string | { [member: string]: EventValue | undefined };
/** A member's allowed values, or what its own members have to be. */
export type Pattern = { [member: string]: Pattern | unknown[] };

/** Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
export function matches(pattern: Pattern, event: EventValue | undefined): boolean {
  return Object.entries(pattern).every(([member, wanted]) => {
    const value = typeof event === "object" ? event[member] : undefined;
    return Array.isArray(wanted) ? wanted.some((one) => allows(one, value)) : matches(wanted, value);
  });
}

function allows(wanted: unknown, value: EventValue | undefined): boolean {
  if (typeof wanted === "string") {
    return value === wanted;
  }
  const [operator, operand] = onlyEntry(wanted);
  switch (operator) {
    case "exists":
      return (value !== undefined) === operand;
    case "prefix":
      return typeof value === "string" && value.startsWith(text(operand));
    case "anything-but":
      // Of a member that is not there nothing can be said.
      return value !== undefined && !allows(operand, value);
    default:
      throw notModelled(wanted);
  }
}

function onlyEntry(wanted: unknown): [string, unknown] {
  const entries = typeof wanted === "object" && wanted !== null ? Object.entries(wanted) : [];
  if (entries.length !== 1) {
    throw notModelled(wanted);
  }
  return entries[0];
}

function text(operand: unknown): string {
  if (typeof operand !== "string") {
    throw notModelled(operand);
  }
  return operand;
}

function notModelled(what: unknown): NotModelled {
  return new NotModelled(`The rehearsal does not model ${JSON.stringify(what)} in an event pattern.`);
}
