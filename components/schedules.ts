import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { createDeadLetterQueue, letRuleSend } from "./notices/deadLetters";
import { Parts } from "./runbooks";
import { Runbook } from "./runbook";
import { Schedule } from "./schedule";

// The two schedules: what the user's cron expression starts, and what is started once a day.

/** What they wait for before anything fires. */
type ScheduleParts = Parts & {
  readonly passed: pulumi.Output<unknown>;
  readonly after: pulumi.Resource[];
};

/** What the cron expression starts, and the queue for what could not be started. */
export interface RefreshSchedule {
  readonly schedule: Schedule;
  readonly deadLetterQueue: sqs.Queue;
}

/** Starts create-image, and retire where there is one, as the cron expression says. */
export function scheduleRefresh(
  { component, name, inputs, place, passed, after }: ScheduleParts,
  createImage: Runbook,
  retire: Runbook | undefined,
): RefreshSchedule {
  const child = { parent: component };
  const deadLetterQueue = createDeadLetterQueue(name, inputs, child);
  const { rule, eventsRole, eventsPolicy } = inputs.names;
  const parameters = {
    InstanceId: inputs.instanceId,
    LaunchConfigPrefix: inputs.prefix,
    AutoScalingGroupName: inputs.autoScalingGroupName,
  };
  const schedule = new Schedule(
    `${name}-schedule`,
    {
      prefix: name,
      inputs,
      place,
      names: { rule, role: eventsRole, policy: eventsPolicy },
      description: "Starts the ami-refresh runbooks",
      expression: inputs.cron,
      enabled: inputs.enabled,
      targets: {
        "create-image": { runbook: createImage, parameters },
        ...(retire === undefined ? {} : { retire: { runbook: retire, parameters } }),
      },
      passed,
      after,
      deadLetters: {
        queueArn: deadLetterQueue.arn,
        allow: (rule) => letRuleSend(name, { queue: deadLetterQueue, rule }, child),
      },
    },
    child,
  );
  return { schedule, deadLetterQueue };
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
      enabled: pulumi.output(true),
      targets: {
        measure: { runbook: watch, parameters: { AutoScalingGroupName: inputs.autoScalingGroupName } },
      },
      passed,
      after,
    },
    { parent: component },
  );
}
