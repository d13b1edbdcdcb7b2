import { AwsError } from "../errors";
import type { AccountState } from "../state";
import type { Schedule } from "./schedule";

export interface ScheduleRequest {
  GroupName?: string;
  Name: string;
}

export function requireSchedule({ scheduler }: AccountState, request: ScheduleRequest): Schedule {
  const found = scheduler.schedules.get(nameOf(request));
  if (found === undefined) {
    throw new AwsError("ResourceNotFoundException", `Schedule ${request.Name} does not exist.`, 404);
  }
  return found;
}

export function scheduleArn({ place }: AccountState, request: ScheduleRequest): string {
  const { partition, region, accountId } = place;
  return `arn:${partition}:scheduler:${region}:${accountId}:schedule/${nameOf(request)}`;
}

function nameOf({ GroupName: group = "default", Name: name }: ScheduleRequest): string {
  return `${group}/${name}`;
}
