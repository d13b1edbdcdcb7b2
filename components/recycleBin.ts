import { Rule } from "@pulumi/aws/rbin/rule";
import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "./inputs/checkInputs";
import { OWNERSHIP_TAG } from "./permissions/scope";

/** What is kept. An image can be restored as long as its snapshots can, and they are deleted after it. */
const KEPT = { images: "EC2_IMAGE", snapshots: "EBS_SNAPSHOT" };

/** Has AWS's Recycle Bin keep the images that are deleted, with their snapshots, so that a wrong deletion can be undone. */
export function keepDeletedImages(
  name: string,
  inputs: CheckedInputs,
  days: number,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [what, resourceType] of Object.entries(KEPT)) {
    new Rule(
      `${name}-keep-deleted-${what}`,
      {
        description: `Keeps deleted ${what} that ami-refresh made`,
        resourceType,
        resourceTags: [{ resourceTagKey: OWNERSHIP_TAG, resourceTagValue: inputs.autoScalingGroupName }],
        retentionPeriod: { retentionPeriodValue: days, retentionPeriodUnit: "DAYS" },
        tags: inputs.tags,
      },
      opts,
    );
  }
}
