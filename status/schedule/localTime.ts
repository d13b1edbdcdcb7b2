import { readOffsets } from "../../components/inputs/cron/clockChanges";

// Between UTC and the clocks of a time zone. What those show is written as the Date that shows it in UTC.

const [MINUTE, DAY] = [60_000, 86_400_000];

export function toLocal(timeZone: string, at: Date): Date {
  return new Date(at.getTime() + offsetOf(timeZone)(at.getTime()) * MINUTE);
}

/** The first time at which the clocks show it; nothing where they skip it. */
export function fromLocal(timeZone: string, local: Date): Date | undefined {
  const offset = offsetOf(timeZone);
  // Clocks are changed at most once in two days.
  const around = [local.getTime() - DAY, local.getTime() + DAY].map((time) => offset(time));
  return around
    .sort((one, other) => other - one)
    .map((minutes) => new Date(local.getTime() - minutes * MINUTE))
    .find((at) => toLocal(timeZone, at).getTime() === local.getTime());
}

const known = new Map<string, (time: number) => number>();

function offsetOf(timeZone: string): (time: number) => number {
  const offset = known.get(timeZone) ?? readOffsets(timeZone);
  known.set(timeZone, offset);
  return offset;
}
