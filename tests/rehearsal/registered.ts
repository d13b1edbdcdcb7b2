import { dump, load } from "js-yaml";
import type { PolicyDocument, Statement } from "../../rehearsal/account/policy";
import type { Registered } from "../../rehearsal/deploy/program";

// What the component registered, changed before it is deployed.

export type Change = (resources: Registered[]) => void;

/** The resource of that logical name; a component may have the same one. */
export function resourceOf(resources: Registered[], name: string): Registered {
  const found = resources.find((resource) => resource.custom && resource.name === name);
  if (found === undefined) {
    throw new Error(`no ${name}`);
  }
  return found;
}

export function statementsOf(resources: Registered[], policyName: string): Statement[] {
  const { policy } = resourceOf(resources, policyName).state;
  return [(JSON.parse(String(policy)) as PolicyDocument).Statement].flat();
}

export function actionsOf({ Action }: Statement): string[] {
  return [Action ?? []].flat();
}

export function resourcesOf({ Resource }: Statement): string[] {
  return [Resource ?? []].flat();
}

/** Makes something else of each statement of a role's policy, or several, or none. */
export function withStatements(policyName: string, change: (statement: Statement) => Statement[]): Change {
  return (resources) => {
    const Statement = statementsOf(resources, policyName).flatMap(change);
    const policy = JSON.stringify({ Version: "2012-10-17", Statement });
    resourceOf(resources, policyName).state.policy = policy;
  };
}

/** Takes one action away, wherever it stands in the policy. */
export function withoutAction(policyName: string, action: string): Change {
  return withStatements(policyName, (statement) => {
    const Action = actionsOf(statement).filter((one) => one !== action);
    return Action.length > 0 ? [{ ...statement, Action }] : [];
  });
}

/** Takes one resource away of what an action is allowed on, wherever it stands in the policy. */
export function withoutResource(policyName: string, action: string, resource: string): Change {
  return withStatements(policyName, (statement) => {
    if (!actionsOf(statement).includes(action)) {
      return [statement];
    }
    const Resource = resourcesOf(statement).filter((one) => one !== resource);
    return Resource.length > 0 ? [{ ...statement, Resource }] : [];
  });
}

/** As if somebody had taken out of the documents which values may be given, so that only IAM stands in the way. */
export function withoutAllowedValues(resources: Registered[]): void {
  for (const { type, state } of resources) {
    if (type === "aws:ssm/document:Document") {
      const document = load(String(state.content)) as { parameters: Record<string, object> };
      for (const parameter of Object.values(document.parameters)) {
        delete (parameter as { allowedValues?: unknown }).allowedValues;
      }
      state.content = dump(document);
    }
  }
}
