// The program: the stack's configuration in, one component, the stack's outputs out. Pulumi.yaml says what each key means.
import * as pulumi from "@pulumi/pulumi";
import { AmiRefresh, AmiRefreshArgs } from "./components";
import { readConfigured, refuseUnknownKeys } from "./components/inputs/configuration";
import { OPTION_NAMES } from "./components/inputs/options";

/** Every argument. The component checks what it is given, also values whose form is not that of their type. */
function readArguments(): AmiRefreshArgs {
  const config = new pulumi.Config();
  const entries = OPTION_NAMES.map((name) => [name, readConfigured(name, config.get(name))]);
  return Object.fromEntries(entries) as AmiRefreshArgs;
}

refuseUnknownKeys(pulumi.getProject(), Object.keys(pulumi.runtime.allConfig()));
const refresh = new AmiRefresh("ami-refresh", readArguments());

// With these `npm run status` looks at the real account.
export const autoScalingGroupName = refresh.autoScalingGroupName;
export const instanceId = refresh.instanceId;
export const prefix = refresh.prefix;
export const region = refresh.region;
export const watchDocumentName = refresh.watchDocumentName;
export const deadLetterQueueUrl = refresh.deadLetterQueueUrl;
export const topicArn = refresh.topicArn;
export const alarmNames = refresh.alarmNames;
export const documentName = refresh.documentName;
export const automationRoleArn = refresh.automationRoleArn;
export const rollOutDocumentName = refresh.rollOutDocumentName;
export const retireDocumentName = refresh.retireDocumentName;
export const eventsRoleArn = refresh.eventsRoleArn;
export const ruleName = refresh.ruleName;
export const scheduleGroupName = refresh.scheduleGroupName;
export const startCommand = refresh.startCommand;
export const rollBackCommand = refresh.rollBackCommand;
export const executionsUrl = refresh.executionsUrl;
