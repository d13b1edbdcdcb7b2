import type { AccountState } from "../account/state";
import type { AutoScalingGroup } from "../account/autoscaling/shapes";
import { type Launch, launches } from "../launches";
import { imagesOfGroups } from "./places";
import { type Reference, references } from "./references";
import { launchedBefore } from "./rolledOut";

/** One group at one moment, as nobody changes it any more. */
export interface GroupStanding {
  group: AutoScalingGroup;
  /** What it would launch, or why it could launch nothing. */
  launches: Launch[] | string;
  references: Reference[];
  /** Every image that it names, launched or not. */
  images: string[];
  /** What it launched before, as the tags of these images say. */
  before: string[];
}

export type Standing = Map<string, GroupStanding>;

/** How every group stands now. Taken before a night, it is what the night is compared with. */
export function standing(account: AccountState): Standing {
  account.catchUp();
  return new Map([...account.autoscaling.groups].map(([name, group]) => [name, standingOf(account, group)]));
}

/** How one group stands now, where it exists. */
export function groupStanding(account: AccountState, name: string): GroupStanding | undefined {
  const group = account.autoscaling.groups.get(name);
  return group && standingOf(account, group);
}

function standingOf(account: AccountState, group: AutoScalingGroup): GroupStanding {
  const { AutoScalingGroupName: name } = group;
  return structuredClone({
    group,
    launches: launches(account, group),
    references: references(account, group),
    images: imagesOfGroups(account, name),
    before: launchedBefore(account, name),
  });
}

/** The images that a group launches; none where it could launch nothing. */
export function launchedImages(standing: GroupStanding | undefined): string[] {
  const launched = standing?.launches;
  const images = Array.isArray(launched) ? launched.flatMap(({ imageId }) => imageId ?? []) : [];
  return [...new Set(images)];
}
