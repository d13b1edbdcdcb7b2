import { NotModelled } from "../errors";
import {
  type ConditionBlock,
  type Context,
  readCondition,
  refuseVariables,
  type Test,
} from "./policyConditions";
import { resourceWildcard, wildcard } from "./wildcard";

/** An IAM policy document, as parsed from its JSON. */
export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: Statement | Statement[];
}

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: ConditionBlock;
}

/** One action on one resource, with what the service tells IAM about it. */
export interface AccessRequest {
  action: string;
  resource: string;
  context: Context;
}

export type Decision = "allowed" | "implicitDeny" | "explicitDeny";

/** A statement that has been read: what it says, and whether it speaks about a request. */
interface Rule<Request> {
  effect: "Allow" | "Deny";
  appliesTo: (request: Request) => boolean;
}

/** What a service wants to do with a resource that has a policy of its own. */
export interface ServiceRequest {
  service: string;
  action: string;
  resource: string;
  /** Undefined where the service tells nothing: then a statement that has a condition allows nothing. */
  context?: Context;
}

interface TrustRequest {
  service: string;
  context: Context;
}

/** The policies that were read already. A document that is in use is not changed, it is replaced. */
const identityRules = new WeakMap<PolicyDocument, Rule<AccessRequest>[]>();

/**
 * What identity policies say to a request. Every statement is read in full, so that an element that is not modelled is
 * refused even where this request would not have met it.
 */
export function evaluate(policies: PolicyDocument[], request: AccessRequest): Decision {
  return decide(policies.flatMap(readIdentityPolicy), request);
}

/** Whether a role's trust policy lets a service assume the role. */
export function evaluateTrust(trust: PolicyDocument, request: TrustRequest): boolean {
  return decide(statementsOf(trust).map(readTrustStatement), request) === "allowed";
}

/** Whether the policy of a queue or a topic lets a service act on it. Services are in no role: nothing else allows it. */
export function evaluateResourcePolicy(policy: PolicyDocument, request: ServiceRequest): boolean {
  return decide(statementsOf(policy).map(readResourceStatement), request) === "allowed";
}

function readResourceStatement(statement: Statement): Rule<ServiceRequest> {
  refuseUnknownElements(
    statement,
    ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"],
    "a resource's policy",
  );
  const services = readServices(statement);
  const actsOn = readActions(statement);
  const covers = readResources(statement);
  const holds = readCondition(statement.Condition);
  const isConditional = statement.Condition !== undefined;
  return {
    effect: readEffect(statement),
    appliesTo: ({ service, action, resource, context }) =>
      services.includes(service) &&
      actsOn(action) &&
      covers(resource) &&
      (context === undefined ? !isConditional : holds(context)),
  };
}

function readIdentityPolicy(policy: PolicyDocument): Rule<AccessRequest>[] {
  const rules = identityRules.get(policy) ?? statementsOf(policy).map(readIdentityStatement);
  identityRules.set(policy, rules);
  return rules;
}

function decide<Request>(rules: Rule<Request>[], request: Request): Decision {
  const effects = rules.filter((rule) => rule.appliesTo(request)).map((rule) => rule.effect);
  if (effects.includes("Deny")) {
    return "explicitDeny";
  }
  return effects.includes("Allow") ? "allowed" : "implicitDeny";
}

function readIdentityStatement(statement: Statement): Rule<AccessRequest> {
  refuseUnknownElements(
    statement,
    ["Sid", "Effect", "Action", "Resource", "Condition"],
    "an identity policy",
  );
  const actsOn = readActions(statement);
  const covers = readResources(statement);
  const holds = readCondition(statement.Condition);
  return {
    effect: readEffect(statement),
    appliesTo: ({ action, resource, context }) => actsOn(action) && covers(resource) && holds(context),
  };
}

function readTrustStatement(statement: Statement): Rule<TrustRequest> {
  refuseUnknownElements(statement, ["Sid", "Effect", "Principal", "Action", "Condition"], "a trust policy");
  const services = readServices(statement);
  const actsOn = readActions(statement);
  const holds: Test = readCondition(statement.Condition);
  return {
    effect: readEffect(statement),
    appliesTo: ({ service, context }) =>
      services.includes(service) && actsOn("sts:AssumeRole") && holds(context),
  };
}

function statementsOf(policy: PolicyDocument): Statement[] {
  refuseUnknownElements(policy, ["Version", "Id", "Statement"], "a policy");
  if (!["2012-10-17", "2008-10-17", undefined].includes(policy.Version)) {
    throw notModelled(`Version "${policy.Version}"`, "a policy");
  }
  return listOf(policy.Statement);
}

function readEffect({ Effect }: Statement): "Allow" | "Deny" {
  if (Effect !== "Allow" && Effect !== "Deny") {
    throw notModelled(`Effect "${String(Effect)}"`, "a policy");
  }
  return Effect;
}

/** Actions have no case. */
function readActions({ Action }: Statement): (action: string) => boolean {
  const patterns = required("Action", Action).map((action) => wildcard(action.toLowerCase()));
  return (action) => patterns.some((pattern) => pattern.test(action.toLowerCase()));
}

function readResources({ Resource }: Statement): (resource: string) => boolean {
  const patterns = required("Resource", Resource).map(readResource);
  return (resource) => patterns.some((pattern) => pattern.test(resource));
}

/** IAM takes `*` or an ARN whose service is written out. */
function readResource(resource: string): RegExp {
  refuseVariables(resource, "Resource");
  if (resource !== "*" && !/^arn:[^:]+:[a-z0-9-]+(:|$)/.test(resource)) {
    throw notModelled(`Resource "${resource}"`, "a policy");
  }
  return resourceWildcard(resource);
}

function readServices({ Principal }: Statement): string[] {
  if (typeof Principal !== "object" || Principal === null) {
    throw notModelled(`Principal ${JSON.stringify(Principal)}`, "a trust policy");
  }
  refuseUnknownElements(Principal, ["Service"], "the Principal of a trust policy");
  return required("Principal Service", Principal.Service);
}

function required(element: string, value: string | string[] | undefined): string[] {
  if (value === undefined) {
    throw notModelled(`a statement without ${element}`, "a policy");
  }
  return listOf(value);
}

function refuseUnknownElements(element: object, known: string[], where: string): void {
  const unknown = Object.keys(element).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw notModelled(unknown, where);
  }
}

function listOf<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}

function notModelled(what: string, where: string): NotModelled {
  return new NotModelled(`The rehearsal does not model ${what} in ${where}.`);
}
