import { AwsError } from "../errors";
import type { Context } from "../policyConditions";
import { list, type Shape, string, structure } from "../parameters";
import type { Tag } from "./shapes";
import { checkTags, completeTags, type RequestedTag, tagsShape } from "./tags";

/** The tags that a request puts on the resources of one type that it makes. */
export interface TagSpecification {
  ResourceType?: string;
  Tags?: RequestedTag[];
}

export const tagSpecificationsShape: Shape = list(structure({ ResourceType: string(), Tags: tagsShape }));

/** The tags for the new resources of a type. */
export function tagsFor(type: string, specifications: TagSpecification[] = []): Tag[] {
  return specifications
    .filter(({ ResourceType }) => ResourceType === type)
    .flatMap(({ Tags }) => completeTags(Tags));
}

/** The condition keys that the tags of a request give to a policy. */
export function tagContext(tags: Tag[]): Context {
  const values = tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value]);
  const keys = tags.length > 0 ? { "aws:TagKeys": tags.map(({ Key }) => Key) } : {};
  return { ...Object.fromEntries(values), ...keys };
}

/** EC2 refuses a request whose tags it could not put on what the request makes. */
export function checkTagSpecifications(
  specifications: TagSpecification[] = [],
  taggable: readonly string[],
): void {
  const types = specifications.map(({ ResourceType }) => ResourceType);
  for (const type of types) {
    if (type === undefined) {
      throw invalid("Tag specification resource type must have a value");
    }
    if (!taggable.includes(type)) {
      throw invalid(`'${type}' is not a valid taggable resource type for this operation.`);
    }
  }
  if (new Set(types).size < types.length) {
    throw invalid("The same resource type may not be specified more than once in tag specifications");
  }
  for (const { Tags: tags = [] } of specifications) {
    if (tags.length === 0) {
      throw invalid("Tag specification must have at least one tag");
    }
    checkTags(completeTags(tags));
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
