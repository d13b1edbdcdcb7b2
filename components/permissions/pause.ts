import { Place } from "../place";
import { passedTo, Statement } from "./policy";

// What a roll-out needs to switch its schedule off, and nothing else of EventBridge's.

export function pauseRule(ruleArn: string): Statement[] {
  return [{ Sid: "SwitchTheScheduleOff", Effect: "Allow", Action: "events:DisableRule", Resource: ruleArn }];
}

/**
 * Scheduler has no call that switches a schedule off: it is read, and written as a whole, with the role that it starts runs with.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html
 */
export function pauseSchedule(place: Place, scheduleArn: string, roleArn: string): Statement[] {
  return [
    {
      Sid: "SwitchTheScheduleOff",
      Effect: "Allow",
      Action: ["scheduler:GetSchedule", "scheduler:UpdateSchedule"],
      Resource: scheduleArn,
    },
    {
      Sid: "WithItsRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roleArn,
      Condition: passedTo("scheduler", place.partition),
    },
  ];
}
