import { NotModelled, RehearsalError } from "../../errors";
import type { Action } from "./action";
import { assertAwsResourceProperty } from "./assertAwsResourceProperty";
import { branch } from "./branch";
import { executeAutomation } from "./executeAutomation";
import { executeAwsApi } from "./executeAwsApi";
import { executeScript } from "./executeScript";
import type { ActionName } from "./names";
import { waitForAwsResourceProperty } from "./waitForAwsResourceProperty";

const modelled = {
  "aws:assertAwsResourceProperty": assertAwsResourceProperty,
  "aws:branch": branch,
  "aws:executeAutomation": executeAutomation,
  "aws:executeAwsApi": executeAwsApi,
  "aws:executeScript": executeScript,
  "aws:waitForAwsResourceProperty": waitForAwsResourceProperty,
} satisfies Record<ActionName, Action>;

/** What else Automation can do. */
const others = [
  "approve",
  "changeInstanceState",
  "copyImage",
  "createImage",
  "createStack",
  "createTags",
  "deleteImage",
  "deleteStack",
  "executeStateMachine",
  "invokeLambdaFunction",
  "invokeWebhook",
  "loop",
  "pause",
  "runCommand",
  "runInstances",
  "sleep",
  "updateVariable",
].map((name) => `aws:${name}`);

export function actionOf(name: ActionName): Action {
  return modelled[name];
}

export function readActionName(where: string, name: string): ActionName {
  if (Object.hasOwn(modelled, name)) return name as ActionName;
  if (others.includes(name))
    throw new NotModelled(`${where}: the rehearsal does not model the action ${name}`);
  throw new RehearsalError(`${where}: "${name}" is not an action of Automation`);
}
