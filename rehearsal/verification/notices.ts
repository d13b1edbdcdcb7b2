import type { AccountState } from "../account/state";
import type { Message } from "../account/sns";
import type { Night, Run } from "../nights/run";
import type { Check } from "./check";

/** Whether the program tells anybody of anything. */
export function tellsSomebody({ cloudwatch, eventBus }: AccountState): boolean {
  return (
    cloudwatch.alarms.some(({ alarmActions }) => alarmActions.length > 0) ||
    eventBus.rules.some(({ targets }) => targets.length > 0)
  );
}

/** What a person heard of one night: of each failure once, of each start that was refused, and else nothing. */
export function toldOf(account: AccountState, { runs, startedAt, endedAt }: Night): Check[] {
  if (!tellsSomebody(account)) {
    return [];
  }
  const sent = account.sns.messages.filter(
    ({ at, isFirst }) => !isFirst && at >= new Date(startedAt) && at <= new Date(endedAt),
  );
  const failed = runs.filter(isFailureOfItsOwn);
  const refused = runs.filter(({ status }) => status === "NotStarted");
  if (failed.length === 0 && refused.length === 0) {
    return [{ check: "no message was sent", ok: sent.length === 0, detail: subjects(sent) }];
  }
  const notices = sent.filter(({ by }) => by === "events.amazonaws.com");
  const refusedIsTold = refused.length === 0 || account.cloudwatch.alarms.some(speaksOfDeadLetters);
  return [
    {
      check: `a person was told of ${failed.length} failed runs and ${refused.length} refused starts, once each`,
      ok: notices.length === failed.length && refusedIsTold,
      detail: subjects(sent),
    },
  ];
}

/** Nothing is heard for a day or more of a start that never came: then the watch's alarm says so. */
export function toldOfMissingSuccess(account: AccountState): Check[] {
  if (!tellsSomebody(account)) {
    return [];
  }
  const { alarms } = account.cloudwatch;
  const missing = alarms.find(
    ({ metric, statistic }) => metric.name === "HoursSinceSuccess" && statistic === "Maximum",
  );
  const sent = account.sns.messages.filter(
    ({ subject }) => missing !== undefined && subject.startsWith(`ALARM: "${missing.name}"`),
  );
  return [{ check: "a person was told that no run succeeded", ok: sent.length > 0, detail: subjects(sent) }];
}

/** Where all goes well, nobody hears of anything but the alarms' first states. */
export function toldOfNothing(account: AccountState): Check[] {
  const sent = account.sns.messages.filter(({ isFirst }) => !isFirst);
  return tellsSomebody(account)
    ? [{ check: "no message was sent between the nights", ok: sent.length === 0, detail: subjects(sent) }]
    : [];
}

/** A roll-out that create-image started fails create-image, which is what a person hears of. */
function isFailureOfItsOwn({ status, parent }: Run): boolean {
  return ["Failed", "TimedOut", "Cancelled"].includes(status) && parent === undefined;
}

function speaksOfDeadLetters({
  metric,
  state,
  alarmActions,
}: AccountState["cloudwatch"]["alarms"][number]): boolean {
  const names = ["ApproximateNumberOfMessagesVisible", "InvocationsFailedToBeSentToDlq"];
  return names.includes(metric.name) && state === "ALARM" && alarmActions.length > 0;
}

function subjects(messages: Message[]): string {
  return messages.length === 0 ? "none" : messages.map(({ subject }) => subject).join("; ");
}
