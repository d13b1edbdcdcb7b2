import type { AccountState } from "../account/state";
import type { PolicyDocument } from "../account/policy";
import type { Ssm } from "../account/ssm";
import { RehearsalError } from "../errors";
import { provisionNotices } from "./notices";
import type { Registered } from "./program";
import { ofType, Properties } from "./properties";
import { provisionTimers, some, type Timers } from "./timers";

/** What stands in the account after the deployment, as far as the nights need it. */
export interface Deployment extends Timers {
  ssm: Ssm;
  documents: RegisteredDocument[];
  binRules: BinRule[];
}

/** A document, and the short name of its runbook: `create-image`, `roll-out`, `retire`, … */
export interface RegisteredDocument {
  runbook: string;
  name: string;
}

/** The documents that start at the user's times. */
export function scheduled({ documents, timer }: Deployment): RegisteredDocument[] {
  return documents.filter(({ name }) => timer.starts.some(({ documentName }) => documentName === name));
}

/** The same deployment, of which only one document starts at the user's times. */
export function scheduledOnly(deployment: Deployment, wanted: string): Deployment {
  const starts = deployment.timer.starts.filter(({ documentName }) => documentName === wanted);
  return { ...deployment, timer: { ...deployment.timer, starts } };
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
  return { ssm, documents, ...provisionTimers(account, registered), binRules: binRulesOf(registered) };
}

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
