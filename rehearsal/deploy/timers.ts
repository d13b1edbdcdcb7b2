import type { AccountState } from "../account/state";
import { ruleTimer, type Target } from "../account/events";
import type { Rule } from "../account/events/rule";
import type { Schedule } from "../account/scheduler/schedule";
import { scheduleTimer } from "../account/scheduler/timer";
import type { Timer } from "../account/timer";
import { RehearsalError } from "../errors";
import type { Registered } from "./program";
import { ofType, Properties } from "./properties";

// What the program registers to start runbooks at their times.

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const GROUP = "aws:scheduler/scheduleGroup:ScheduleGroup";
const SCHEDULE = "aws:scheduler/schedule:Schedule";

/** What refreshes at the user's times, and what measures once a day, where that is registered. */
export interface Timers {
  timer: Timer;
  watch?: Timer;
}

export function provisionTimers(account: AccountState, registered: Registered[]): Timers {
  const rules = ofType(registered, RULE).filter(({ inputs }) => inputs.scheduleExpression !== undefined);
  const [watches, refreshes] = [true, false].map((daily) =>
    rules.filter(({ inputs }) => String(inputs.scheduleExpression).startsWith("rate(") === daily),
  );
  const ofRule = (rule: Registered) => provisionRule(account, registered, rule);
  const watch = watches.length === 0 ? undefined : ofRule(only(watches, RULE));
  return ofType(registered, GROUP).length > 0
    ? { timer: provisionGroup(account, registered), watch }
    : { timer: ofRule(only(refreshes, RULE)), watch };
}

function provisionRule(account: AccountState, registered: Registered[], one: Registered): Timer {
  const inputs = new Properties(one, "name description scheduleExpression state tags");
  const rule: Rule = {
    name: inputs.text("name"),
    arn: inputs.text("arn"),
    scheduleExpression: inputs.text("scheduleExpression"),
    enabled: inputs.oneOf("state", ["ENABLED", "DISABLED"]) === "ENABLED",
  };
  account.eventBus.schedules.set(rule.name, rule);
  return ruleTimer(account, rule, targetsOf(registered, rule));
}

function targetsOf(registered: Registered[], rule: Rule): Target[] {
  const targets = some(
    registered.filter(({ inputs }) => inputs.rule === rule.name),
    TARGET,
  )
    .map(targetOf)
    .sort((one, other) => (one.targetId < other.targetId ? -1 : 1));
  const twice = targets.find(({ targetId }, index) => targetId === targets[index + 1]?.targetId);
  if (twice !== undefined) {
    throw new RehearsalError(
      `The program registers two targets ${twice.targetId} of rule ${rule.name}: the second would replace the first.`,
    );
  }
  return targets;
}

function targetOf(registered: Registered): Target {
  const target = new Properties(registered, "rule targetId roleArn input retryPolicy deadLetterConfig");
  target.inside("retryPolicy", "maximumRetryAttempts maximumEventAgeInSeconds");
  return {
    deadLetterArn: target.inside("deadLetterConfig", "")?.text("arn"),
    targetId: target.text("targetId"),
    arn: target.text("arn"),
    roleArn: target.text("roleArn"),
    input: target.text("input"),
  };
}

function provisionGroup(account: AccountState, registered: Registered[]): Timer {
  const inputs = new Properties(only(ofType(registered, GROUP), GROUP), "name tags");
  const group = { name: inputs.text("name"), arn: inputs.text("arn") };
  const schedules = some(registered, SCHEDULE).map(scheduleOf);
  const others = schedules.find(
    (one) =>
      one.GroupName !== group.name ||
      one.ScheduleExpression !== schedules[0].ScheduleExpression ||
      one.ScheduleExpressionTimezone !== schedules[0].ScheduleExpressionTimezone,
  );
  if (others !== undefined) {
    throw new RehearsalError(
      `Schedule ${others.Name} has another group or other times than ${schedules[0].Name}: the rehearsal lets all of them start ` +
        `together.`,
    );
  }
  for (const schedule of schedules) {
    if (account.scheduler.schedules.has(`${schedule.GroupName}/${schedule.Name}`)) {
      throw new RehearsalError(
        `The program registers two schedules ${schedule.Name} in group ${group.name}.`,
      );
    }
    account.scheduler.put(schedule);
  }
  return scheduleTimer(account, group);
}

function scheduleOf(registered: Registered): Schedule {
  const inputs = new Properties(
    registered,
    "name groupName description scheduleExpression scheduleExpressionTimezone flexibleTimeWindow state target",
  );
  const window = inputs.within("flexibleTimeWindow", "mode maximumWindowInMinutes");
  const mode = window.oneOf("mode", ["OFF", "FLEXIBLE"]);
  return {
    Arn: inputs.text("arn"),
    GroupName: inputs.text("groupName"),
    Name: inputs.text("name"),
    Description: inputs.optionalText("description"),
    ScheduleExpression: inputs.text("scheduleExpression"),
    ScheduleExpressionTimezone: inputs.optionalText("scheduleExpressionTimezone") ?? "UTC",
    State: inputs.oneOf("state", ["ENABLED", "DISABLED"], "ENABLED"),
    FlexibleTimeWindow:
      mode === "OFF"
        ? { Mode: mode }
        : { Mode: mode, MaximumWindowInMinutes: window.number("maximumWindowInMinutes") },
    Target: scheduleTargetOf(inputs),
  };
}

function scheduleTargetOf(inputs: Properties): Schedule["Target"] {
  const target = inputs.within("target", "arn roleArn input retryPolicy deadLetterConfig");
  const retries = target.inside("retryPolicy", "maximumRetryAttempts maximumEventAgeInSeconds");
  return {
    Arn: target.text("arn"),
    RoleArn: target.text("roleArn"),
    Input: target.text("input"),
    RetryPolicy: retries && {
      MaximumRetryAttempts: retries.number("maximumRetryAttempts", 185),
      MaximumEventAgeInSeconds: retries.number("maximumEventAgeInSeconds", 86400),
    },
    DeadLetterConfig: { Arn: target.inside("deadLetterConfig", "")?.text("arn") },
  };
}

/** Without one of these a program has nothing to rehearse. */
export function some(registered: Registered[], type: string): Registered[] {
  const found = ofType(registered, type);
  if (found.length === 0) {
    throw new RehearsalError(`The program registers no resource of type ${type}: there is nothing to run.`);
  }
  return found;
}

function only(registered: Registered[], type: string): Registered {
  const found = ofType(registered, type);
  if (found.length !== 1) {
    throw new RehearsalError(
      `The program registers ${found.length} resources of type ${type}; the rehearsal runs programs that register one.`,
    );
  }
  return found[0];
}
