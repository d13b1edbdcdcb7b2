import type { Account } from "../account";
import { addGroup } from "./groups";
import { addLaunchConfiguration } from "./launchConfigurations";
import { addLaunchTemplate, contents } from "./launchTemplates";
import { addInstance, addOwnImage } from "./machines";

const daysOld = 20;

/** What belongs to another team and must be left alone: groups on a launch configuration and on a template, and a fleet. */
export function addOtherTeam(account: Account, publicImage: string): void {
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
}

function addTemplate(account: Account, name: string, imageId: string) {
  const versions = [contents({ imageId, role: name })];
  return addLaunchTemplate(account, { name, daysOld, versions, defaultVersion: 1 });
}
