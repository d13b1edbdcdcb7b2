import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";
import { requireOwnImage } from "./describeImages";
import { imageResource } from "./resources";
import type { Image } from "./shapes";

const api = "DeregisterImage";

/** EC2 does not ask whether anything still refers to the image: that is what makes clean-up dangerous. */
export const deregisterImage = operation<{ ImageId: string }>({
  api,
  input: structure({ ImageId: string() }, ["ImageId"]),
  demands: (account, { ImageId }) => [{ action: `ec2:${api}`, ...imageResource(account, ImageId) }],
  perform: (account, { ImageId: imageId }) => {
    const image = requireOwnImage(account, imageId);
    checkProtection(image);
    if (image.State === "disabled" && account.ec2.keepsDisabledImages) {
      throw notPermitted(`The image '${imageId}' is disabled.`);
    }
    account.ec2.removeImage(imageId);
    return { Return: true };
  },
});

function checkProtection({ ImageId, DeregistrationProtection: protection = "disabled" }: Image): void {
  if (protection !== "disabled") {
    throw notPermitted(`The image '${ImageId}' is protected against deregistration (${protection}).`);
  }
}

/** The code is documented, the words are not known. */
function notPermitted(message: string): AwsError {
  return new AwsError("OperationNotPermitted", message);
}
