import type { Place } from "../api";

/** The ARN of something that Systems Manager keeps in this account. */
export function ssmArn({ partition, region, accountId }: Place, resource: string): string {
  return `arn:${partition}:ssm:${region}:${accountId}:${resource}`;
}

export function executionArn(place: Place, executionId: string): string {
  return ssmArn(place, `automation-execution/${executionId}`);
}

/** A name that begins with a slash has that one only. */
export function parameterArn(place: Place, name: string): string {
  return ssmArn(place, `parameter/${name.replace(/^\//, "")}`);
}
