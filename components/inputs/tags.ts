import { InputError } from "../errors";
import { quote } from "../quote";
import { isPlainMap } from "./plainMap";

/** AWS allows 50 tags on a resource; the runbook adds its own to images and snapshots. */
const TAGS_MAX = 40;
/** What IAM allows in tags; EC2, Systems Manager and EventBridge allow at least this. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function checkTags(value: unknown): Record<string, string> {
  if (!isPlainMap(value)) {
    throw new InputError(
      `tags ${quote(value)} is not a map: give tag keys with their values, or leave it out.`,
    );
  }
  const entries = Object.entries(value);
  if (entries.length > TAGS_MAX) {
    throw new InputError(
      `tags has ${entries.length} entries: at most ${TAGS_MAX} are allowed, because AWS allows 50 on an image and ` +
        `the runbook adds its own; leave some out.`,
    );
  }
  const seen = new Map<string, string>();
  for (const [key, tagValue] of entries) {
    checkTag(key, tagValue);
    const twin = seen.get(key.toLowerCase());
    if (twin !== undefined) {
      throw new InputError(
        `tags ${quote(key)} and ${quote(twin)} differ only in case, which IAM does not allow: leave one of them out.`,
      );
    }
    seen.set(key.toLowerCase(), key);
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

function checkTag(key: string, value: unknown): asserts value is string {
  if (/^(aws|ami-refresh):/i.test(key)) {
    throw new InputError(
      `tags ${quote(key)} begins with a reserved name: keys beginning with "aws:" are AWS's and those beginning with ` +
        `"ami-refresh:" are the runbook's own; choose another key.`,
    );
  }
  if (key.length < 1 || key.length > 128 || !TAG_TEXT.test(key) || key.includes("=")) {
    throw new InputError(
      `tags ${quote(key)} is not a tag key: it is 1 to 128 letters, digits, blanks and _ . : / + - @; choose another key.`,
    );
  }
  if (typeof value !== "string" || value.length > 256 || !TAG_TEXT.test(value)) {
    throw new InputError(
      `tags ${quote(key)} has the value ${quote(value)}: a tag's value is a string of at most 256 letters, digits, ` +
        `blanks and _ . : / = + - @; write numbers and booleans in quotation marks.`,
    );
  }
}
