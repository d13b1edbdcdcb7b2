import type { AccountState } from "../account/state";
import type { Image } from "../account/ec2/shapes";
import type { Run } from "../nights/run";
import type { Check } from "./check";
import { executionOf } from "./ours";

/** The image that a run made of the golden instance, under a name of the article's form. */
export function imageOf(account: AccountState, run: Run, instanceId: string): Image | undefined {
  return account.ec2.allImages().find((image) => {
    const date = image.CreationDate.slice(0, 10);
    const name = image.Name.startsWith(`${instanceId}_${date}`)
      ? image.Name.slice(instanceId.length + 11)
      : undefined;
    return (
      image.SourceInstanceId === instanceId &&
      executionOf(image) === run.executionId &&
      name !== undefined &&
      /^(_\d\d\.\d\d\.\d\d)?$/.test(name) &&
      image.CreationDate >= run.startedAt &&
      image.CreationDate <= run.endedAt
    );
  });
}

export function imageIsAvailable(image: Image | undefined, name: string): Check {
  const check = `image ${name} is available`;
  return image === undefined
    ? { check, ok: false, detail: "no such image was made" }
    : { check, ok: image.State === "available", detail: `${image.ImageId} is ${image.State}` };
}
