import { GetScheduleCommand, type GetScheduleOutput, type SchedulerClient } from "@aws-sdk/client-scheduler";
import { lookFor } from "../look";
import type { Rule } from "./rule";

/** The schedules of a stack's group that there are. Nothing where the first, of create-image, does not exist. */
export async function readSchedules(
  scheduler: SchedulerClient,
  group: string,
  names: readonly string[],
): Promise<Rule | undefined> {
  const found = await Promise.all(names.map((name) => readSchedule(scheduler, group, name)));
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    enabled: first.State !== "DISABLED",
    scheduleExpression: first.ScheduleExpression ?? "",
    timeZone: first.ScheduleExpressionTimezone,
    targets: found.flatMap((schedule) => readDocumentName(schedule?.Target?.Input) ?? []),
  };
}

function readSchedule(
  scheduler: SchedulerClient,
  group: string,
  name: string,
): Promise<GetScheduleOutput | undefined> {
  return lookFor(
    { what: `Schedule ${group}/${name}`, permission: "scheduler:GetSchedule" },
    /^ResourceNotFoundException$/,
    () => scheduler.send(new GetScheduleCommand({ GroupName: group, Name: name })),
  );
}

/** The runbook that a schedule starts; nothing where somebody changed the input into something else. */
function readDocumentName(input = ""): string | undefined {
  return /"DocumentName":\s*"([\w.-]+)"/.exec(input)?.[1];
}
