import type { SettledPreferences } from "./shapes";

/** How many instances there are at least and at most while a group is refreshed. */
export interface Bounds {
  /** Of those that are healthy and warmed up. */
  least: number;
  /** Of all, those on their way included. */
  most: number;
}

/**
 * Where a group may have more instances than it wants, or must not have fewer, replacements come first, and one of them may
 * come whatever the percentage makes of it. Otherwise the old ones go first, and one of them may go.
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
export function boundsOf(
  desired: number,
  { MinHealthyPercentage: min, MaxHealthyPercentage: max }: SettledPreferences,
): Bounds {
  const least = Math.ceil((desired * min) / 100);
  const most = Math.floor((desired * max) / 100);
  return max > 100 || min === 100
    ? { least, most: Math.max(most, desired + 1) }
    : { least: Math.min(least, desired - 1), most };
}
