import { AwsError } from "../errors";
import { integer, type Shape } from "../parameters";
import { validationError } from "./errors";
import { xmlText } from "./limits";

export interface PageRequest {
  NextToken?: string;
  MaxRecords?: number;
}

/** The parameters of every API that answers in pages. */
export const pageShapes: Record<string, Shape> = { NextToken: xmlText(), MaxRecords: integer({ max: 100 }) };

/** Auto Scaling gives 50 at a time unless told otherwise: who reads one page only has not read everything. */
const usualPage = 50;

/** One page of a list, and what asks for the page that follows it. The token names the first item of that page. */
export function page<T>(items: T[], { NextToken: token, MaxRecords: size = usualPage }: PageRequest) {
  if (size < 1) {
    throw validationError(`Value '${size}' at 'maxRecords' must be at least 1`);
  }
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > items.length) {
    throw new AwsError("InvalidNextToken", `The token '${token}' is invalid.`);
  }
  const end = start + size;
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}
