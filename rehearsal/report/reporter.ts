import type { StepRecord } from "../automation/execution";
import type { Registered } from "../deploy/program";
import type { Deployment } from "../deploy/provision";
import type { Stack } from "../deploy/stack";
import type { Night } from "../nights";
import type { Check } from "../verification";

/** Where a rehearsal tells what happens. */
export interface Reporter {
  /** Something that takes a moment begins. */
  waiting(what: string): void;
  registered(stack: Stack, registered: Registered[], deployment: Deployment): void;
  /** What the group launches from before the first night. */
  begins(groupName: string, launchSource: string): void;
  nightBegins(night: Night): void;
  step(night: Night, step: StepRecord): void;
  nightEnds(night: Night, checks: Check[]): void;
  verified(checks: Check[]): void;
  end(ok: boolean, checks: number): void;
}
