import {
  type EC2Client,
  type Filter,
  type Image as FoundImage,
  paginateDescribeImages,
} from "@aws-sdk/client-ec2";
import { look } from "../look";

/** What EC2 knows of an image. */
export interface Image {
  readonly id: string;
  readonly name: string;
  /** AWS's word, such as available. */
  readonly state: string;
  readonly createdAt: string;
  readonly architecture: string;
  /** Whether create-image made it for this group: by its tag, and by its name and of which instance EC2 says it was made. */
  readonly ours: boolean;
  /** When it was rolled out last. */
  readonly rolledOutAt?: string;
}

const GROUP_TAG = "ami-refresh:auto-scaling-group";
const ROLLED_OUT_TAG = "ami-refresh:rolled-out";
/** What follows the instance's id in the name of an image, and the prefix in the name of a launch configuration. */
export const DATED = /^_\d{4}-\d\d-\d\d(_\d\d\.\d\d\.\d\d)?$/;

/** The images of the group, the newest in front. */
export async function readOwnImages(ec2: EC2Client, group: string): Promise<Image[]> {
  // In the value of a filter a backslash escapes.
  const filter = { Name: `tag:${GROUP_TAG}`, Values: [group.replaceAll("\\", "\\\\")] };
  const images = await listImages(ec2, group, filter, ["self"]);
  return images.filter(({ ours }) => ours).sort((one, other) => other.createdAt.localeCompare(one.createdAt));
}

/** Those of these images that exist, whoever owns them. EC2 takes 200 values in one call. */
export async function readImages(ec2: EC2Client, group: string, ids: string[]): Promise<Image[]> {
  const images: Image[] = [];
  for (let start = 0; start < ids.length; start += 200)
    images.push(
      ...(await listImages(ec2, group, { Name: "image-id", Values: ids.slice(start, start + 200) })),
    );
  return images;
}

async function listImages(
  ec2: EC2Client,
  group: string,
  filter: Filter,
  owners?: string[],
): Promise<Image[]> {
  const question = { what: "The images", permission: "ec2:DescribeImages" };
  const found = await look(question, async () => {
    const input = { Filters: [filter], IncludeDisabled: true, IncludeDeprecated: true, Owners: owners };
    const listed: FoundImage[] = [];
    for await (const page of paginateDescribeImages({ client: ec2, pageSize: 200 }, input))
      listed.push(...(page.Images ?? []));
    return listed;
  });
  return found.flatMap((one) => (one.State === "deregistered" ? [] : toImage(one, group)));
}

function toImage(found: FoundImage, group: string): Image[] {
  if (found.ImageId === undefined) return [];
  const tags = new Map(found.Tags?.map(({ Key: key, Value: value }) => [key, value]));
  const rolledOutAt = tags.get(ROLLED_OUT_TAG);
  return [
    {
      id: found.ImageId,
      name: found.Name ?? "without a name",
      state: found.State ?? "of no state",
      createdAt: new Date(found.CreationDate ?? 0).toISOString(),
      architecture: found.Architecture ?? "of no architecture",
      ours: tags.get(GROUP_TAG) === group && isNamedAfter(found.Name, found.SourceInstanceId),
      ...(rolledOutAt === undefined ? {} : { rolledOutAt }),
    },
  ];
}

/** People copy images with their tags; only CreateImage says of which instance an image was made. */
function isNamedAfter(name: string | undefined, instanceId: string | undefined): boolean {
  return (
    name !== undefined &&
    instanceId !== undefined &&
    name.startsWith(instanceId) &&
    DATED.test(name.slice(instanceId.length))
  );
}
