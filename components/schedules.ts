import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { LocalSchedule } from "./localSchedule";
import { createDeadLetterQueue, letRuleSend } from "./notices/deadLetters";
import { Parts } from "./runbooks";
import { Runbook } from "./runbook";
import { Schedule } from "./schedule";
import { Starts, StartsArgs } from "./starts";

// The two schedules: what the user's cron expression starts, and what is started once a day.

/** What they wait for before anything fires. */
type ScheduleParts = Parts & {
  readonly passed: pulumi.Output<unknown>;
  readonly after: pulumi.Resource[];
};

/** What starts at the cron expression's times, and the queue for what could not be started. */
export interface RefreshSchedule {
  readonly starts: Starts;
  readonly deadLetterQueue: sqs.Queue;
}

/** Starts create-image, and retire where there is one, as the cron expression says: in UTC by a rule, or in a time zone. */
export function scheduleRefresh(
  { component, name, inputs, place, passed, after }: ScheduleParts,
  createImage: Runbook,
  retire: Runbook | undefined,
): RefreshSchedule {
  const child = { parent: component };
  const deadLetterQueue = createDeadLetterQueue(name, inputs, child);
  const parameters = {
    InstanceId: inputs.instanceId,
    LaunchConfigPrefix: inputs.prefix,
    AutoScalingGroupName: inputs.autoScalingGroupName,
  };
  const args: StartsArgs = {
    prefix: name,
    inputs,
    place,
    description: "Starts the ami-refresh runbooks",
    expression: inputs.cron,
    enabled: inputs.enabled,
    targets: {
      "create-image": { runbook: createImage, parameters },
      ...(retire === undefined ? {} : { retire: { runbook: retire, parameters } }),
    },
    passed,
    after,
  };
  const starts =
    inputs.timeZone === undefined
      ? startInUtc(args, deadLetterQueue, child)
      : startInZone(args, inputs.timeZone, deadLetterQueue, child);
  return { starts, deadLetterQueue };
}

function startInUtc(args: StartsArgs, queue: sqs.Queue, opts: pulumi.ComponentResourceOptions): Starts {
  const { rule, eventsRole, eventsPolicy } = args.inputs.names;
  return new Schedule(
    `${args.prefix}-schedule`,
    {
      ...args,
      names: { rule, role: eventsRole, policy: eventsPolicy },
      deadLetters: {
        queueArn: queue.arn,
        allow: (rule) => letRuleSend(args.prefix, { queue, rule }, opts),
      },
    },
    opts,
  );
}

function startInZone(
  args: StartsArgs,
  timeZone: string,
  queue: sqs.Queue,
  opts: pulumi.ComponentResourceOptions,
): Starts {
  const { scheduleGroup, schedulerRole, schedulerPolicy } = args.inputs.names;
  return new LocalSchedule(
    `${args.prefix}-local-schedule`,
    {
      ...args,
      names: { group: scheduleGroup, role: schedulerRole, policy: schedulerPolicy },
      timeZone,
      flexibleWindowMinutes: args.inputs.flexibleWindowMinutes,
      // It makes the images; without new ones nothing rolls forward, and retire finds nothing more to delete.
      paused: "create-image",
      deadLetterQueueArn: queue.arn,
    },
    opts,
  );
}

/** Starts watch once a day, also where the other schedule is off. Where it is never started, an alarm says so. */
export function scheduleWatch(
  { component, name, inputs, place, passed, after }: ScheduleParts,
  watch: Runbook,
): Schedule {
  const { watchRule, watchEventsRole, watchEventsPolicy } = inputs.names;
  return new Schedule(
    `${name}-watch-schedule`,
    {
      prefix: `${name}-watch`,
      inputs,
      place,
      names: { rule: watchRule, role: watchEventsRole, policy: watchEventsPolicy },
      description: "Starts the ami-refresh runbook that measures",
      expression: "rate(1 day)",
      enabled: true,
      targets: {
        measure: { runbook: watch, parameters: { AutoScalingGroupName: inputs.autoScalingGroupName } },
      },
      passed,
      after,
    },
    { parent: component },
  );
}
