import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "./inputs/checkInputs";
import { automationDefinitionArn } from "./permissions/arns";
import { writePolicy } from "./permissions/policy";
import { startStatements } from "./permissions/start";
import { trustRule } from "./permissions/trust";
import { Place } from "./place";
import { CreatedRole, createRole } from "./role";
import { Runbook } from "./runbook";

/** EventBridge gives up after this: a run that starts hours late would be a surprise. */
const RETRY_POLICY = { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3600 };

export interface ScheduleArgs {
  /** The component's name, which its children's names begin with. */
  readonly component: string;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** The runbooks that it starts, by what their targets are called. */
  readonly runbooks: Readonly<Record<string, Runbook>>;
  /** What must be there before anything fires: known when every input has passed its check. */
  readonly after: pulumi.Output<pulumi.Resource[]>;
}

/** The rule that starts the runbooks, and the role with which EventBridge starts them. */
export class Schedule extends pulumi.ComponentResource {
  readonly ruleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: ScheduleArgs, opts: pulumi.ComponentResourceOptions) {
    super("ami-refresh:index:Schedule", name, {}, opts);
    const { component, inputs, place, runbooks } = args;
    const child = { parent: this };
    const rule = new cloudwatch.EventRule(
      name,
      {
        name: inputs.names.rule,
        description: "Starts the ami-refresh runbooks",
        scheduleExpression: inputs.cron,
        state: inputs.enabled.apply((enabled) => (enabled ? "ENABLED" : "DISABLED")),
        tags: inputs.tags,
      },
      { ...child, dependsOn: args.after },
    );
    const role = createRole(
      `${component}-events-role`,
      {
        inputs,
        place,
        name: inputs.names.eventsRole,
        description: "EventBridge starts the ami-refresh runbooks with it",
        trust: pulumi
          .all([place, rule.arn])
          .apply(([{ accountId }, ruleArn]) => trustRule(accountId, ruleArn)),
      },
      child,
    );
    const policy = new iam.RolePolicy(
      `${component}-events-policy`,
      {
        name: inputs.names.eventsPolicy,
        role: role.name,
        policy: pulumi
          .all([place, pulumi.output(Object.values(runbooks).map((runbook) => runbook.started()))])
          .apply(([place, started]) =>
            writePolicy("events", "the runbooks that it starts", startStatements(place, started)),
          ),
      },
      child,
    );
    for (const [target, runbook] of Object.entries(runbooks)) {
      // A rule that fires before its role may start anything would fail for nothing.
      createTarget(args, { target, runbook, rule, role }, { ...child, dependsOn: [policy] });
    }
    this.ruleName = rule.name;
    this.roleArn = role.arn;
    this.registerOutputs();
  }
}

interface Target {
  readonly target: string;
  readonly runbook: Runbook;
  readonly rule: cloudwatch.EventRule;
  readonly role: CreatedRole;
}

function createTarget(
  { component, inputs, place }: ScheduleArgs,
  { target, runbook, rule, role }: Target,
  opts: pulumi.CustomResourceOptions,
): void {
  new cloudwatch.EventTarget(
    `${component}-${target}-target`,
    {
      rule: rule.name,
      targetId: target,
      arn: pulumi
        .all([place, runbook.documentName])
        .apply(([place, name]) => automationDefinitionArn(place, name)),
      roleArn: role.arn,
      // Automation takes every parameter as a list of strings. Everything else is a default in the document.
      input: pulumi.jsonStringify({
        AutomationAssumeRole: [runbook.roleArn],
        InstanceId: [inputs.instanceId],
        LaunchConfigPrefix: [inputs.prefix],
        AutoScalingGroupName: [inputs.autoScalingGroupName],
      }),
      retryPolicy: RETRY_POLICY,
    },
    opts,
  );
}
