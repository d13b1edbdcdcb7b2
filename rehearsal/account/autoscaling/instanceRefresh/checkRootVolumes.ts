import type { AccountState } from "../../state";
import type { LaunchSource } from "../shapes";
import { templateParts } from "../templateLaunches";
import { invalid } from "./checkPreferences";
import { usesMovingVersion } from "./reversible";

/** What AWS asks of a desired configuration whose images are to become the root volumes of the instances that there are. */
export function checkRootVolumes({ ec2 }: AccountState, desired: LaunchSource | undefined): void {
  if (desired?.MixedInstancesPolicy === undefined) {
    throw invalid(
      "The ReplaceRootVolume strategy requires a DesiredConfiguration with a MixedInstancesPolicy.",
    );
  }
  const images = templateParts(desired).overrides.map(({ ImageId }) => ImageId);
  if (images.length === 0 || images.includes(undefined)) {
    throw invalid("The ReplaceRootVolume strategy requires an ImageId in every override.");
  }
  if (usesMovingVersion(desired)) {
    throw invalid("The ReplaceRootVolume strategy requires a version number of the launch template.");
  }
  for (const imageId of images) {
    if ((ec2.image(imageId ?? "")?.BlockDeviceMappings ?? []).length > 1) {
      throw invalid(
        `The ReplaceRootVolume strategy requires an AMI with one volume: ${imageId} has several.`,
      );
    }
  }
}
