import { AwsError } from "../errors";
import type { Context } from "../policyConditions";
import { list, type Shape, string, structure } from "../parameters";
import type { Tag } from "./shapes";

/** The tags that a request puts on the resources of one type that it makes. */
export interface TagSpecification {
  ResourceType?: string;
  Tags?: { Key?: string; Value?: string }[];
}

export const tagSpecificationsShape: Shape = list(
  structure({ ResourceType: string(), Tags: list(structure({ Key: string(), Value: string() })) }),
);

/** Tags per resource. */
const tagLimit = 50;

/** The tags for the new resources of a type. */
export function tagsFor(type: string, specifications: TagSpecification[] = []): Tag[] {
  return specifications
    .filter(({ ResourceType }) => ResourceType === type)
    .flatMap(({ Tags = [] }) => Tags.map(({ Key = "", Value = "" }) => ({ Key, Value })));
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
  specifications.forEach(checkTags);
}

function checkTags({ Tags: tags = [] }: TagSpecification): void {
  if (tags.length === 0) {
    throw invalid("Tag specification must have at least one tag");
  }
  if (tags.length > tagLimit) {
    throw new AwsError("TagLimitExceeded", `More than ${tagLimit} tags specified`);
  }
  const keys = tags.map(({ Key: key = "" }) => key);
  const duplicate = keys.find((key, index) => keys.indexOf(key) !== index);
  if (duplicate !== undefined) {
    throw invalid(`Duplicate tag key '${duplicate}' specified.`);
  }
  for (const { Key: key = "", Value: value = "" } of tags) {
    checkTag(key, value);
  }
}

function checkTag(key: string, value: string): void {
  if (key.toLowerCase().startsWith("aws:")) {
    throw invalid("Tag keys starting with 'aws:' are reserved for internal use");
  }
  if (key.length < 1 || key.length > 128) {
    throw invalid(`Tag key '${key}' must have between 1 and 128 characters.`);
  }
  if (value.length > 256) {
    throw invalid(`Tag value exceeds the maximum length of 256 characters: '${value}'`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
