import { AwsError } from "../errors";
import { list, type Shape, string, structure } from "../parameters";
import type { Tag } from "./shapes";

/** A tag as a request has it. */
export interface RequestedTag {
  Key?: string;
  Value?: string;
}

export const tagsShape: Shape = list(structure({ Key: string(), Value: string() }));

/** Tags per resource. */
export const tagLimit = 50;

/** Who leaves the value out gets an empty one. */
export function completeTags(tags: RequestedTag[] = []): Tag[] {
  return tags.map(({ Key = "", Value = "" }) => ({ Key, Value }));
}

/** AWS's own tags are put on by AWS only, and do not count. */
export function isReserved(key: string): boolean {
  return key.toLowerCase().startsWith("aws:");
}

/** EC2's rules for the tags that one request gives to a resource. */
export function checkTags(tags: Tag[]): void {
  if (tags.length > tagLimit) {
    throw new AwsError("TagLimitExceeded", `More than ${tagLimit} tags specified`);
  }
  const keys = tags.map(({ Key }) => Key);
  const duplicate = keys.find((key, index) => keys.indexOf(key) !== index);
  if (duplicate !== undefined) {
    throw invalid(`Duplicate tag key '${duplicate}' specified.`);
  }
  tags.forEach(checkTag);
}

function checkTag({ Key: key, Value: value }: Tag): void {
  if (isReserved(key)) {
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
