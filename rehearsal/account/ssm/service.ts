import { constraintReport } from "../constraints";
import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { cancelCommand } from "./cancelCommand";
import { describeAutomationExecutions } from "./describeAutomationExecutions";
import { describeInstanceInformation } from "./describeInstanceInformation";
import { getAutomationExecution } from "./getAutomationExecution";
import { getCommandInvocation } from "./getCommandInvocation";
import { getParameter } from "./getParameter";
import { listCommandInvocations } from "./listCommandInvocations";
import { listCommands } from "./listCommands";
import { putParameter } from "./putParameter";
import { sendCommand } from "./sendCommand";

export const ssmService: Service = {
  name: "ssm",
  operations: [
    cancelCommand,
    describeAutomationExecutions,
    describeInstanceInformation,
    getAutomationExecution,
    getCommandInvocation,
    getParameter,
    listCommandInvocations,
    listCommands,
    putParameter,
    sendCommand,
  ],
  denial: (...denied) => new AwsError("AccessDeniedException", notAuthorized(...denied)),
  checkConstraints: (input, params) => {
    const report = constraintReport(input, params);
    if (report !== undefined) {
      throw new AwsError("ValidationException", report);
    }
  },
};
