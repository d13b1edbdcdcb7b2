import type { StepRecord } from "../automation/execution";
import type { FleetEntry } from "../account/autoscaling/instanceRefresh/shapes";
import type { SourceKind } from "../account/world/sourceKinds";
import type { Registered } from "../deploy/program";
import type { Deployment } from "../deploy/provision";
import type { Stack } from "../deploy/stack";
import type { SentMessage } from "../messages";
import type { Night, Run } from "../nights/run";
import type { Check } from "../verification";

/** Where a rehearsal tells what happens. */
export interface Reporter {
  /** Something that takes a moment begins. */
  waiting(what: string): void;
  registered(stack: Stack, registered: Registered[], deployment: Deployment): void;
  /** What the group launches from before the first night, and which kind of group the rehearsal assumed for that. */
  begins(groupName: string, launchSource: string, kind: SourceKind): void;
  /** `title` is what the night is called: `Night 1 of 3`, `Roll-back`. */
  nightBegins(night: Night, title: string): void;
  step(run: Run, step: StepRecord): void;
  /** All runs of a night have ended; `fleet` is how the group's instances changed in it. */
  nightEnds(night: Night, checks: Check[], fleet: FleetEntry[]): void;
  /**
   * What measures has run, between the nights; `messages` were sent since anything was told last, and there are checks where
   * one does not hold.
   */
  watched(night: Night, messages: SentMessage[], checks: Check[]): void;
  /** What a person received. */
  messages(messages: SentMessage[]): void;
  /** Nobody receives anything. */
  tellsNobody(): void;
  verified(checks: Check[]): void;
  /** Given where something went wrong on purpose: whether the group is safe all the same, and which nights did not succeed. */
  end(ok: boolean, checks: number, aftermath?: Aftermath): void;
}

export interface Aftermath {
  groupName: string;
  safety: Check;
  nights: number;
  /** The numbers of the nights of which something does not hold. */
  failedNights: number[];
}
