import { constraintReport } from "../constraints";
import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { describeAutomationExecutions } from "./describeAutomationExecutions";
import { getAutomationExecution } from "./getAutomationExecution";
import { getParameter } from "./getParameter";
import { putParameter } from "./putParameter";

export const ssmService: Service = {
  name: "ssm",
  operations: [describeAutomationExecutions, getAutomationExecution, getParameter, putParameter],
  denial: (...denied) => new AwsError("AccessDeniedException", notAuthorized(...denied)),
  checkConstraints: (input, params) => {
    const report = constraintReport(input, params);
    if (report !== undefined) {
      throw new AwsError("ValidationException", report);
    }
  },
};
