import { AwsError } from "../errors";
import { notAuthorized, type Service } from "../operation";
import { createImage } from "./createImage";
import { describeImages } from "./describeImages";
import { describeInstances } from "./instances";

export const ec2Service: Service = {
  name: "ec2",
  operations: [createImage, describeImages, describeInstances],
  denial: (...denied) =>
    new AwsError(
      "UnauthorizedOperation",
      `You are not authorized to perform this operation. ${notAuthorized(...denied)}`,
      403,
    ),
};
