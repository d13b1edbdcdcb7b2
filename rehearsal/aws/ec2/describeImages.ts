import { NotModelled } from "../../errors";
import type { Account } from "../account";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import { wildcard } from "../wildcard";
import type { Image } from "./shapes";

interface Filter {
  Name?: string;
  Values?: string[];
}

interface DescribeImagesRequest {
  ImageIds?: string[];
  Owners?: string[];
  Filters?: Filter[];
}

export const describeImages = operation<DescribeImagesRequest>({
  api: "DescribeImages",
  input: structure({
    ImageIds: list(string()),
    Owners: list(string()),
    Filters: list(structure({ Name: string(), Values: list(string()) })),
  }),
  demands: () => [{ action: "ec2:DescribeImages", resource: "*", context: {} }],
  perform: (account, { ImageIds: ids = [], Owners: owners = [], Filters: filters = [] }) => {
    const tests = [ownedBy(account, owners), ...filters.map(passes)];
    const images = ids.length > 0 ? requireImages(account, ids) : account.ec2.visibleImages();
    return { Images: images.filter((image) => tests.every((test) => test(image))) };
  },
});

/** The images of these ids, in EC2's words where there is one that is none, or is none yet. */
function requireImages(account: Account, imageIds: string[]): Image[] {
  const malformed = imageIds.find((id) => !/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw new AwsError("InvalidAMIID.Malformed", `Invalid id: "${malformed}" (expecting "ami-...")`);
  }
  const images = account.ec2.visibleImages().filter((image) => imageIds.includes(image.ImageId));
  const unknown = imageIds.filter((id) => !images.some((image) => image.ImageId === id));
  if (unknown.length > 0) {
    throw new AwsError("InvalidAMIID.NotFound", imageNotFound(unknown));
  }
  return images;
}

/** EC2's words for images that do not exist; Auto Scaling repeats them. */
export function imageNotFound(imageIds: string[]): string {
  const [noun, verb] = imageIds.length === 1 ? ["id", "does"] : ["ids", "do"];
  return `The image ${noun} '[${imageIds.join(", ")}]' ${verb} not exist`;
}

function ownedBy(account: Account, owners: string[]): (image: Image) => boolean {
  const ids = owners.map((owner) => (owner === "self" ? account.place.accountId : owner));
  const unknown = ids.find((id) => !/^\d{12}$/.test(id));
  if (unknown !== undefined) {
    throw new NotModelled(`The rehearsal does not model ec2:DescribeImages Owners "${unknown}".`);
  }
  return (image) => ids.length === 0 || ids.includes(image.OwnerId);
}

/** A filter lets an image pass when one of its values matches one of the image's. */
function passes({ Name: name = "", Values: values = [] }: Filter): (image: Image) => boolean {
  const read = filterSource(name);
  const patterns = values.map(readFilterValue);
  return (image) => read(image).some((actual) => patterns.some((pattern) => pattern.test(actual)));
}

/** What a filter looks at. */
function filterSource(name: string): (image: Image) => string[] {
  switch (name) {
    case "name":
      return (image) => [image.Name];
    case "state":
      return (image) => [image.State];
    case "source-instance-id":
      return (image) => (image.SourceInstanceId === undefined ? [] : [image.SourceInstanceId]);
    case "tag-key":
      return (image) => image.Tags.map(({ Key }) => Key);
  }
  if (name.startsWith("tag:")) {
    const key = name.slice("tag:".length);
    return (image) => image.Tags.filter(({ Key }) => Key === key).map(({ Value }) => Value);
  }
  throw new NotModelled(`The rehearsal does not model ec2:DescribeImages Filters "${name}".`);
}

function readFilterValue(value: string): RegExp {
  if (value.includes("\\")) {
    throw new NotModelled(`The rehearsal does not model escapes in ec2:DescribeImages Filters: "${value}".`);
  }
  return wildcard(value);
}
