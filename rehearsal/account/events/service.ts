import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { disableRule } from "./disableRule";

export const eventsService: Service = {
  name: "events",
  operations: [disableRule],
  denial: (...denied) => new AwsError("AccessDeniedException", notAuthorized(...denied)),
};
