import * as iam from "@pulumi/aws/iam";
import { writePolicy } from "./permissions/policy";
import { Parts } from "./runbooks";
import { Runbook } from "./runbook";
import { Schedule } from "./schedule";

/**
 * Lets a roll-out switch its schedule off, so that the next run does not roll forward again what somebody has rolled back. A
 * policy of its own, because the rule's ARN is known later than all else that the role may do.
 */
export function letPause(
  { component, name, inputs }: Parts,
  rollOut: Runbook,
  schedule: Schedule,
): iam.RolePolicy {
  return new iam.RolePolicy(
    `${name}-roll-out-pause-policy`,
    {
      name: inputs.names.pausePolicy,
      role: rollOut.roleName,
      policy: schedule.ruleArn.apply((ruleArn) =>
        writePolicy("roll-out", "the schedule", [
          { Sid: "SwitchTheScheduleOff", Effect: "Allow", Action: "events:DisableRule", Resource: ruleArn },
        ]),
      ),
    },
    { parent: component },
  );
}
