import * as pulumi from "@pulumi/pulumi";
import { AmiRefreshArgs } from "./amiRefreshArgs";
import { knownArguments } from "./arguments";
import { Check, Checker } from "./checked";
import * as check from "./inputs";
import { LaunchConfigurationFrom } from "./launchConfigurationFrom";
import { componentName, differentRoles, knownNames, NAMED, Named, physicalName } from "./names";
import { Place } from "./policies";
import { schedule } from "./schedule";

/** Two weeks of nights. */
const RETAIN_IMAGES = 14;
/** The current one and the one before. */
const RETAIN_LAUNCH_CONFIGURATIONS = 2;

/** The arguments of one component, checked, with their defaults. */
export interface CheckedInputs {
  readonly instanceId: pulumi.Output<string>;
  readonly autoScalingGroupName: pulumi.Output<string>;
  readonly prefix: pulumi.Output<string>;
  readonly scheduleExpression: pulumi.Output<string>;
  readonly enabled: pulumi.Output<boolean>;
  readonly reboot: pulumi.Output<boolean>;
  readonly launchConfigurationFrom: pulumi.Output<LaunchConfigurationFrom>;
  /** Undefined where they are to be looked up; so are the roles. */
  readonly launchTemplateIds: pulumi.Output<string[]> | undefined;
  readonly instanceProfileRoleArns: pulumi.Output<string[]> | undefined;
  readonly allowSharedTemplate: pulumi.Output<boolean>;
  readonly customerKeyReady: pulumi.Output<boolean>;
  readonly retire: pulumi.Output<boolean>;
  readonly retainImages: pulumi.Output<number>;
  readonly retainLaunchConfigurations: pulumi.Output<number>;
  /** A name that was not given is undefined, not an Output: so Pulumi derives one, also in a preview. */
  readonly names: Readonly<Record<Named, pulumi.Output<string> | undefined>>;
  readonly permissionsBoundaryArn: pulumi.Output<string> | undefined;
  readonly rolePath: pulumi.Output<string>;
  readonly tags: pulumi.Output<Record<string, string>> | undefined;
}

/** Checks every argument, plain ones at once, and puts in the defaults. */
export function checkInputs(
  checker: Checker,
  name: string,
  args: AmiRefreshArgs | undefined,
  place: pulumi.Output<Place>,
): CheckedInputs {
  // A caller in JavaScript may leave the arguments out altogether; each missing one then has its sentence.
  const given = checker.now(args ?? {}, knownArguments);
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
    launchTemplateIds: optional(checker, given.launchTemplateIds, check.launchTemplateIds),
    instanceProfileRoleArns: checkRoles(checker, given.instanceProfileRoleArns, place),
    allowSharedTemplate: checker.input(given.allowSharedTemplate ?? false, check.flag("allowSharedTemplate")),
    customerKeyReady: checker.input(given.customerKeyReady ?? false, check.flag("customerKeyReady")),
    retire: checker.input(given.retire ?? true, check.flag("retire")),
    retainImages: checker.input(given.retainImages ?? RETAIN_IMAGES, check.count("retainImages", 1000)),
    retainLaunchConfigurations: checker.input(
      given.retainLaunchConfigurations ?? RETAIN_LAUNCH_CONFIGURATIONS,
      check.count("retainLaunchConfigurations", 100),
    ),
    names: checkNames(checker, givenNames),
    permissionsBoundaryArn: optional(checker, given.permissionsBoundaryArn, check.permissionsBoundaryArn),
    rolePath: checker.input(given.rolePath ?? "/", check.rolePath),
    tags: optional(checker, given.tags, check.tags),
  };
}

/** The form is checked at once; which account the roles are of when the provider has said which one it is in. */
function checkRoles(
  checker: Checker,
  given: unknown,
  place: pulumi.Output<Place>,
): pulumi.Output<string[]> | undefined {
  const arns = optional(checker, given, check.instanceProfileRoleArns);
  return (
    arns && checker.input(pulumi.output({ arns, place }), check.ofThisAccount("instanceProfileRoleArns"))
  );
}

function checkNames(checker: Checker, given: Partial<Record<Named, unknown>>): CheckedInputs["names"] {
  const names = NAMED.map((named) => [named, optional(checker, given[named], physicalName(named))]);
  checker.input({ automationRole: given.automationRole, eventsRole: given.eventsRole }, differentRoles);
  return Object.fromEntries(names) as CheckedInputs["names"];
}

function optional<T>(checker: Checker, value: unknown, run: Check<T>): pulumi.Output<T> | undefined {
  return value === undefined || value === null ? undefined : checker.input(value, run);
}
