import type { Ec2 } from "../ec2";
import { AwsError } from "../errors";
import { integer, type Shape, string } from "../parameters";

export interface PageRequest {
  NextToken?: string;
  MaxResults?: number;
}

/** What one API says of its pages. */
export interface PageLimits {
  /** What MaxResults may be. */
  least: number;
  most: number;
  /** Whether more than `most` is taken as `most`, and not refused. */
  capped?: boolean;
}

/** The parameters of an API that answers in pages; boto3 knows a lower limit for few of them. */
export function pageShapes(min?: number): Record<string, Shape> {
  return { NextToken: string(), MaxResults: integer({ min }) };
}

/** One page of a list, and what asks for the page that follows it. The token names the first item of that page. */
export function page<T>(ec2: Ec2, items: T[], request: PageRequest, limits: PageLimits) {
  const size = Math.min(pageSize(request, limits), ec2.longestPage);
  const start = firstItem(request.NextToken, items.length);
  const end = start + size;
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}

/** Without MaxResults a page is as long as it can be: who reads one page only has not read everything. */
function pageSize({ MaxResults: size }: PageRequest, { least, most, capped }: PageLimits): number {
  if (size !== undefined && size < least) {
    throw outside(size, `greater than ${least}`);
  }
  if (size !== undefined && size > most && !capped) {
    throw outside(size, `smaller than ${most}`);
  }
  return Math.min(size ?? most, most);
}

function outside(size: number, expected: string): AwsError {
  return new AwsError(
    "InvalidParameterValue",
    `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value ${expected}.`,
  );
}

function firstItem(token: string | undefined, count: number): number {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > count) {
    throw new AwsError("InvalidNextToken", `The token '${token}' is invalid.`);
  }
  return start;
}

/** Ids are answered all at once, so EC2 takes no page size beside them; `parameter` is its own name for the ids. */
export function refuseSizeWithIds(ids: string[], { MaxResults: size }: PageRequest, parameter: string): void {
  if (ids.length > 0 && size !== undefined) {
    throw new AwsError(
      "InvalidParameterCombination",
      `The parameter ${parameter} cannot be used with the parameter maxResults`,
    );
  }
}
