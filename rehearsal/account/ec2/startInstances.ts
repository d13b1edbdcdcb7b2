import type { InstanceRecord } from "../ec2";
import { type Demand, operation } from "../operation";
import { list, string, structure } from "../parameters";
import type { AccountState } from "../state";
import { requireInstances } from "./instances";
import { startMachine } from "./power";
import { instanceResource } from "./resources";

const api = "StartInstances";

export const startInstances = operation<{ InstanceIds: string[] }>({
  api,
  input: structure({ InstanceIds: list(string()) }, ["InstanceIds"]),
  demands: (account, { InstanceIds: ids }) =>
    ids.flatMap((id) => [
      { action: `ec2:${api}`, ...instanceResource(account, id) },
      ...grantDemands(account, account.ec2.instances.get(id)),
    ]),
  perform: (account, { InstanceIds: ids }) => ({
    StartingInstances: requireInstances(account, ids).map((record) => startMachine(account, record)),
  }),
});

/** Who starts an instance lets EC2 use the customer managed keys of its volumes. AWS starts it and stops it again without. */
function grantDemands({ kms, place }: AccountState, record: InstanceRecord | undefined): Demand[] {
  const keys = [...(record?.volumes.values() ?? [])].flatMap(({ KmsKeyId }) => KmsKeyId ?? []);
  return [...new Set(keys)]
    .filter((arn) => kms.keys.get(arn)?.KeyManager === "CUSTOMER")
    .map((resource) => ({
      action: "kms:CreateGrant",
      resource,
      context: {
        "kms:GrantIsForAWSResource": true,
        "kms:ViaService": `ec2.${place.region}.amazonaws.com`,
      },
    }));
}
