import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as iam from "@pulumi/aws/iam";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { AmiRefreshArgs } from "./amiRefreshArgs";
import { Runbook } from "./automationDocument";
import { automationPolicyText } from "./automationPolicy";
import { Checker } from "./checked";
import { CheckedInputs, checkInputs } from "./checkInputs";
import { executionsUrl, startCommand } from "./console";
import { LaunchFacts } from "./launch/facts";
import { launchFacts } from "./launch/look";
import { childName } from "./names";
import { ifKnown } from "./notKnown";
import {
  automationDefinitionArn,
  automationTrust,
  eventsPolicy,
  eventsTrust,
  Place,
  TrustPolicy,
} from "./policies";
import { Refreshed } from "./refreshed";
import { fillIn, fitsInto, loadRunbook, RunbookValues } from "./runbook";

/** EventBridge gives up after this: a run that starts hours late would be a surprise. */
const RETRY_POLICY = { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3600 };

/**
 * Makes a golden instance's image the launch image of its Auto Scaling group, on a schedule.
 *
 * ```typescript
 * const refresh = new AmiRefresh("web", {
 *   instanceId: "i-0123456789abcdef0",
 *   autoScalingGroupName: "web",
 *   prefix: "web",
 *   cron: "30 5 * * ? *",
 * });
 * ```
 *
 * It creates seven resources: the automation role and its policy, the Automation runbook, the EventBridge rule, the
 * events role and its policy, and the rule's target. Each run takes an image of the instance and follows the group: it
 * makes a launch configuration that names the image and sets the group to it, or a new version of each launch template
 * that the group uses, and lets the group use that. Instances that run already are not replaced. Before that it deletes
 * what earlier runs made, is old, and is used by nothing.
 *
 * The preview looks up the group, its launch templates, the golden instance and the instance profiles, so that what no run
 * could work with fails there, and the permissions are for what the group launches with and nothing else. The arguments
 * `launchTemplateIds` and `instanceProfileRoleArns` together take the place of looking.
 */
export class AmiRefresh extends pulumi.ComponentResource {
  /** The name of the Automation document. */
  public readonly documentName: pulumi.Output<string>;
  /** The ARN of the role that the runbook uses. */
  public readonly automationRoleArn: pulumi.Output<string>;
  /** The ARN of the role with which EventBridge starts the runbook. */
  public readonly eventsRoleArn: pulumi.Output<string>;
  /** The name of the EventBridge rule. */
  public readonly ruleName: pulumi.Output<string>;
  /** The command line that starts one run by hand. */
  public readonly startCommand: pulumi.Output<string>;
  /** The console address of the executions in this Region. */
  public readonly executionsUrl: pulumi.Output<string>;

  constructor(name: string, args: AmiRefreshArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ami-refresh:index:AmiRefresh", name, args, opts);

    const checker = new Checker(name);
    const place = lookUpPlace({ parent: this });
    const inputs = checkInputs(checker, name, args, place);
    const runbook = checker.now(undefined, () => loadRunbook());
    const launch = launchFacts({
      checker,
      inputs,
      place,
      options: { parent: this },
      component: this,
    });
    const refreshed = refreshedBy(inputs, place, launch);
    const policy = checker.input(refreshed, policyText);
    const values = checker.input(runbookValues(inputs, refreshed, policy), fitsInto(runbook));
    const making: Making = {
      name,
      inputs,
      place,
      policy,
      runbook,
      values,
      everythingPassed: checker.everythingPassed(),
      child: { parent: this },
    };
    const automationRole = createAutomationRole(making);
    const allowSteps = createAutomationPolicy(making, automationRole);
    const document = createDocument(making, automationRole);
    const rule = createRule(making);
    const eventsRole = createEventsRole(making, rule);
    const allowStart = createEventsPolicy(making, eventsRole, document, automationRole);
    createTarget(making, { rule, document, eventsRole, automationRole }, [allowSteps, allowStart]);

    this.documentName = document.name;
    this.automationRoleArn = automationRole.arn;
    this.eventsRoleArn = eventsRole.arn;
    this.ruleName = rule.name;
    this.startCommand = pulumi
      .all([place, document.name])
      .apply(([place, documentName]) => startCommand(place, documentName));
    this.executionsUrl = place.apply(executionsUrl);
    this.registerOutputs({
      documentName: this.documentName,
      automationRoleArn: this.automationRoleArn,
      eventsRoleArn: this.eventsRoleArn,
      ruleName: this.ruleName,
      startCommand: this.startCommand,
      executionsUrl: this.executionsUrl,
    });
  }
}

/** What every step of the constructor needs. */
interface Making {
  readonly name: string;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** What the automation role may do, as text. */
  readonly policy: pulumi.Output<string>;
  readonly runbook: Runbook;
  /** What the runbook's parameters are filled in with. */
  readonly values: pulumi.Output<RunbookValues>;
  readonly everythingPassed: pulumi.Output<unknown>;
  readonly child: pulumi.CustomResourceOptions;
}

/** Asks the component's own provider where it is. */
function lookUpPlace(options: pulumi.InvokeOutputOptions): pulumi.Output<Place> {
  return pulumi
    .all([
      ifKnown(getPartitionOutput({}, options)),
      ifKnown(getRegionOutput({}, options)),
      ifKnown(getCallerIdentityOutput({}, options)),
    ])
    .apply(([{ partition }, { region }, { accountId }]) => ({ partition, region, accountId }));
}

/** What the permissions are made for. */
function refreshedBy(
  inputs: CheckedInputs,
  place: pulumi.Output<Place>,
  launch: pulumi.Output<LaunchFacts>,
): pulumi.Output<Refreshed> {
  const { instanceId, autoScalingGroupName, prefix, launchConfigurationFrom, retire } = inputs;
  return pulumi
    .output({ place, instanceId, autoScalingGroupName, prefix, launchConfigurationFrom, retire, launch })
    .apply(({ place, ...values }) => ({ ...place, ...values }));
}

function policyText(refreshed: unknown): string {
  return automationPolicyText(refreshed as Refreshed);
}

/**
 * Everything that goes into the runbook but the role's ARN, which a preview does not know. It waits for the policy: where a
 * long list is too much for both, one sentence is enough.
 */
function runbookValues(
  inputs: CheckedInputs,
  refreshed: pulumi.Output<Refreshed>,
  policy: pulumi.Output<string>,
): pulumi.Output<RunbookValues> {
  const { reboot, allowSharedTemplate, customerKeyReady, retainImages, retainLaunchConfigurations } = inputs;
  const tags = inputs.tags ?? pulumi.output<Record<string, string>>({});
  const values = {
    refreshed,
    reboot,
    allowSharedTemplate,
    customerKeyReady,
    retainImages,
    retainLaunchConfigurations,
    tags,
  };
  return pulumi
    .all([pulumi.output(values), policy])
    .apply(([{ refreshed, ...values }]) => ({ ...refreshed, ...values }));
}

function createAutomationRole({ name, inputs, place, child }: Making): iam.Role {
  return new iam.Role(
    childName(name, "automationRole"),
    {
      ...roleArgs(inputs, "automationRole", place.apply(automationTrust)),
      description: "The ami-refresh runbook images the golden instance and updates the group with it",
    },
    child,
  );
}

function createAutomationPolicy({ name, inputs, policy, child }: Making, role: iam.Role): iam.RolePolicy {
  return new iam.RolePolicy(
    childName(name, "automationPolicy"),
    { name: inputs.names.automationPolicy, role: role.name, policy },
    child,
  );
}

function createDocument({ name, inputs, runbook, values, child }: Making, role: iam.Role): ssm.Document {
  return new ssm.Document(
    childName(name, "document"),
    {
      name: inputs.names.document,
      documentType: "Automation",
      // Several lines of YAML, so that a preview shows which lines of the runbook change.
      documentFormat: "YAML",
      content: pulumi
        .all([values, role.arn])
        .apply(([known, automationRoleArn]) => fillIn(runbook, known, automationRoleArn)),
      tags: inputs.tags,
    },
    child,
  );
}

function createRule({ name, inputs, everythingPassed, child }: Making): cloudwatch.EventRule {
  return new cloudwatch.EventRule(
    childName(name, "rule"),
    {
      name: inputs.names.rule,
      description: "Starts the ami-refresh runbook",
      scheduleExpression: inputs.scheduleExpression,
      state: inputs.enabled.apply((enabled) => (enabled ? "ENABLED" : "DISABLED")),
      tags: inputs.tags,
    },
    { ...child, dependsOn: everythingPassed.apply(() => []) },
  );
}

function createEventsRole({ name, inputs, place, child }: Making, rule: cloudwatch.EventRule): iam.Role {
  return new iam.Role(
    childName(name, "eventsRole"),
    {
      ...roleArgs(
        inputs,
        "eventsRole",
        pulumi.all([place, rule.arn]).apply(([{ accountId }, ruleArn]) => eventsTrust(accountId, ruleArn)),
      ),
      description: "EventBridge starts the ami-refresh runbook with it",
    },
    child,
  );
}

function createEventsPolicy(
  { name, inputs, place, child }: Making,
  role: iam.Role,
  document: ssm.Document,
  automationRole: iam.Role,
): iam.RolePolicy {
  return new iam.RolePolicy(
    childName(name, "eventsPolicy"),
    {
      name: inputs.names.eventsPolicy,
      role: role.name,
      policy: pulumi
        .all([place, document.name, automationRole.arn])
        .apply(([place, documentName, roleArn]) =>
          JSON.stringify(eventsPolicy(place, documentName, roleArn)),
        ),
    },
    child,
  );
}

interface TargetOf {
  readonly rule: cloudwatch.EventRule;
  readonly document: ssm.Document;
  readonly eventsRole: iam.Role;
  readonly automationRole: iam.Role;
}

function createTarget({ name, inputs, place, child }: Making, of: TargetOf, allowed: iam.RolePolicy[]): void {
  new cloudwatch.EventTarget(
    `${name}-target`,
    {
      rule: of.rule.name,
      targetId: "runbook",
      arn: pulumi
        .all([place, of.document.name])
        .apply(([place, documentName]) => automationDefinitionArn(place, documentName)),
      roleArn: of.eventsRole.arn,
      // Automation takes every parameter as a list of strings. Everything else is a default in the document.
      input: pulumi.jsonStringify({
        AutomationAssumeRole: [of.automationRole.arn],
        InstanceId: [inputs.instanceId],
        LaunchConfigPrefix: [inputs.prefix],
        AutoScalingGroupName: [inputs.autoScalingGroupName],
      }),
      retryPolicy: RETRY_POLICY,
    },
    // A rule that fires before both roles may act would fail for nothing. The rule itself waits for every checked value.
    { ...child, dependsOn: allowed },
  );
}

function roleArgs(
  inputs: CheckedInputs,
  named: "automationRole" | "eventsRole",
  trust: pulumi.Output<TrustPolicy>,
) {
  return {
    name: inputs.names[named],
    path: inputs.rolePath,
    permissionsBoundary: inputs.permissionsBoundaryArn,
    assumeRolePolicy: pulumi.jsonStringify(trust),
    tags: inputs.tags,
  };
}
