import * as iam from "@pulumi/aws/iam";
import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";
import { scheduleGroupMetrics, StartMetrics } from "./notices/startMetrics";
import { scheduleArn } from "./permissions/arns";
import { pauseSchedule } from "./permissions/pause";
import { Statement, writePolicy } from "./permissions/policy";
import { sendStatements, startStatements } from "./permissions/start";
import { trustScheduleGroup } from "./permissions/trust";
import { createRole } from "./role";
import { RETRY_POLICY, Started, startParameters, Starts, StartsArgs } from "./starts";

export interface LocalScheduleArgs extends StartsArgs {
  /** The names that were given. */
  readonly names: LocalScheduleNames;
  /** The zone that the expression is in. */
  readonly timeZone: string;
  /** Within how many minutes after its time a run starts; on the minute where nothing is given. */
  readonly flexibleWindowMinutes: pulumi.Input<number> | undefined;
  /** The target of which a roll-out switches the schedule off. */
  readonly paused: string;
  /** The queue for starts that come to nothing. Scheduler fills it with the role. */
  readonly deadLetterQueueArn: pulumi.Output<string>;
}

export interface LocalScheduleNames {
  readonly group: pulumi.Input<string> | undefined;
  readonly role: pulumi.Input<string> | undefined;
  readonly policy: pulumi.Input<string> | undefined;
}

/** The schedules that start runbooks at a local time, one for each, and the role with which Scheduler starts them. */
export class LocalSchedule extends pulumi.ComponentResource implements Starts {
  readonly ruleName = undefined;
  readonly scheduleGroupName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly paused: pulumi.Output<string>;
  readonly pauseStatements: pulumi.Output<Statement[]>;
  readonly metrics: pulumi.Output<StartMetrics>;

  constructor(name: string, args: LocalScheduleArgs, opts: pulumi.ComponentResourceOptions) {
    super("ami-refresh:index:LocalSchedule", name, {}, opts);
    const { prefix, inputs, place, names, targets } = args;
    const child = { parent: this };
    // A group of its own: it is what the role trusts, and what CloudWatch counts by.
    const group = new scheduler.ScheduleGroup(
      `${prefix}-schedule-group`,
      { name: names.group, tags: inputs.tags },
      { ...child, dependsOn: args.passed.apply(() => []) },
    );
    const role = createRole(
      `${prefix}-scheduler-role`,
      {
        inputs,
        place,
        name: names.role,
        description: "EventBridge Scheduler starts the ami-refresh runbooks with it",
        trust: pulumi
          .all([place, group.arn])
          .apply(([{ accountId }, groupArn]) => trustScheduleGroup(accountId, groupArn)),
      },
      child,
    );
    const started = pulumi.output(Object.values(targets).map(({ runbook }) => runbook.started));
    const policy = new iam.RolePolicy(
      `${prefix}-scheduler-policy`,
      {
        name: names.policy,
        role: role.name,
        policy: pulumi
          .all([place, started, args.deadLetterQueueArn])
          .apply(([place, started, queueArn]) =>
            writePolicy("scheduler", "the runbooks that it starts", [
              ...startStatements(place, started),
              ...sendStatements(queueArn),
            ]),
          ),
      },
      child,
    );
    for (const [target, started] of Object.entries(targets)) {
      // A schedule that fires before its role may start anything would fail for nothing.
      const dependsOn = [...args.after, policy];
      createSchedule(args, { target, started, group, roleArn: role.arn }, { ...child, dependsOn });
    }
    this.scheduleGroupName = group.name;
    this.roleArn = role.arn;
    this.paused = pulumi.interpolate`${group.name}/${args.paused}`;
    this.pauseStatements = pulumi
      .all([place, this.paused, role.arn])
      .apply(([place, paused, roleArn]) => pauseSchedule(place, scheduleArn(place, paused), roleArn));
    this.metrics = group.name.apply(scheduleGroupMetrics);
    this.registerOutputs();
  }
}

interface Target {
  readonly target: string;
  readonly started: Started;
  readonly group: scheduler.ScheduleGroup;
  readonly roleArn: pulumi.Output<string>;
}

function createSchedule(args: LocalScheduleArgs, made: Target, opts: pulumi.CustomResourceOptions): void {
  const { target, started, group, roleArn } = made;
  new scheduler.Schedule(
    `${args.prefix}-${target}-schedule`,
    {
      // In a group of its own it needs no other name, and a roll-out knows it before it is there.
      name: target,
      groupName: group.name,
      description: args.description,
      scheduleExpression: args.expression,
      scheduleExpressionTimezone: args.timeZone,
      flexibleTimeWindow:
        args.flexibleWindowMinutes === undefined
          ? { mode: "OFF" }
          : { mode: "FLEXIBLE", maximumWindowInMinutes: args.flexibleWindowMinutes },
      state: pulumi.output(args.enabled).apply((enabled) => (enabled ? "ENABLED" : "DISABLED")),
      target: {
        // Automation is none of Scheduler's own targets: this one is any call of AWS's.
        arn: args.place.apply(
          ({ partition }) => `arn:${partition}:scheduler:::aws-sdk:ssm:startAutomationExecution`,
        ),
        roleArn,
        input: pulumi.jsonStringify({
          DocumentName: started.runbook.documentName,
          DocumentVersion: "$DEFAULT",
          Parameters: startParameters(started),
        }),
        retryPolicy: RETRY_POLICY,
        deadLetterConfig: { arn: args.deadLetterQueueArn },
      },
    },
    opts,
  );
}
