import * as pulumi from "@pulumi/pulumi";
import { AmiRefreshArgs } from "./amiRefreshArgs";
import { Checker } from "./checked";
import * as check from "./inputs";
import { LaunchConfigurationFrom } from "./launchConfigurationFrom";
import { componentName, knownNames, NAMED, Named, physicalName } from "./names";
import { schedule } from "./schedule";

/** The arguments of one component, checked, with their defaults. */
export interface CheckedInputs {
  readonly instanceId: pulumi.Output<string>;
  readonly autoScalingGroupName: pulumi.Output<string>;
  readonly prefix: pulumi.Output<string>;
  readonly scheduleExpression: pulumi.Output<string>;
  readonly enabled: pulumi.Output<boolean>;
  readonly reboot: pulumi.Output<boolean>;
  readonly launchConfigurationFrom: pulumi.Output<LaunchConfigurationFrom>;
  readonly instanceProfileRoleArns: pulumi.Output<string[]>;
  /** A name that was not given is undefined, not an Output: so Pulumi derives one, also in a preview. */
  readonly names: Readonly<Record<Named, pulumi.Output<string> | undefined>>;
  readonly permissionsBoundaryArn: pulumi.Output<string> | undefined;
  readonly rolePath: pulumi.Output<string>;
  readonly tags: pulumi.Output<Record<string, string>> | undefined;
  /** Resolves when all of them have passed. */
  readonly everythingPassed: pulumi.Output<unknown>;
}

/** Checks every argument, plain ones at once, and puts in the defaults. */
export function checkInputs(name: string, args: AmiRefreshArgs | undefined): CheckedInputs {
  // A caller in JavaScript may leave the arguments out altogether; each missing one then has its sentence.
  const given: Partial<AmiRefreshArgs> = args ?? {};
  const checker = new Checker(name);
  const givenNames = checker.now(given.names ?? {}, knownNames);
  checker.now(name, () => componentName(name, givenNames));
  return {
    instanceId: checker.input(given.instanceId, check.instanceId),
    autoScalingGroupName: checker.input(given.autoScalingGroupName, check.autoScalingGroupName),
    prefix: checker.input(given.prefix, check.prefix),
    scheduleExpression: checker.input(given.cron, schedule),
    enabled: checker.input(given.enabled ?? true, check.flag("enabled")),
    reboot: checker.input(given.reboot ?? false, check.flag("reboot")),
    launchConfigurationFrom: checker.input(
      given.launchConfigurationFrom ?? LaunchConfigurationFrom.Instance,
      check.launchConfigurationFrom,
    ),
    instanceProfileRoleArns: checker.input(
      given.instanceProfileRoleArns ?? [],
      check.instanceProfileRoleArns,
    ),
    names: checkNames(checker, givenNames),
    permissionsBoundaryArn: optional(checker, given.permissionsBoundaryArn, check.permissionsBoundaryArn),
    rolePath: checker.input(given.rolePath ?? "/", check.rolePath),
    tags: optional(checker, given.tags, check.tags),
    everythingPassed: checker.everythingPassed(),
  };
}

function checkNames(checker: Checker, given: Partial<Record<Named, unknown>>): CheckedInputs["names"] {
  const names = NAMED.map((named) => [named, optional(checker, given[named], physicalName(named))]);
  return Object.fromEntries(names) as CheckedInputs["names"];
}

function optional<T>(
  checker: Checker,
  value: unknown,
  run: (value: unknown) => T,
): pulumi.Output<T> | undefined {
  return value === undefined ? undefined : checker.input(value, run);
}
