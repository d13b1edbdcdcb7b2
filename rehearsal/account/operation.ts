import type { AccountState } from "./state";
import type { Members, Value } from "./api";
import type { AwsError } from "./errors";
import type { Principal } from "./iam";
import type { StructureShape } from "./parameters";
import type { AccessRequest, Decision } from "./policy";

/** One thing that a call needs to be allowed. */
export type Demand = AccessRequest;

/** One API: what it takes, what the caller needs for it, and what it does once all that has been checked. */
export interface Operation {
  api: string;
  input: StructureShape;
  demands: (account: AccountState, params: Members) => Demand[];
  perform: (account: AccountState, params: Members, caller: Principal) => Members;
}

/** The APIs of one service, and how it words what all of them can answer. */
export interface Service {
  name: string;
  operations: Operation[];
  denial: (principal: Principal, demand: Demand, decision: Decision) => AwsError;
  /** Checks that the service's front door makes, before the API itself looks at the parameters. */
  checkConstraints?: (input: StructureShape, params: Members) => void;
}

/**
 * An operation whose functions see its parameters under a type. The input's shape has been checked before either is
 * called, which is what makes the conversion true. Parameters and answers are copied, so that the account's state
 * shares nothing with its callers.
 */
export function operation<Request>(spec: {
  api: string;
  input: StructureShape;
  demands: (account: AccountState, params: Request) => Demand[];
  perform: (account: AccountState, params: Request, caller: Principal) => object;
}): Operation {
  return {
    api: spec.api,
    input: spec.input,
    demands: (account, params) => spec.demands(account, params as unknown as Request),
    perform: (account, params, caller) =>
      toMembers(spec.perform(account, toMembers(params) as unknown as Request, caller)),
  };
}

/** A copy, without the members that have no value. */
export function toMembers(value: object): Members {
  return copy(value) as Members;
}

function copy(value: unknown): Value {
  if (value instanceof Date) {
    return new Date(value);
  }
  if (Array.isArray(value)) {
    return value.map(copy);
  }
  if (typeof value === "object" && value !== null) {
    const present = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(present.map(([name, member]) => [name, copy(member)]));
  }
  return value as Value;
}
