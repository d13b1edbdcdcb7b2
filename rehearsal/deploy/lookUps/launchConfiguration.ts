import type { AccountState } from "../../account/state";
import type { Inputs } from "../messages";
import { NotFound } from "./failure";

/** aws.ec2.getLaunchConfiguration. The provider asks for the image too, and fails where it is gone. */
export function getLaunchConfiguration({ autoscaling, ec2, place }: AccountState, { name }: Inputs): Inputs {
  const found = autoscaling.launchConfigurations.get(String(name));
  if (found === undefined || ec2.visibleImage(found.ImageId) === undefined) {
    throw new NotFound(`reading Auto Scaling Launch Configuration (${String(name)}): couldn't find resource`);
  }
  return {
    id: found.LaunchConfigurationName,
    arn: found.LaunchConfigurationARN,
    name: found.LaunchConfigurationName,
    associatePublicIpAddress: found.AssociatePublicIpAddress ?? false,
    ebsOptimized: found.EbsOptimized,
    enableMonitoring: found.InstanceMonitoring.Enabled,
    iamInstanceProfile: found.IamInstanceProfile ?? "",
    imageId: found.ImageId,
    instanceType: found.InstanceType,
    keyName: found.KeyName ?? "",
    placementTenancy: found.PlacementTenancy ?? "",
    region: place.region,
    securityGroups: found.SecurityGroups,
    spotPrice: found.SpotPrice ?? "",
    userData: found.UserData,
  };
}
