import type { AccountState } from "../state";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { boolean, list, string, structure } from "../parameters";
import { type Filter, filtered, filtersShape, type FilterSources, tagSources } from "./filters";
import { ownedBy } from "./owners";
import { page, type PageRequest, pageShapes } from "./paging";
import type { Image } from "./shapes";

interface DescribeImagesRequest extends PageRequest {
  ImageIds?: string[];
  Owners?: string[];
  Filters?: Filter[];
  IncludeDeprecated?: boolean;
  IncludeDisabled?: boolean;
}

const api = "ec2:DescribeImages";
const limits = { least: 1, most: 1000, capped: true };

export const describeImages = operation<DescribeImagesRequest>({
  api: "DescribeImages",
  input: structure({
    ImageIds: list(string()),
    Owners: list(string()),
    Filters: filtersShape,
    IncludeDeprecated: boolean(),
    IncludeDisabled: boolean(),
    ...pageShapes(),
  }),
  demands: () => [{ action: api, resource: "*", context: {} }],
  perform: (account, request) => {
    const { ImageIds: ids = [], Owners: owners = [], Filters: filters } = request;
    const images = ids.length > 0 ? requireImages(account, ids) : listed(account, request);
    const owned = images.filter(ownedBy(account, owners, `${api} Owners`));
    const passed = filtered(api, owned, filters, sourcesOf(filters));
    const { items, NextToken } = page(account.ec2, passed, request, limits);
    return { Images: items, NextToken };
  },
});

function sourcesOf(filters: Filter[] | undefined): FilterSources<Image> {
  return {
    "image-id": ({ ImageId }) => [ImageId],
    name: ({ Name }) => [Name],
    "owner-id": ({ OwnerId }) => [OwnerId],
    state: ({ State }) => [State],
    "source-instance-id": ({ SourceInstanceId: id }) => (id === undefined ? [] : [id]),
    ...tagSources(filters),
  };
}

/**
 * What a request without ids is about: no disabled images, and of others no deprecated ones. Whether a disabled image is
 * answered to its id AWS does not say; here it is.
 */
function listed(
  { ec2, place, clock }: AccountState,
  { IncludeDeprecated, IncludeDisabled }: DescribeImagesRequest,
): Image[] {
  const now = clock.now().toISOString();
  const deprecated = ({ OwnerId, DeprecationTime }: Image) =>
    DeprecationTime !== undefined && DeprecationTime <= now && OwnerId !== place.accountId;
  return ec2
    .visibleImages()
    .filter(
      (image) => (IncludeDisabled || image.State !== "disabled") && (IncludeDeprecated || !deprecated(image)),
    );
}

/** The images of these ids, in EC2's words where there is one that is none, none yet, or none any more. */
export function requireImages({ ec2 }: AccountState, imageIds: string[]): Image[] {
  const malformed = imageIds.find((id) => !/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw new AwsError("InvalidAMIID.Malformed", `Invalid id: "${malformed}" (expecting "ami-...")`);
  }
  const gone = imageIds.find((id) => ec2.wasDeregistered(id));
  if (gone !== undefined) {
    throw new AwsError("InvalidAMIID.Unavailable", `The image ID: '${gone}' is no longer available`);
  }
  const images = [...new Set(imageIds)].map((id) => ec2.visibleImage(id));
  const unknown = imageIds.filter((id) => ec2.visibleImage(id) === undefined);
  if (unknown.length > 0) {
    throw new AwsError("InvalidAMIID.NotFound", imageNotFound(unknown));
  }
  return images.filter((image) => image !== undefined);
}

/** The image of this id, if it is this account's own. */
export function requireOwnImage(account: AccountState, imageId: string): Image {
  const [image] = requireImages(account, [imageId]);
  if (image.OwnerId !== account.place.accountId) {
    throw new AwsError("AuthFailure", `Not authorized for image:${imageId}`, 403);
  }
  return image;
}

/** EC2's words for images that do not exist; Auto Scaling repeats them. */
export function imageNotFound(imageIds: string[]): string {
  const [noun, verb] = imageIds.length === 1 ? ["id", "does"] : ["ids", "do"];
  return `The image ${noun} '[${imageIds.join(", ")}]' ${verb} not exist`;
}
