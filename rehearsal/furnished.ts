import type { Account } from "./account/account";
import { furnish } from "./account/world";
import type { Rehearsal } from "./stage";
import type { Configured } from "./verification";

/** Puts the world of the configuration into the account. What is wrong with the configuration the program says. */
export function furnished(account: Account, { stack, launchSource, golden, crowded }: Rehearsal): Configured {
  const value = (key: string): string => stack.config[`${stack.project}:${key}`] ?? "";
  const configured = {
    instanceId: value("instanceId"),
    autoScalingGroupName: value("autoScalingGroupName"),
    prefix: value("prefix"),
    launchConfigurationFrom: value("launchConfigurationFrom"),
    allowSharedTemplate: value("allowSharedTemplate") === "true",
    retire: value("retire") !== "false",
    retainImages: Number(value("retainImages") || 14),
    retainDays: Number(value("retainDays") || 0),
    retainLaunchConfigurations: Number(value("retainLaunchConfigurations") || 2),
  };
  furnish(account, {
    instanceId: configured.instanceId,
    groupName: configured.autoScalingGroupName,
    launchSource,
    golden,
    crowded,
    encrypts: true,
    instanceProfileRoleArn: firstOf(value("instanceProfileRoleArns")),
  });
  return configured;
}

/** The first text of a list in JSON, if that is what it is. */
function firstOf(text: string): string | undefined {
  const [, first] = /^\[\s*"([^"\\]*)"/.exec(text) ?? [];
  return first;
}
