import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Service } from "../operation";
import { createImage } from "./createImage";
import { createLaunchTemplateVersion } from "./createLaunchTemplateVersion";
import { createTags } from "./createTags";
import { deleteLaunchTemplateVersions } from "./deleteLaunchTemplateVersions";
import { deleteSnapshot } from "./deleteSnapshot";
import { deregisterImage } from "./deregisterImage";
import { describeFleets } from "./describeFleets";
import { describeImageAttribute } from "./describeImageAttribute";
import { describeImageReferences } from "./describeImageReferences";
import { describeImages } from "./describeImages";
import { describeInstanceTypes } from "./describeInstanceTypes";
import { describeLaunchTemplateVersions } from "./describeLaunchTemplateVersions";
import { describeSnapshots } from "./describeSnapshots";
import { describeSpotFleetRequests } from "./describeSpotFleetRequests";
import { describeVolumes } from "./describeVolumes";
import { describeInstances } from "./instances";
import { modifyLaunchTemplate } from "./modifyLaunchTemplate";
import { startInstances } from "./startInstances";
import { stopInstances } from "./stopInstances";

export const ec2Service: Service = {
  name: "ec2",
  operations: [
    createImage,
    createLaunchTemplateVersion,
    createTags,
    deleteLaunchTemplateVersions,
    deleteSnapshot,
    deregisterImage,
    describeFleets,
    describeImageAttribute,
    describeImageReferences,
    describeImages,
    describeInstanceTypes,
    describeInstances,
    describeLaunchTemplateVersions,
    describeSnapshots,
    describeSpotFleetRequests,
    describeVolumes,
    modifyLaunchTemplate,
    startInstances,
    stopInstances,
  ],
  denial: (...denied) =>
    new AwsError(
      "UnauthorizedOperation",
      `You are not authorized to perform this operation. ${notAuthorized(...denied)}`,
      403,
    ),
};
