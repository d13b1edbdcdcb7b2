import { type Demand, operation } from "../operation";
import { string, structure } from "../parameters";
import { requireSchedule, scheduleArn, type ScheduleRequest } from "./request";
import type { Schedule } from "./schedule";
import { flexibleTimeWindow, scheduleName, target } from "./shapes";

const api = "UpdateSchedule";

type UpdateRequest = ScheduleRequest &
  Pick<Schedule, "Description" | "ScheduleExpression" | "FlexibleTimeWindow" | "Target"> &
  Partial<Pick<Schedule, "ScheduleExpressionTimezone" | "State">>;

/** Every member that is left out goes back to its default. */
export const updateSchedule = operation<UpdateRequest>({
  api,
  input: structure(
    {
      GroupName: scheduleName,
      Name: scheduleName,
      Description: string({ max: 512 }),
      ScheduleExpression: string({ min: 1, max: 256 }),
      ScheduleExpressionTimezone: string({ min: 1, max: 50 }),
      State: string({ enum: ["ENABLED", "DISABLED"] }),
      FlexibleTimeWindow: flexibleTimeWindow,
      Target: target,
    },
    ["Name", "ScheduleExpression", "FlexibleTimeWindow", "Target"],
  ),
  demands: (account, request): Demand[] => [
    { action: `scheduler:${api}`, resource: scheduleArn(account, request), context: {} },
    {
      action: "iam:PassRole",
      resource: request.Target.RoleArn,
      context: { "iam:PassedToService": "scheduler.amazonaws.com" },
    },
  ],
  perform: (account, request) => {
    const { Arn: arn, GroupName: group } = requireSchedule(account, request);
    account.scheduler.put({
      ScheduleExpressionTimezone: "UTC",
      State: "ENABLED",
      ...request,
      Arn: arn,
      GroupName: group,
    });
    return { ScheduleArn: arn };
  },
});
