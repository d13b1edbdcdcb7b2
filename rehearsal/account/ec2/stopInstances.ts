import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import { requireInstances } from "./instances";
import { stopMachine } from "./power";
import { instanceResource } from "./resources";

const api = "StopInstances";

export const stopInstances = operation<{ InstanceIds: string[] }>({
  api,
  input: structure({ InstanceIds: list(string()) }, ["InstanceIds"]),
  demands: (account, { InstanceIds: ids }) =>
    ids.map((id) => ({ action: `ec2:${api}`, ...instanceResource(account, id) })),
  perform: (account, { InstanceIds: ids }) => ({
    StoppingInstances: requireInstances(account, ids).map((record) => stopMachine(account, record)),
  }),
});
