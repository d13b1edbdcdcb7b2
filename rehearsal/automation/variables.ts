import type { Clock } from "../account/clock";
import type { Place } from "../account/api";

/** All system variables that AWS documents for runbooks. */
export const variableNames = [
  "global:ACCOUNT_ID",
  "global:AWS_PARTITION",
  "global:DATE",
  "global:DATE_TIME",
  "global:REGION",
  "automation:EXECUTION_ID",
] as const;
export type VariableName = (typeof variableNames)[number];

export function isVariableName(name: string): name is VariableName {
  return (variableNames as readonly string[]).includes(name);
}

export interface Surroundings {
  place: Place;
  executionId: string;
  clock: Clock;
}

/** The value at this very instant: AWS substitutes anew at each use, so two uses of DATE_TIME differ. Dates are UTC. */
export function variableValue(name: VariableName, { place, executionId, clock }: Surroundings): string {
  const [date, time] = clock.now().toISOString().slice(0, 19).split("T");
  switch (name) {
    case "global:ACCOUNT_ID":
      return place.accountId;
    case "global:AWS_PARTITION":
      return place.partition;
    case "global:DATE":
      return date;
    case "global:DATE_TIME":
      return `${date}_${time.replaceAll(":", ".")}`;
    case "global:REGION":
      return place.region;
    case "automation:EXECUTION_ID":
      return executionId;
  }
}
