import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "../checkInputs";
import { Place } from "../policies";
import { Asking } from "./lookUps";

/** What is looked up, and where. */
export interface Looking extends Asking {
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** Where a remark is shown. */
  readonly component: pulumi.Resource;
}

/** The sentence for a look-up that was denied or did not come through. */
export function cannotBeLookedUp(what: string, reason: string, permissions: string): string {
  return (
    `${what} cannot be looked up (${reason}): allow the deployer ${permissions}, or give both launchTemplateIds and ` +
    `instanceProfileRoleArns, and nothing is looked up.`
  );
}
