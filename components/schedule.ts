import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { ruleMetrics, StartMetrics } from "./notices/startMetrics";
import { automationDefinitionArn } from "./permissions/arns";
import { pauseRule } from "./permissions/pause";
import { Statement, writePolicy } from "./permissions/policy";
import { startStatements } from "./permissions/start";
import { trustRule } from "./permissions/trust";
import { CreatedRole, createRole } from "./role";
import { RETRY_POLICY, Started, startParameters, Starts, StartsArgs } from "./starts";

export interface ScheduleArgs extends StartsArgs {
  /** The names that were given. */
  readonly names: ScheduleNames;
  /** Where starts go that come to nothing; nowhere where something else notices. */
  readonly deadLetters?: DeadLetters;
}

export interface ScheduleNames {
  readonly rule: pulumi.Input<string> | undefined;
  readonly role: pulumi.Input<string> | undefined;
  readonly policy: pulumi.Input<string> | undefined;
}

/** A queue, and what lets the rule, and nothing else, fill it. */
export interface DeadLetters {
  readonly queueArn: pulumi.Output<string>;
  readonly allow: (rule: cloudwatch.EventRule) => pulumi.Resource;
}

/** The rule that starts runbooks, and the role with which EventBridge starts them. */
export class Schedule extends pulumi.ComponentResource implements Starts {
  readonly ruleName: pulumi.Output<string>;
  readonly scheduleGroupName = undefined;
  readonly roleArn: pulumi.Output<string>;
  readonly paused: pulumi.Output<string>;
  readonly pauseStatements: pulumi.Output<Statement[]>;
  readonly metrics: pulumi.Output<StartMetrics>;

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
        state: pulumi.output(args.enabled).apply((enabled) => (enabled ? "ENABLED" : "DISABLED")),
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
          .all([place, pulumi.output(Object.values(targets).map(({ runbook }) => runbook.started))])
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
    this.roleArn = role.arn;
    this.paused = rule.name;
    this.pauseStatements = rule.arn.apply(pauseRule);
    this.metrics = rule.name.apply(ruleMetrics);
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
  { target, started, rule, role }: Target,
  opts: pulumi.CustomResourceOptions,
): void {
  new cloudwatch.EventTarget(
    `${prefix}-${target}-target`,
    {
      rule: rule.name,
      targetId: target,
      arn: pulumi
        .all([place, started.runbook.documentName])
        .apply(([place, name]) => automationDefinitionArn(place, name)),
      roleArn: role.arn,
      input: pulumi.jsonStringify(startParameters(started)),
      retryPolicy: RETRY_POLICY,
      deadLetterConfig: deadLetters && { arn: deadLetters.queueArn },
    },
    opts,
  );
}
