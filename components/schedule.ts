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
  /** What the names of its children begin with. */
  readonly prefix: string;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** The names that were given. */
  readonly names: ScheduleNames;
  readonly description: string;
  readonly expression: pulumi.Input<string>;
  readonly enabled: pulumi.Output<boolean>;
  /** The runbooks that it starts, by what their targets are called. */
  readonly targets: Readonly<Record<string, Started>>;
  /** Known when every input has passed its check. */
  readonly passed: pulumi.Output<unknown>;
  /** What must be there before anything fires. A roll-out names the rule, so that the rule cannot wait for these. */
  readonly after: pulumi.Resource[];
  /** Where starts go that come to nothing; nowhere where something else notices. */
  readonly deadLetters?: DeadLetters;
}

export interface ScheduleNames {
  readonly rule: pulumi.Output<string> | undefined;
  readonly role: pulumi.Output<string> | undefined;
  readonly policy: pulumi.Output<string> | undefined;
}

/** A runbook, and the parameters that it is started with; everything else is a default in the document. */
export interface Started {
  readonly runbook: Runbook;
  readonly parameters: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A queue, and what lets the rule, and nothing else, fill it. */
export interface DeadLetters {
  readonly queueArn: pulumi.Output<string>;
  readonly allow: (rule: cloudwatch.EventRule) => pulumi.Resource;
}

/** The rule that starts runbooks, and the role with which EventBridge starts them. */
export class Schedule extends pulumi.ComponentResource {
  readonly ruleName: pulumi.Output<string>;
  readonly ruleArn: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: ScheduleArgs, opts: pulumi.ComponentResourceOptions) {
    super("ami-refresh:index:Schedule", name, {}, opts);
    const { prefix, inputs, place, names, targets } = args;
    const child = { parent: this };
    const rule = new cloudwatch.EventRule(
      name,
      {
        name: names.rule,
        description: args.description,
        scheduleExpression: args.expression,
        state: args.enabled.apply((enabled) => (enabled ? "ENABLED" : "DISABLED")),
        tags: inputs.tags,
      },
      { ...child, dependsOn: args.passed.apply(() => []) },
    );
    const role = createRole(
      `${prefix}-events-role`,
      {
        inputs,
        place,
        name: names.role,
        description: "EventBridge starts the ami-refresh runbooks with it",
        trust: pulumi
          .all([place, rule.arn])
          .apply(([{ accountId }, ruleArn]) => trustRule(accountId, ruleArn)),
      },
      child,
    );
    const policy = new iam.RolePolicy(
      `${prefix}-events-policy`,
      {
        name: names.policy,
        role: role.name,
        policy: pulumi
          .all([place, pulumi.output(Object.values(targets).map(({ runbook }) => runbook.started()))])
          .apply(([place, started]) =>
            writePolicy("events", "the runbooks that it starts", startStatements(place, started)),
          ),
      },
      child,
    );
    const mayKeep = args.deadLetters?.allow(rule);
    for (const [target, started] of Object.entries(targets)) {
      // A rule that fires before its role may start anything would fail for nothing, and before it has a queue unheard.
      const dependsOn = [...args.after, policy, ...(mayKeep === undefined ? [] : [mayKeep])];
      createTarget(args, { target, started, rule, role }, { ...child, dependsOn });
    }
    this.ruleName = rule.name;
    this.ruleArn = rule.arn;
    this.roleArn = role.arn;
    this.registerOutputs();
  }
}

interface Target {
  readonly target: string;
  readonly started: Started;
  readonly rule: cloudwatch.EventRule;
  readonly role: CreatedRole;
}

function createTarget(
  { prefix, place, deadLetters }: ScheduleArgs,
  { target, started: { runbook, parameters }, rule, role }: Target,
  opts: pulumi.CustomResourceOptions,
): void {
  const given = { AutomationAssumeRole: runbook.roleArn, ...parameters };
  new cloudwatch.EventTarget(
    `${prefix}-${target}-target`,
    {
      rule: rule.name,
      targetId: target,
      arn: pulumi
        .all([place, runbook.documentName])
        .apply(([place, name]) => automationDefinitionArn(place, name)),
      roleArn: role.arn,
      // Automation takes every parameter as a list of strings.
      input: pulumi.jsonStringify(
        Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value]])),
      ),
      retryPolicy: RETRY_POLICY,
      deadLetterConfig: deadLetters && { arn: deadLetters.queueArn },
    },
    opts,
  );
}
