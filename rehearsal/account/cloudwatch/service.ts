import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { describeAlarms } from "./describeAlarms";
import { putMetricData } from "./putMetricData";

export const cloudWatchService: Service = {
  name: "cloudwatch",
  operations: [describeAlarms, putMetricData],
  denial: (...denied) => new AwsError("AccessDenied", notAuthorized(...denied), 403),
};
