import { GetInstanceProfileResult } from "@pulumi/aws/iam/getInstanceProfile";
import { InputError } from "../errors";
import { Place } from "../place";
import { quote } from "../quote";
import { explainDeniedLookUp, LookUpFailure } from "./failure";

// An instance profile by its name or ARN, and the role in it, which the automation role may pass to EC2. `holder` is how a
// sentence begins: the input through which the profile was found.

/** An instance profile with which the group launches, and the role in it. */
export interface Profile {
  readonly name: string;
  readonly roleArn: string;
}

/** The name by which it is looked up. One of another account cannot be launched with, nor looked up. */
export function nameProfile(holder: string, profile: string, place: Place): string {
  const here = `arn:${place.partition}:iam::${place.accountId}:instance-profile/`;
  if (profile.startsWith("arn:") && !profile.startsWith(here)) {
    throw new InputError(
      `${holder} launches with instance profile ${quote(profile)}, which is of another account or partition: name one ` +
        `whose ARN begins with ${here}.`,
    );
  }
  return profile.slice(profile.lastIndexOf("/") + 1);
}

/** The sentence for one that cannot be looked up. */
export function explainMissingProfile(
  holder: string,
  name: string,
  { notFound, reason }: LookUpFailure,
): string {
  return notFound
    ? `${holder} launches with instance profile ${quote(name)}, which does not exist in this account: make one of this ` +
        `name with a role in it, or name another one there.`
    : explainDeniedLookUp(
        `${holder} launches with instance profile ${quote(name)}, which`,
        reason,
        "iam:GetInstanceProfile",
      );
}

/** The ARN of the role in the profile. */
export function readProfileRole(holder: string, profile: GetInstanceProfileResult, place: Place): string {
  const input = `${holder} launches with instance profile ${quote(profile.name)}`;
  if (!profile.roleArn) {
    throw new InputError(
      `${input}, which has no role in it, so that EC2 launches nothing with it: add a role to it in IAM.`,
    );
  }
  const here = `arn:${place.partition}:iam::${place.accountId}:role/`;
  if (!profile.roleArn.startsWith(here)) {
    throw new InputError(
      `${input}, whose role ${quote(profile.roleArn)} is of another account or partition: what is passed to EC2 begins ` +
        `with ${here}; put a role of this account into it.`,
    );
  }
  return profile.roleArn;
}
