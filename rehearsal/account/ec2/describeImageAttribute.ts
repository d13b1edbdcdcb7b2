import { operation } from "../operation";
import { NotModelled } from "../../errors";
import { string, structure } from "../parameters";
import { requireOwnImage } from "./describeImages";
import { imageResource } from "./resources";

interface DescribeImageAttributeRequest {
  ImageId: string;
  Attribute: string;
}

const api = "DescribeImageAttribute";

/** Of the reading APIs of images this is the one that can be limited to some of them. */
export const describeImageAttribute = operation<DescribeImageAttributeRequest>({
  api,
  input: structure({ ImageId: string(), Attribute: string() }, ["Attribute", "ImageId"]),
  demands: (account, { ImageId }) => [{ action: `ec2:${api}`, ...imageResource(account, ImageId) }],
  perform: (account, { ImageId: imageId, Attribute: attribute }) => {
    const image = requireOwnImage(account, imageId);
    switch (attribute) {
      case "launchPermission":
        return { ImageId: imageId, LaunchPermissions: account.ec2.launchPermissions.get(imageId) ?? [] };
      case "deregistrationProtection":
        return {
          ImageId: imageId,
          DeregistrationProtection: { Value: image.DeregistrationProtection ?? "disabled" },
        };
      default:
        throw new NotModelled(`The rehearsal does not model ec2:${api} of the Attribute "${attribute}".`);
    }
  },
});
