import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";

const api = "CancelCommand";

export const cancelCommand = operation<{ CommandId: string }>({
  api,
  input: structure({ CommandId: string({ min: 36, max: 36 }) }, ["CommandId"]),
  // AWS gives it no resource level.
  demands: () => [{ action: `ssm:${api}`, resource: "*", context: {} }],
  perform: ({ ssm }, { CommandId: id }) => {
    if (!ssm.runCommand.cancel(id)) {
      throw new AwsError("InvalidCommandId", "The specified command ID isn't valid.");
    }
    return {};
  },
});
