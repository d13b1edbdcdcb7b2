import type { Account } from "../account/account";
import type { AutoScalingGroup } from "../account/autoscaling/shapes";
import { type Launch, launches } from "../launches";
import { type Reference, references } from "./references";

/** One group at one moment, as nobody changes it any more. */
export interface GroupStanding {
  group: AutoScalingGroup;
  /** What it would launch, or why it could launch nothing. */
  launches: Launch[] | string;
  references: Reference[];
}

export type Standing = Map<string, GroupStanding>;

/** How every group stands now. Taken before a night, it is what the night is compared with. */
export function standing(account: Account): Standing {
  return new Map([...account.autoscaling.groups].map(([name, group]) => [name, standingOf(account, group)]));
}

/** How one group stands now, where it exists. */
export function groupStanding(account: Account, name: string): GroupStanding | undefined {
  const group = account.autoscaling.groups.get(name);
  return group && standingOf(account, group);
}

function standingOf(account: Account, group: AutoScalingGroup): GroupStanding {
  return structuredClone({
    group,
    launches: launches(account, group),
    references: references(account, group),
  });
}
