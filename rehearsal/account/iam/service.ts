import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { getRole } from "./getRole";

export const iamService: Service = {
  name: "iam",
  operations: [getRole],
  denial: (...denied) => new AwsError("AccessDenied", notAuthorized(...denied), 403),
};
