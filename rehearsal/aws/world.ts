import type { Account } from "./account";
import { addGroup } from "./world/groups";
import { addInstance, addOwnImage, addPublicImage } from "./world/machines";

/** What the rehearsed stack takes for granted. */
export interface WorldWanted {
  instanceId: string;
  groupName: string;
  instanceProfileRoleArn?: string;
}

/**
 * Puts into an account what a run finds there: the golden instance with the image that it was launched from, the group
 * as somebody set it up by hand, and what belongs to another team and must be left alone.
 */
export function furnish(account: Account, wanted: WorldWanted): void {
  const publicImage = addPublicImage(account, 90);
  const profileArn = addInstanceProfile(account, wanted.instanceProfileRoleArn);
  const golden = addInstance(account, {
    id: wanted.instanceId,
    imageId: publicImage,
    daysOld: 60,
    tags: [{ Key: "Name", Value: "golden" }],
    profileArn,
  });
  // Somebody's own image of the golden instance: only the tag is missing to make it look like the runbook's.
  const initialImage = addOwnImage(account, { name: "initial", daysOld: 30, source: golden, tags: [] });
  addGroup(account, { name: wanted.groupName, imageId: initialImage, size: 3, daysOld: 30, profileArn });
  addOtherTeam(account, publicImage);
}

function addOtherTeam(account: Account, publicImage: string): void {
  const tags = [{ Key: "team", Value: "other" }];
  const source = addInstance(account, { id: account.ids.next("i"), imageId: publicImage, daysOld: 45, tags });
  const imageId = addOwnImage(account, { name: "other-team", daysOld: 20, source, tags });
  addGroup(account, { name: "other-team", imageId, size: 1, daysOld: 20 });
}

/** The role may have a path; the profile has its name. */
function addInstanceProfile({ iam }: Account, roleArn: string | undefined): string | undefined {
  return roleArn === undefined
    ? undefined
    : iam.putInstanceProfile(roleArn.slice(roleArn.lastIndexOf("/") + 1), roleArn);
}
