import type { AccountState } from "../account/state";
import type { Rule, Target } from "../account/events";
import type { PolicyDocument } from "../account/policy";
import type { Ssm } from "../account/ssm";
import { RehearsalError } from "../errors";
import { provisionNotices } from "./notices";
import type { Registered } from "./program";
import { ofType, Properties } from "./properties";

/** What stands in the account after the deployment, as far as the nights need it. */
export interface Deployment {
  ssm: Ssm;
  documents: RegisteredDocument[];
  rule: Rule;
  /** In the order of their ids, whatever the order in which the program registers them. */
  targets: Target[];
  /** What measures once a day, where it is registered. */
  watch?: { rule: Rule; targets: Target[] };
  binRules: BinRule[];
}

/** A document, and the short name of its runbook: `create-image`, `roll-out`, `retire`, … */
export interface RegisteredDocument {
  runbook: string;
  name: string;
}

/** The documents that the rule starts. */
export function scheduled({ documents, targets }: Deployment): RegisteredDocument[] {
  return documents.filter(({ name }) => targets.some((target) => startsDocument(target, name)));
}

/** The same deployment, of whose targets only those are left that start one document. */
export function scheduledOnly(deployment: Deployment, documentName: string): Deployment {
  return {
    ...deployment,
    targets: deployment.targets.filter((target) => startsDocument(target, documentName)),
  };
}

function startsDocument({ arn }: Target, documentName: string): boolean {
  return arn.includes(`:automation-definition/${documentName}:`);
}

/** A rule of the Recycle Bin. Nothing in the account heeds it. */
export interface BinRule {
  description?: string;
  resourceType: "EBS_SNAPSHOT" | "EC2_IMAGE";
  resourceTags: unknown;
  retentionPeriod: unknown;
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
  const documents = some(registered, "aws:ssm/document:Document").map((document) => ({
    runbook: runbookOf(registered, document),
    name: putDocument(ssm, document),
  }));
  provisionNotices(account, registered);
  const rules = ofType(registered, RULE).filter(({ inputs }) => inputs.scheduleExpression !== undefined);
  const [watches, refreshes] = [true, false].map((daily) =>
    rules.filter(({ inputs }) => String(inputs.scheduleExpression).startsWith("rate(") === daily),
  );
  const rule = ruleOf(only(refreshes, RULE));
  account.eventBus.schedules.set(rule.name, rule);
  const watchRule = watches.length === 0 ? undefined : ruleOf(only(watches, RULE));
  return {
    ssm,
    documents,
    rule,
    targets: targetsOf(registered, rule),
    watch: watchRule && { rule: watchRule, targets: targetsOf(registered, watchRule) },
    binRules: binRulesOf(registered),
  };
}

const RULE = "aws:cloudwatch/eventRule:EventRule";

/** A document's logical name is its component's, which comes first, and its runbook's. */
function runbookOf(registered: Registered[], { name }: Registered): string {
  const components = registered.filter(({ custom }) => !custom).map((component) => `${component.name}-`);
  const [component = ""] = components
    .filter((prefix) => name.startsWith(prefix))
    .sort((one, other) => one.length - other.length);
  return name.slice(component.length);
}

/** Gives the document's name. */
function putDocument(ssm: Ssm, document: Registered): string {
  const inputs = new Properties(
    document,
    "name content documentType documentFormat tags defaultVersion latestVersion",
  );
  const name = inputs.text("name");
  inputs.oneOf("documentType", ["Automation"]);
  const format = inputs.oneOf("documentFormat", ["YAML", "JSON"]);
  if (ssm.hasDocument(name)) {
    throw new RehearsalError(`The program registers two documents named ${name}: give one another name.`);
  }
  ssm.putDocument({ name, content: inputs.text("content"), format });
  return name;
}

function ruleOf(registered: Registered): Rule {
  const rule = new Properties(registered, "name description scheduleExpression state tags");
  return {
    name: rule.text("name"),
    arn: rule.text("arn"),
    scheduleExpression: rule.text("scheduleExpression"),
    enabled: rule.oneOf("state", ["ENABLED", "DISABLED"]) === "ENABLED",
  };
}

function targetsOf(registered: Registered[], rule: Rule): Target[] {
  const targets = some(
    registered.filter(({ inputs }) => inputs.rule === rule.name),
    "aws:cloudwatch/eventTarget:EventTarget",
  )
    .map(targetOf)
    .sort((one, other) => (one.targetId < other.targetId ? -1 : 1));
  const twice = targets.find(({ targetId }, index) => targetId === targets[index + 1]?.targetId);
  if (twice !== undefined) {
    throw new RehearsalError(
      `The program registers two targets ${twice.targetId} of rule ${rule.name}: the second would replace the first.`,
    );
  }
  return targets;
}

function targetOf(registered: Registered): Target {
  const target = new Properties(registered, "rule targetId roleArn input retryPolicy deadLetterConfig");
  target.inside("retryPolicy", "maximumRetryAttempts maximumEventAgeInSeconds");
  return {
    deadLetterArn: target.inside("deadLetterConfig", "")?.text("arn"),
    targetId: target.text("targetId"),
    arn: target.text("arn"),
    roleArn: target.text("roleArn"),
    input: target.text("input"),
  };
}

function binRulesOf(registered: Registered[]): BinRule[] {
  return ofType(registered, "aws:rbin/rule:Rule").map((rule) => {
    const inputs = new Properties(rule, "description resourceType resourceTags retentionPeriod tags");
    return {
      description: inputs.optionalText("description"),
      resourceType: inputs.oneOf("resourceType", ["EBS_SNAPSHOT", "EC2_IMAGE"]),
      resourceTags: rule.inputs.resourceTags,
      retentionPeriod: rule.inputs.retentionPeriod,
    };
  });
}

/** Without one of these a program has nothing to rehearse. */
function some(registered: Registered[], type: string): Registered[] {
  const found = ofType(registered, type);
  if (found.length === 0) {
    throw new RehearsalError(`The program registers no resource of type ${type}: there is nothing to run.`);
  }
  return found;
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
