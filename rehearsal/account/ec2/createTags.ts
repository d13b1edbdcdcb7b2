import { NotModelled } from "../../errors";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import type { AccountState } from "../state";
import { requireImages } from "./describeImages";
import { requireOwnSnapshot } from "./describeSnapshots";
import { imageResource, snapshotResource } from "./resources";
import type { Tag } from "./shapes";
import { tagContext } from "./tagSpecifications";
import { checkTags, completeTags, isReserved, type RequestedTag, tagLimit, tagsShape } from "./tags";

interface CreateTagsRequest {
  Resources: string[];
  Tags: RequestedTag[];
}

const api = "CreateTags";
const mostResources = 1000;

/**
 * Tags what is there already, and so has no ec2:CreateAction: that key tells which API made what it tags. Somebody
 * else's image can be tagged too, and its owner does not see that.
 */
export const createTags = operation<CreateTagsRequest>({
  api,
  input: structure({ Resources: list(string()), Tags: tagsShape }, ["Resources", "Tags"]),
  demands: (account, { Resources: ids, Tags: tags }) =>
    ids.map((id) => {
      const { resource, context } = kindOf(id).resourceOf(account, id);
      return {
        action: `ec2:${api}`,
        resource,
        context: { ...context, ...tagContext(completeTags(tags)) },
      };
    }),
  perform: (account, { Resources: ids, Tags: requested }) => {
    const tags = completeTags(requested);
    checkRequest(ids, tags);
    // One that cannot be tagged keeps all of them from it.
    const tagged = ids.map((id) => ({ id, tags: mergeTags(id, kindOf(id).find(account, id).Tags, tags) }));
    tagged.forEach((one) => account.ec2.setTags(one.id, one.tags));
    return {};
  },
});

const kinds = [
  { prefix: "ami-", resourceOf: imageResource, find: findImage },
  { prefix: "snap-", resourceOf: snapshotResource, find: requireOwnSnapshot },
];

function kindOf(id: string): (typeof kinds)[number] {
  const kind = kinds.find(({ prefix }) => id.startsWith(prefix));
  if (kind === undefined) {
    throw new NotModelled(
      `The rehearsal does not model ec2:${api} of "${id}", only of images and snapshots.`,
    );
  }
  return kind;
}

function findImage(account: AccountState, imageId: string): { Tags: Tag[] } {
  return requireImages(account, [imageId])[0];
}

function checkRequest(ids: string[], tags: Tag[]): void {
  if (ids.length === 0 || tags.length === 0) {
    const missing = ids.length === 0 ? "resourceIdSet" : "tagSet";
    throw new AwsError("MissingParameter", `The request must contain the parameter ${missing}`);
  }
  if (ids.length > mostResources) {
    throw new AwsError("InvalidParameterValue", `At most ${mostResources} resource IDs can be specified.`);
  }
  const malformed = ids.find((id) => !/^[a-z]+-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined) {
    throw new AwsError("InvalidID", `The ID '${malformed}' is not valid`);
  }
  checkTags(tags);
}

/** A key that is there already gets the new value, in its old place. The code is documented, the words are not known. */
function mergeTags(id: string, present: Tag[], added: Tag[]): Tag[] {
  const values = new Map([...present, ...added].map(({ Key, Value }) => [Key, Value]));
  const tags = Array.from(values, ([Key, Value]) => ({ Key, Value }));
  if (tags.filter(({ Key }) => !isReserved(Key)).length > tagLimit) {
    throw new AwsError("TagLimitExceeded", `${id} would have more than ${tagLimit} tags.`);
  }
  return tags;
}
