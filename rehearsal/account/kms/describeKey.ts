import { NotModelled } from "../../errors";
import type { Place } from "../api";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";

export const describeKey = operation<{ KeyId: string }>({
  api: "DescribeKey",
  input: structure({ KeyId: string({ min: 1 }) }, ["KeyId"]),
  demands: ({ place }, { KeyId: keyId }) => [
    { action: "kms:DescribeKey", resource: keyArn(place, keyId), context: {} },
  ],
  perform: ({ kms, place }, { KeyId: keyId }) => {
    const arn = keyArn(place, keyId);
    const key = kms.keys.get(arn);
    if (!key) {
      throw new AwsError("NotFoundException", `Key '${arn}' does not exist`);
    }
    return { KeyMetadata: key };
  },
});

/** A key is named by its id or by its ARN; an alias would have to be looked up first. */
function keyArn({ partition, region, accountId }: Place, keyId: string): string {
  if (/^(arn:[^:]+:kms:[^:]+:[^:]+:)?alias\//.test(keyId)) {
    throw new NotModelled(`The rehearsal does not model kms:DescribeKey of the alias "${keyId}".`);
  }
  return keyId.startsWith("arn:") ? keyId : `arn:${partition}:kms:${region}:${accountId}:key/${keyId}`;
}
