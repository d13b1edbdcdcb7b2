import type { AccountState } from "../state";
import type { InstanceRecord } from "../ec2";
import { addGroup } from "./groups";
import { addLaunchConfiguration } from "./launchConfigurations";
import { addLaunchTemplate, contents } from "./launchTemplates";
import { addInstance, addOwnImage, daysAgo } from "./machines";

const daysOld = 20;

/**
 * What belongs to another team and must be left alone: groups on a launch configuration and on a template, a fleet, and
 * what the same software has made for them.
 */
export function addOtherTeam(account: AccountState, publicImage: string): void {
  const tags = [{ Key: "team", Value: "other" }];
  const source = addInstance(account, { id: account.ids.next("i"), imageId: publicImage, daysOld: 45, tags });
  const imageId = addOwnImage(account, { name: "other-team", daysOld, source, tags });
  addGroup(account, {
    name: "other-team",
    size: 1,
    daysOld,
    source: addLaunchConfiguration(account, { name: "other-team-initial", imageId, daysOld }),
  });
  addGroup(account, {
    name: "other-team-batch",
    // Scaled to nothing at night.
    size: 0,
    daysOld,
    source: { LaunchTemplate: addTemplate(account, "other-team-batch", imageId)("$Latest") },
  });
  account.ec2.fleets.push({
    id: `fleet-${account.ids.uuid()}`,
    kind: "ec2",
    state: "active",
    type: "maintain",
    specifications: [addTemplate(account, "other-team-fleet", imageId)("$Latest")],
  });
  addRefreshed(account, source);
}

/**
 * What an ami-refresh of theirs, with the prefix `other-team`, had made before they went back to what they had: an image
 * with its launch configuration, and an image to which nothing refers but its tags.
 */
function addRefreshed(account: AccountState, source: InstanceRecord): void {
  addRefreshedImage(account, source, daysOld + 4);
  const { imageId, date } = addRefreshedImage(account, source, daysOld + 2);
  addLaunchConfiguration(account, { name: `other-team_${date}`, imageId, daysOld: daysOld + 2 });
}

function addRefreshedImage(account: AccountState, source: InstanceRecord, age: number) {
  const { InstanceId } = source.instance;
  const date = daysAgo(account, age).toISOString().slice(0, 10);
  const tags = [
    { Key: "ami-refresh:auto-scaling-group", Value: "other-team" },
    { Key: "ami-refresh:source-instance", Value: InstanceId },
    { Key: "ami-refresh:execution-id", Value: account.ids.uuid() },
  ];
  const imageId = addOwnImage(account, { name: `${InstanceId}_${date}`, daysOld: age, source, tags });
  return { imageId, date };
}

function addTemplate(account: AccountState, name: string, imageId: string) {
  const versions = [contents({ imageId, role: name })];
  return addLaunchTemplate(account, { name, daysOld, versions, defaultVersion: 1 });
}
