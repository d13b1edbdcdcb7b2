import type { Account } from "../account";
import type { Place } from "../api";
import type { Context } from "../policyConditions";

/** An instance as policies see it: its ARN, and the condition keys that tell about it. */
export function instanceResource(
  account: Account,
  instanceId: string,
): { resource: string; context: Context } {
  const { partition, region, accountId } = account.place;
  return {
    resource: `arn:${partition}:ec2:${region}:${accountId}:instance/${instanceId}`,
    context: { "ec2:InstanceID": instanceId, ...instanceContext(account, instanceId) },
  };
}

function instanceContext({ ec2 }: Account, instanceId: string): Context {
  const instance = ec2.instances.get(instanceId)?.instance;
  if (!instance) {
    return {};
  }
  const tags = instance.Tags.flatMap(({ Key, Value }) => [
    [`aws:ResourceTag/${Key}`, Value],
    [`ec2:ResourceTag/${Key}`, Value],
  ]);
  return { "ec2:InstanceType": instance.InstanceType, ...Object.fromEntries(tags) };
}

/** The ARN of an image or a snapshot that does not exist yet. It names no account. */
export function newResource({ partition, region }: Place, kind: "image" | "snapshot"): string {
  return `arn:${partition}:ec2:${region}::${kind}/*`;
}
