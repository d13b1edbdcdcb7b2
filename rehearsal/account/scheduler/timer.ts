import { NotModelled } from "../../errors";
import { decide } from "../authorization";
import { AwsError } from "../errors";
import type { Principal } from "../iam";
import type { Accepted } from "../ssm";
import type { AccountState } from "../state";
import type { TimedStart, Timer } from "../timer";
import type { Schedule } from "./schedule";

/** The group's schedules as what starts runbooks. All of them have the same times. */
export function scheduleTimer(account: AccountState, group: ScheduleGroup): Timer {
  const schedules = [...account.scheduler.schedules.values()].filter(
    ({ GroupName }) => GroupName === group.name,
  );
  const [{ ScheduleExpression, ScheduleExpressionTimezone }] = schedules;
  return {
    title: `Schedule group ${group.name}`,
    scheduleExpression: ScheduleExpression,
    timeZone: ScheduleExpressionTimezone,
    starts: schedules
      .sort((one, other) => (one.Name < other.Name ? -1 : 1))
      .map((schedule) => startOf(account, group, schedule)),
  };
}

export interface ScheduleGroup {
  name: string;
  arn: string;
}

function startOf(account: AccountState, group: ScheduleGroup, schedule: Schedule): TimedStart {
  const { GroupName, Name, Target } = schedule;
  const request = requestOf(account, schedule);
  const assume = () =>
    account.iam.assume(Target.RoleArn, "scheduler.amazonaws.com", {
      "aws:SourceAccount": account.place.accountId,
      "aws:SourceArn": group.arn,
    });
  return {
    documentName: request.DocumentName,
    // Somebody may have switched it off since it was made.
    isEnabled: () => account.scheduler.schedules.get(`${GroupName}/${Name}`)?.State === "ENABLED",
    start: () => start(account, request, assume()),
    keep: (error) => keep(account, schedule, assume, error),
  };
}

interface StartRequest {
  DocumentName: string;
  DocumentVersion: string;
  Parameters: Record<string, string[]>;
}

function start(account: AccountState, request: StartRequest, starter: Principal): Accepted {
  return account.ssm.start(
    {
      documentName: request.DocumentName,
      documentVersion: request.DocumentVersion,
      parameters: request.Parameters,
    },
    starter,
  );
}

/** The request that the universal target makes of its input. Scheduler looks at it only when it fires. */
function requestOf({ place: { partition } }: AccountState, { Name, Target }: Schedule): StartRequest {
  const universal = `arn:${partition}:scheduler:::aws-sdk:ssm:startAutomationExecution`;
  if (Target.Arn !== universal) {
    throw new NotModelled(
      `The rehearsal does not model the target ${Target.Arn} of schedule ${Name}, only ${universal}.`,
    );
  }
  const input: unknown = JSON.parse(Target.Input ?? "null");
  if (!isStartRequest(input)) {
    throw new NotModelled(
      `The rehearsal does not model the input of schedule ${Name}, only one with DocumentName, DocumentVersion and Parameters, ` +
        `each a list of texts: ${Target.Input}.`,
    );
  }
  return input;
}

function isStartRequest(input: unknown): input is StartRequest {
  if (typeof input !== "object" || input === null) {
    return false;
  }
  const { DocumentName, DocumentVersion, Parameters, ...others } = input as Record<string, unknown>;
  return (
    typeof DocumentName === "string" &&
    typeof DocumentVersion === "string" &&
    typeof Parameters === "object" &&
    Parameters !== null &&
    Object.keys(others).length === 0 &&
    Object.values(Parameters).every(
      (values) => Array.isArray(values) && values.every((value) => typeof value === "string"),
    )
  );
}

/**
 * To the queue where the role may send there, else it is only counted. Source:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
function keep(account: AccountState, schedule: Schedule, assume: () => Principal, error: AwsError): void {
  const queueArn = schedule.Target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) {
    return;
  }
  const message = {
    sentAt: account.clock.now(),
    body: schedule.Target.Input ?? "",
    attributes: {
      SCHEDULE_ARN: schedule.Arn,
      TARGET_ARN: schedule.Target.Arn,
      ERROR_CODE: error.code,
      ERROR_MESSAGE: error.message,
    },
  };
  if (maySend(account, assume, queueArn)) {
    account.sqs.keep(queueArn, message);
    return;
  }
  const metric = {
    namespace: "AWS/Scheduler",
    name: "InvocationsFailedToBeSentToDeadLetterCount",
    dimensions: { ScheduleGroup: schedule.GroupName },
  };
  account.cloudwatch.put(metric, account.clock.now(), 1);
}

function maySend(account: AccountState, assume: () => Principal, queueArn: string): boolean {
  if (!account.sqs.queues.has(queueArn)) {
    return false;
  }
  try {
    const demand = { action: "sqs:SendMessage", resource: queueArn, context: {} };
    return decide(account.place, assume(), demand) === "allowed";
  } catch (error) {
    if (error instanceof AwsError) {
      return false;
    }
    throw error;
  }
}
