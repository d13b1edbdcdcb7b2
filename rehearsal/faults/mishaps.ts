import type { AccountState } from "../account/state";
import { launchConfigurationArn } from "../account/autoscaling/arns";
import { resolveSpecification } from "../account/autoscaling/launchTemplateSpecification";
import type { AutoScalingGroup, LaunchConfiguration } from "../account/autoscaling/shapes";
import { templateParts } from "../account/autoscaling/templateLaunches";
import type { Ec2 } from "../account/ec2";
import { addLaunchTemplate } from "../account/world/launchTemplates";
import type { Scene } from "./fault";

/** The name of what ends a run. */
export const CANCELLED = "run-cancelled";

/** A run that has asked for its image, or not yet. */
export interface RunScene extends Scene {
  imageId?: string;
}

/** What happens to an image that is made meanwhile: changes of what the account does with new images. */
export const imageMishaps: Record<string, (ec2: Ec2) => void> = {
  "image-fails": (ec2) => {
    ec2.imageFailure = { Code: "Client.InternalError", Message: "Client error on image creation" };
  },
  "image-slow": (ec2) => {
    ec2.secondsToImage = () => 7 * 60 * 60;
  },
  "image-late": (ec2) => {
    ec2.visibleAfterSeconds = 120;
  },
};

/** Makes images as usual again after an act. */
export function withMishap<T>(ec2: Ec2, mishap: (ec2: Ec2) => void, act: () => T): T {
  const { imageFailure, secondsToImage, visibleAfterSeconds } = ec2;
  mishap(ec2);
  try {
    return act();
  } finally {
    Object.assign(ec2, { imageFailure, secondsToImage, visibleAfterSeconds });
  }
}

/** What happens at one moment of a run. Gives whether there was anything that it could happen to. */
export const mishaps: Record<string, (scene: RunScene) => boolean> = {
  /** Somebody deregisters the image that the run has made. */
  "image-vanishes": ({ account: { ec2 }, imageId = "" }) => {
    const image = ec2.image(imageId);
    ec2.removeImage(imageId);
    return image !== undefined;
  },
  /** Somebody terminates the golden instance. */
  "instance-terminated": ({ account, instanceId }) => terminate(account, instanceId),
  /** Somebody deletes the group, with everything that it has launched. */
  "group-deleted": ({ account, groupName }) => {
    const members = account.autoscaling.groups.get(groupName)?.Instances ?? [];
    members.forEach(({ InstanceId }) => terminate(account, InstanceId));
    return account.autoscaling.groups.delete(groupName);
  },
  /** Somebody lets the group launch from a copy of what it launches from, under another name. */
  "group-switched": ({ account, groupName }) => {
    const group = account.autoscaling.groups.get(groupName);
    if (group) {
      switchGroup(account, group);
    }
    return group !== undefined;
  },
  /** Somebody stops the run, which is no change of the account. */
  [CANCELLED]: () => true,
};

/** For about an hour EC2 still tells of an instance that was terminated; its volumes are gone at once. */
function terminate({ ec2 }: AccountState, instanceId: string): boolean {
  const record = ec2.instances.get(instanceId);
  if (!record) {
    return false;
  }
  record.instance.State = { Code: 48, Name: "terminated" };
  record.instance.BlockDeviceMappings = [];
  record.volumes.clear();
  return true;
}

function switchGroup(account: AccountState, group: AutoScalingGroup): void {
  const name = `${group.AutoScalingGroupName}-by-hand-${account.ids.uuid().slice(0, 8)}`;
  const configuration = account.autoscaling.launchConfigurations.get(group.LaunchConfigurationName ?? "");
  if (configuration) {
    group.LaunchConfigurationName = copyConfiguration(account, configuration, name);
    return;
  }
  const { LaunchTemplateData: data } = resolveSpecification(account.ec2, templateParts(group).base).version;
  const referTo = addLaunchTemplate(account, {
    name,
    daysOld: 0,
    versions: [{ ...data }],
    defaultVersion: 1,
  });
  delete group.MixedInstancesPolicy;
  group.LaunchTemplate = referTo("1");
}

function copyConfiguration(
  { autoscaling, place, ids, clock }: AccountState,
  configuration: LaunchConfiguration,
  name: string,
): string {
  autoscaling.launchConfigurations.set(name, {
    ...configuration,
    LaunchConfigurationName: name,
    LaunchConfigurationARN: launchConfigurationArn(place, name, ids.uuid()),
    CreatedTime: clock.now(),
  });
  return name;
}
