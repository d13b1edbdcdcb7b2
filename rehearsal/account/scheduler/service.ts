import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { getSchedule } from "./getSchedule";
import { updateSchedule } from "./updateSchedule";

export const schedulerService: Service = {
  name: "scheduler",
  operations: [getSchedule, updateSchedule],
  denial: (...denied) => new AwsError("AccessDeniedException", notAuthorized(...denied), 403),
};
