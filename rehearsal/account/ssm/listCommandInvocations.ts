import { operation } from "../operation";
import { boolean, string, structure } from "../parameters";

interface ListCommandInvocationsRequest {
  CommandId?: string;
  Details?: boolean;
}

/** The one that each document has here. */
export const PLUGIN = "runCommand";

const api = "ListCommandInvocations";

/** Of each document one plugin, whose output is there when it has ended. */
export const listCommandInvocations = operation<ListCommandInvocationsRequest>({
  api,
  input: structure({ CommandId: string({ min: 36, max: 36 }), Details: boolean() }),
  demands: () => [{ action: `ssm:${api}`, resource: "*", context: {} }],
  perform: ({ ssm }, { CommandId: id, Details: details = false }) => ({
    CommandInvocations: ssm.runCommand
      .shown()
      .filter(({ CommandId }) => id === undefined || CommandId === id)
      .map(({ CommandId, DocumentName, Comment, InstanceIds, RequestedDateTime, Status, StatusDetails }) => ({
        CommandId,
        DocumentName,
        Comment,
        InstanceId: InstanceIds[0],
        RequestedDateTime,
        Status,
        StatusDetails,
        CommandPlugins: details
          ? [{ Name: PLUGIN, Status, StatusDetails, Output: ssm.runCommand.said(CommandId).listed }]
          : [],
      })),
  }),
});
