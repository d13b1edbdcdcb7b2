import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { describeKey } from "./describeKey";

export const kmsService: Service = {
  name: "kms",
  operations: [describeKey],
  denial: (...denied) => new AwsError("AccessDeniedException", notAuthorized(...denied)),
};
