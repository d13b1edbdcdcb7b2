import type { AccountState } from "../account/state";
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
export function standing(account: AccountState): Standing {
  return new Map(
    [...account.autoscaling.groups].map(([name, group]) => [
      name,
      structuredClone({ group, launches: launches(account, group), references: references(account, group) }),
    ]),
  );
}
