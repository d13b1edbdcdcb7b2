import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";
import { PLUGIN } from "./listCommandInvocations";

interface GetCommandInvocationRequest {
  CommandId: string;
  InstanceId: string;
  PluginName?: string;
}

const api = "GetCommandInvocation";
const [OUTPUT_MAX, ERROR_MAX] = [24_000, 8000];

/** What one plugin of a command said. */
export const getCommandInvocation = operation<GetCommandInvocationRequest>({
  api,
  input: structure(
    { CommandId: string({ min: 36, max: 36 }), InstanceId: string(), PluginName: string({ min: 4 }) },
    ["CommandId", "InstanceId"],
  ),
  demands: () => [{ action: `ssm:${api}`, resource: "*", context: {} }],
  perform: ({ ssm }, { CommandId, InstanceId, PluginName = PLUGIN }) => {
    const found = ssm.runCommand
      .shown()
      .find((one) => one.CommandId === CommandId && one.InstanceIds.includes(InstanceId));
    if (found === undefined) {
      throw new AwsError("InvocationDoesNotExist", "The command and the instance match no invocation.");
    }
    if (PluginName !== PLUGIN) {
      throw new AwsError("InvalidPluginName", "The plugin name isn't valid.");
    }
    const { DocumentName, Comment, Status, StatusDetails } = found;
    const { output, error } = ssm.runCommand.said(CommandId);
    return {
      CommandId,
      InstanceId,
      DocumentName,
      Comment,
      PluginName,
      Status,
      StatusDetails,
      StandardOutputContent: output.slice(0, OUTPUT_MAX),
      StandardErrorContent: error.slice(0, ERROR_MAX),
    };
  },
});
