import { operation } from "../operation";
import { structure } from "../parameters";
import { requireSchedule, scheduleArn, type ScheduleRequest } from "./request";
import { scheduleName } from "./shapes";

const api = "GetSchedule";

export const getSchedule = operation<ScheduleRequest>({
  api,
  input: structure({ GroupName: scheduleName, Name: scheduleName }, ["Name"]),
  demands: (account, request) => [
    { action: `scheduler:${api}`, resource: scheduleArn(account, request), context: {} },
  ],
  perform: (account, request) => requireSchedule(account, request),
});
