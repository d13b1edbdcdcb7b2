import type { Account } from "./aws/account";
import type { Image } from "./aws/ec2/shapes";
import type { Night } from "./nights";

/** One thing that must hold, and what was found. */
export interface Check {
  check: string;
  ok: boolean;
  detail: string;
}

/** The configured names that the verification goes by. */
export interface Configured {
  instanceId: string;
  autoScalingGroupName: string;
  prefix: string;
}

/**
 * The article's verification of one night, computed from the account and not from the run's word: the image
 * `<instance>_<date>` exists, the launch configuration `<prefix>_<date>` names it, the group refers to that, and every
 * step succeeded.
 */
export function verifyNight(account: Account, night: Night, configured: Configured): Check[] {
  const image = imageOf(account, night, configured);
  const suffix = image?.Name.slice(configured.instanceId.length + 1) ?? night.startedAt.slice(0, 10);
  return [
    imageIsAvailable(image, `${configured.instanceId}_${suffix}`),
    launchConfigurationNamesIt(account, image, `${configured.prefix}_${suffix}`),
    groupRefersToIt(account, configured.autoScalingGroupName, `${configured.prefix}_${suffix}`),
    everyStepSucceeded(night),
  ];
}

/** The image that was made of the golden instance in this night, under a name of the article's form. */
function imageOf(account: Account, night: Night, { instanceId }: Configured): Image | undefined {
  return account.ec2.allImages().find((image) => {
    const date = image.CreationDate.slice(0, 10);
    const name = image.Name.startsWith(`${instanceId}_${date}`)
      ? image.Name.slice(instanceId.length + 11)
      : undefined;
    return (
      image.SourceInstanceId === instanceId &&
      name !== undefined &&
      /^(_\d\d\.\d\d\.\d\d)?$/.test(name) &&
      image.CreationDate >= night.startedAt &&
      image.CreationDate <= night.endedAt
    );
  });
}

function imageIsAvailable(image: Image | undefined, name: string): Check {
  const check = `image ${name} is available`;
  return image === undefined
    ? { check, ok: false, detail: "no such image was made" }
    : { check, ok: image.State === "available", detail: `${image.ImageId} is ${image.State}` };
}

function launchConfigurationNamesIt(account: Account, image: Image | undefined, name: string): Check {
  const check = `launch configuration ${name} names it`;
  const found = account.autoscaling.launchConfigurations.get(name);
  return found === undefined
    ? { check, ok: false, detail: "there is no such launch configuration" }
    : { check, ok: found.ImageId === image?.ImageId, detail: `it names ${found.ImageId}` };
}

function groupRefersToIt(account: Account, groupName: string, name: string): Check {
  const check = `group ${groupName} refers to ${name}`;
  const group = account.autoscaling.groups.get(groupName);
  return group === undefined
    ? { check, ok: false, detail: "there is no such group" }
    : {
        check,
        ok: group.LaunchConfigurationName === name,
        detail: `it refers to ${group.LaunchConfigurationName ?? "no launch configuration"}`,
      };
}

function everyStepSucceeded(night: Night): Check {
  const failed = night.steps.filter(({ status }) => status !== "Success");
  const ok = night.status === "Success" && failed.length === 0 && night.steps.length > 0;
  const detail = ok
    ? `${night.steps.length} steps of execution ${night.executionId}`
    : `the run is ${night.status}${failed.length > 0 ? `, ${failed.map(({ name }) => name).join(", ")} failed` : ""}`;
  return { check: "every step succeeded", ok, detail };
}
