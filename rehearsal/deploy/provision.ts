import type { AccountState } from "../account/state";
import type { Rule, Target } from "../account/events";
import type { PolicyDocument } from "../account/policy";
import type { Ssm } from "../account/ssm";
import { NotModelled, RehearsalError } from "../errors";
import type { Registered } from "./program";

/** What stands in the account after the deployment, as far as the nights need it. */
export interface Deployment {
  ssm: Ssm;
  documentName: string;
  rule: Rule;
  target: Target;
}

/** Puts what the program registered into the account. */
export function provision(account: AccountState, registered: Registered[]): Deployment {
  const { ssm } = account;
  for (const role of ofType(registered, "aws:iam/role:Role")) {
    const inputs = new Properties(role, "name path description assumeRolePolicy permissionsBoundary tags");
    if (account.iam.role(inputs.text("name")) !== undefined) {
      throw new RehearsalError(
        `The program registers two roles named ${inputs.text("name")}: IAM's names are unique whatever their case.`,
      );
    }
    account.iam.putRole({
      name: inputs.text("name"),
      path: inputs.optionalText("path"),
      trust: inputs.json("assumeRolePolicy") as PolicyDocument,
    });
  }
  for (const policy of ofType(registered, "aws:iam/rolePolicy:RolePolicy")) {
    const inputs = new Properties(policy, "name role policy");
    account.iam.putRolePolicy(
      inputs.text("role"),
      inputs.text("name"),
      inputs.json("policy") as PolicyDocument,
    );
  }
  const document = new Properties(
    only(registered, "aws:ssm/document:Document"),
    "name content documentType documentFormat tags defaultVersion latestVersion",
  );
  const documentName = document.text("name");
  ssm.putDocument({
    name: documentName,
    content: document.text("content"),
    format: document.oneOf("documentFormat", ["YAML", "JSON"]),
  });
  document.oneOf("documentType", ["Automation"]);
  const rule = ruleOf(registered);
  return { ssm, documentName, rule, target: targetOf(registered, rule) };
}

function ruleOf(registered: Registered[]): Rule {
  const rule = new Properties(
    only(registered, "aws:cloudwatch/eventRule:EventRule"),
    "name description scheduleExpression state tags",
  );
  return {
    name: rule.text("name"),
    arn: rule.text("arn"),
    scheduleExpression: rule.text("scheduleExpression"),
    enabled: rule.oneOf("state", ["ENABLED", "DISABLED"]) === "ENABLED",
  };
}

function targetOf(registered: Registered[], rule: Rule): Target {
  const target = new Properties(
    only(registered, "aws:cloudwatch/eventTarget:EventTarget"),
    "rule targetId roleArn input retryPolicy",
  );
  if (target.text("rule") !== rule.name) {
    throw new RehearsalError(
      `The target belongs to rule ${target.text("rule")}, which the program does not register.`,
    );
  }
  return {
    targetId: target.text("targetId"),
    arn: target.text("arn"),
    roleArn: target.text("roleArn"),
    input: target.text("input"),
  };
}

function ofType(registered: Registered[], type: string): Registered[] {
  return registered.filter((resource) => resource.type === type);
}

function only(registered: Registered[], type: string): Registered {
  const found = ofType(registered, type);
  if (found.length !== 1) {
    throw new RehearsalError(
      `The program registers ${found.length} resources of type ${type}; the rehearsal runs programs that register one.`,
    );
  }
  return found[0];
}

/** One resource's properties, read strictly: what is not modelled is refused, not ignored. */
class Properties {
  constructor(
    private readonly resource: Registered,
    modelled: string,
  ) {
    const known = [...modelled.split(" "), "arn"];
    const unknown = Object.entries(resource.inputs).find(
      ([key, value]) => value != null && !known.includes(key),
    );
    if (unknown !== undefined) {
      throw new NotModelled(
        `The rehearsal does not model the property ${unknown[0]} of ${resource.type} (${resource.name}).`,
      );
    }
  }

  text(key: string): string {
    const value = this.optionalText(key);
    if (value === undefined) {
      throw new RehearsalError(`${this.resource.type} (${this.resource.name}) has no ${key}.`);
    }
    return value;
  }

  optionalText(key: string): string | undefined {
    const value = this.resource.state[key];
    return typeof value === "string" ? value : undefined;
  }

  oneOf<T extends string>(key: string, allowed: T[]): T {
    const value = this.text(key);
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
      throw new NotModelled(
        `The rehearsal does not model ${key} ${value} of ${this.resource.type} (${this.resource.name}).`,
      );
    }
    return found;
  }

  json(key: string): unknown {
    try {
      return JSON.parse(this.text(key));
    } catch (error) {
      throw new RehearsalError(
        `${this.resource.type} (${this.resource.name}) has a ${key} that is not JSON: ${error}.`,
      );
    }
  }
}
