import { Place } from "../place";
import { executionsArn } from "./arns";
import { Condition } from "./policy";

// Who may use the roles.

export interface TrustPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: {
    readonly Effect: "Allow";
    readonly Principal: { readonly Service: string };
    readonly Action: "sts:AssumeRole";
    readonly Condition: Condition;
  }[];
}

/** Only Automation may use a runbook's role, and only for executions of this account and Region. */
export function trustAutomation(place: Place): TrustPolicy {
  return trust("ssm.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": place.accountId },
    ArnLike: { "aws:SourceArn": executionsArn(place) },
  });
}

/** Only EventBridge may use the events role, and only for this rule. */
export function trustRule(accountId: string, ruleArn: string): TrustPolicy {
  return trust("events.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnEquals: { "aws:SourceArn": ruleArn },
  });
}

/** Only EventBridge Scheduler may use its role, and only for schedules of this group: of a single one AWS tells nothing. */
export function trustScheduleGroup(accountId: string, groupArn: string): TrustPolicy {
  return trust("scheduler.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnEquals: { "aws:SourceArn": groupArn },
  });
}

/** Service principals are the same in every partition. */
function trust(service: string, condition: Condition): TrustPolicy {
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole", Condition: condition },
    ],
  };
}
