import type { Names } from "./names";
import type { Group } from "./read/group";
import type { Status } from "./status";

/** One line of the verification with which the article ends. */
export interface Line {
  readonly line: string;
  /** Nothing where it cannot be known. */
  readonly holds?: boolean;
}

/** The article's verification, of what was rolled out last. */
export function verify({ names, group, expected, runbooks, launchedImages }: Status): Line[] {
  const image =
    expected === undefined
      ? `an image ${names.instanceId}_DATE`
      : `image ${expected.imageName} (${expected.imageId})`;
  const { last } = runbooks.createImage;
  return [
    { line: `${image} is available`, holds: expected?.image?.state === "available" },
    {
      line: `${expected?.namedBy ?? nameSource(names, group)} names it`,
      holds: expected?.namedBy !== undefined,
    },
    {
      line: `Auto Scaling group ${names.autoScalingGroupName} refers to it`,
      holds: launchedImages.some(({ id }) => id === expected?.imageId),
    },
    last === undefined
      ? {
          line: "the last run of create-image is a success (AWS knows of none, it forgets them after a month)",
        }
      : {
          line: `the last run of create-image, ${last.id}, is a success`,
          holds: last.status === "Success",
        },
  ];
}

/** What would name the image, where nothing does. */
function nameSource({ prefix }: Names, group: Group | undefined): string {
  if (group === undefined || group.kind === "launch configuration")
    return `a launch configuration ${prefix}_DATE`;
  if (group.parameter !== undefined) return `parameter ${group.parameter}`;
  return `a version of the ${group.kind === "launch template" ? "group's launch template" : "mixed instances policy's launch templates"}`;
}
