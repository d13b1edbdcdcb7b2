// The program: the stack's configuration in, one component, the stack's outputs out. Pulumi.yaml says what each key means.
import * as pulumi from "@pulumi/pulumi";
import { AmiRefresh, AmiRefreshNames, LaunchConfigurationFrom } from "./components";

/** Every key that is read below. */
const KEYS = [
  "instanceId",
  "autoScalingGroupName",
  "prefix",
  "cron",
  "enabled",
  "reboot",
  "launchConfigurationFrom",
  "launchTemplateIds",
  "instanceProfileRoleArns",
  "allowSharedTemplate",
  "customerKeyReady",
  "retire",
  "retainImages",
  "retainLaunchConfigurations",
  "rolePath",
  "permissionsBoundaryArn",
  "names",
  "tags",
];

/** Pulumi ignores a misspelled key silently, and the option would keep its default. */
function refuseUnknownKeys(): void {
  const namespace = `${pulumi.getProject()}:`;
  const given = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith(namespace));
  const unknown = given.find((key) => !KEYS.includes(key.slice(namespace.length)));
  if (unknown !== undefined) {
    throw new pulumi.RunError(
      `Configuration '${unknown}' is not known: the keys are ${KEYS.join(", ")}; correct its spelling or remove it.`,
    );
  }
}

refuseUnknownKeys();
const config = new pulumi.Config();
const refresh = new AmiRefresh("ami-refresh", {
  instanceId: config.require("instanceId"),
  autoScalingGroupName: config.require("autoScalingGroupName"),
  prefix: config.require("prefix"),
  cron: config.require("cron"),
  enabled: config.getBoolean("enabled"),
  reboot: config.getBoolean("reboot"),
  launchConfigurationFrom: config.get<LaunchConfigurationFrom>("launchConfigurationFrom", {
    allowedValues: Object.values(LaunchConfigurationFrom),
  }),
  launchTemplateIds: config.getObject<string[]>("launchTemplateIds"),
  instanceProfileRoleArns: config.getObject<string[]>("instanceProfileRoleArns"),
  allowSharedTemplate: config.getBoolean("allowSharedTemplate"),
  customerKeyReady: config.getBoolean("customerKeyReady"),
  retire: config.getBoolean("retire"),
  retainImages: config.getNumber("retainImages"),
  retainLaunchConfigurations: config.getNumber("retainLaunchConfigurations"),
  rolePath: config.get("rolePath"),
  permissionsBoundaryArn: config.get("permissionsBoundaryArn"),
  names: config.getObject<AmiRefreshNames>("names"),
  tags: config.getObject<Record<string, string>>("tags"),
});

export const documentName = refresh.documentName;
export const automationRoleArn = refresh.automationRoleArn;
export const eventsRoleArn = refresh.eventsRoleArn;
export const ruleName = refresh.ruleName;
export const startCommand = refresh.startCommand;
export const executionsUrl = refresh.executionsUrl;
