import { NotModelled } from "../../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";

interface ListCommandsRequest {
  CommandId?: string;
  InstanceId?: string;
  Filters?: { key: string; value: string }[];
}

const api = "ListCommands";

/** All on one page: one machine is not sent fifty commands between two nights. */
export const listCommands = operation<ListCommandsRequest>({
  api,
  input: structure({
    CommandId: string({ min: 36, max: 36 }),
    InstanceId: string(),
    Filters: list(structure({ key: string(), value: string({ min: 1 }) }, ["key", "value"]), {
      min: 1,
      max: 5,
    }),
  }),
  demands: () => [{ action: `ssm:${api}`, resource: "*", context: {} }],
  perform: ({ ssm }, { CommandId: id, InstanceId: instanceId, Filters: filters = [] }) => {
    const tests = filters.map(({ key, value }) => {
      if (key !== "InvokedAfter") {
        throw new NotModelled(`The rehearsal does not model ssm:${api} Filters "${key}".`);
      }
      return new Date(value);
    });
    const found = ssm.runCommand
      .shown()
      .filter(({ CommandId }) => id === undefined || CommandId === id)
      .filter(({ InstanceIds }) => instanceId === undefined || InstanceIds.includes(instanceId))
      .filter(({ RequestedDateTime }) => tests.every((after) => RequestedDateTime >= after));
    return { Commands: found };
  },
});
