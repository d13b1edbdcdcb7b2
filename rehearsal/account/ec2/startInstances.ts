import { decide } from "../authorization";
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
    ids.map((id) => ({ action: `ec2:${api}`, ...instanceResource(account, id) })),
  perform: (account, { InstanceIds: ids }, caller) => ({
    StartingInstances: requireInstances(account, ids).map((record) => {
      const mayUseKeys = grantDemands(account, record).every(
        (demand) => decide(account.place, caller, demand) === "allowed",
      );
      return startMachine(account, record, mayUseKeys);
    }),
  }),
});

/**
 * Who starts an instance lets EC2 use the customer managed keys of its volumes. Without, the call is answered as ever, and the
 * instance is stopped again. https://repost.aws/knowledge-center/kms-iam-ec2-permission
 */
function grantDemands({ kms, place }: AccountState, record: InstanceRecord): Demand[] {
  const keys = [...record.volumes.values()].flatMap(({ KmsKeyId }) => KmsKeyId ?? []);
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
