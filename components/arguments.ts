import { AmiRefreshArgs } from "./amiRefreshArgs";
import { isLaterItself } from "./checked";
import { InputError } from "./errors";

/** Every argument; the type holds the list complete. */
const ARGUMENTS: Record<keyof AmiRefreshArgs, true> = {
  instanceId: true,
  autoScalingGroupName: true,
  prefix: true,
  cron: true,
  enabled: true,
  reboot: true,
  launchConfigurationFrom: true,
  launchTemplateIds: true,
  instanceProfileRoleArns: true,
  allowSharedTemplate: true,
  customerKeyReady: true,
  retire: true,
  retainImages: true,
  retainLaunchConfigurations: true,
  names: true,
  permissionsBoundaryArn: true,
  rolePath: true,
  tags: true,
};

/** Refuses what is no argument: a misspelled option would be ignored silently and keep its default. */
export function knownArguments(args: unknown): Partial<AmiRefreshArgs> {
  if (typeof args !== "object" || args === null || isLaterItself(args)) {
    throw new InputError(
      `the arguments are not a plain object: give one, in which each value may be known only later.`,
    );
  }
  const unknown = Object.keys(args).find((key) => !Object.hasOwn(ARGUMENTS, key));
  if (unknown !== undefined) {
    throw new InputError(
      `${unknown} is not an argument: the arguments are ${Object.keys(ARGUMENTS).join(", ")}; correct its spelling or remove it.`,
    );
  }
  return args;
}
