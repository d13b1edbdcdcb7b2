import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { putMetricData } from "./putMetricData";

export const cloudWatchService: Service = {
  name: "cloudwatch",
  operations: [putMetricData],
  denial: (...denied) => new AwsError("AccessDenied", notAuthorized(...denied), 403),
};
