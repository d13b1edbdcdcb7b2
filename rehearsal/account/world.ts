import type { AccountState } from "./state";
import type { InstanceProfile } from "./iam";
import { addCrowd } from "./world/crowd";
import { addGroup } from "./world/groups";
import { layStill } from "./ec2/power";
import { addInstance, addOwnImage, addPublicImage } from "./world/machines";
import { addOtherTeam } from "./world/otherTeam";
import type { SourceKind } from "./world/sourceKinds";
import { addSource } from "./world/sources";

/** It runs and Systems Manager manages it; or somebody keeps it stopped; or Systems Manager may not manage it. */
export const GOLDEN_STATES = ["running", "stopped", "unmanaged"] as const;
export type GoldenState = (typeof GOLDEN_STATES)[number];

/** What the rehearsed stack takes for granted. */
export interface WorldWanted {
  instanceId: string;
  groupName: string;
  /** What the group launches from: a launch configuration, unless told otherwise. */
  launchSource?: SourceKind;
  /** In what state the golden instance is: it runs, unless told otherwise. */
  golden?: GoldenState;
  /** Whether the account is filled to AWS's quotas. */
  crowded?: boolean;
  /** Whether the account encrypts new volumes by default, with AWS's own key, since the present image was made. */
  encrypts?: boolean;
  /** The role of the golden instance's and the group's instance profile; any will do where it is not known. */
  instanceProfileRoleArn?: string;
}

/**
 * Puts into an account what a run finds there: the golden instance with the image that it was launched from, the group
 * as somebody set it up by hand, and what belongs to another team and must be left alone.
 */
export function furnish(account: AccountState, wanted: WorldWanted): void {
  const publicImage = addPublicImage(account, 90);
  const profile = addInstanceProfile(account, wanted.instanceProfileRoleArn);
  const golden = addInstance(account, {
    id: wanted.instanceId,
    imageId: publicImage,
    daysOld: 60,
    tags: [{ Key: "Name", Value: "golden" }],
    profileArn: profile.arn,
  });
  if (wanted.golden === "stopped") {
    layStill(golden, account.clock.now());
  } else if (wanted.golden === "unmanaged") {
    account.ssm.runCommand.unmanaged.add(wanted.instanceId);
  }
  // Somebody's own image of the golden instance: only the tag is missing to make it look like the runbook's.
  const initialImage = addOwnImage(account, { name: "initial", daysOld: 30, source: golden, tags: [] });
  const source = addSource(account, wanted.launchSource ?? "configuration", {
    groupName: wanted.groupName,
    golden,
    imageId: initialImage,
    otherImageId: publicImage,
    profile,
  });
  addGroup(account, { name: wanted.groupName, size: 3, daysOld: 30, source });
  addOtherTeam(account, publicImage);
  if (wanted.crowded) {
    addCrowd(account, publicImage);
  }
  if (wanted.encrypts) {
    const { Arn: KmsKeyId } = account.kms.addKey("AWS");
    golden.volumes.forEach((volume) => Object.assign(volume, { Encrypted: true, KmsKeyId }));
  }
}

/** The role may have a path; the profile has its name. */
function addInstanceProfile({ iam, place }: AccountState, role?: string): InstanceProfile {
  const roleArn = role ?? `arn:${place.partition}:iam::${place.accountId}:role/web-server`;
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return { name, arn: iam.putInstanceProfile(name, roleArn), roleArn };
}
