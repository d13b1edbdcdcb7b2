// How the clocks of a time zone change, as Node knows it. A preview has no clock of its own: these years stand for all.

const [FROM, TO] = [Date.UTC(2025, 0, 1), Date.UTC(2035, 0, 1)];
const MINUTE = 60 * 1000;
/** Shorter than any zone keeps to another time: Morocco does so for the month of Ramadan. */
const STEP = 10 * 24 * 60 * MINUTE;
const MINUTES_A_DAY = 24 * 60;

/** One change of the clocks. */
export interface ClockChange {
  /** By how many minutes they are set forward; less than nothing when they are set back. */
  readonly minutes: number;
  /** What they show at that moment, in minutes of the day. Set forward, the minutes from there on do not exist. */
  readonly at: number;
}

/** Every change of the clocks in a time zone. */
export function findClockChanges(timeZone: string): ClockChange[] {
  const offsetAt = readOffsets(timeZone);
  const changes: ClockChange[] = [];
  for (let start = FROM; start < TO; start += STEP) {
    const before = offsetAt(start);
    const minutes = offsetAt(start + STEP) - before;
    if (minutes !== 0) {
      const moment = findMoment(start, start + STEP, (time) => offsetAt(time) === before);
      const shown = moment / MINUTE + before;
      changes.push({ minutes, at: ((shown % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY });
    }
  }
  return changes;
}

/** Whether a time of the day, in minutes, does not exist on the day of one of the changes. */
export function isSkipped(time: number, changes: readonly ClockChange[]): boolean {
  return changes.some(
    ({ minutes, at }) => minutes > 0 && (time - at + MINUTES_A_DAY) % MINUTES_A_DAY < minutes,
  );
}

/** The first minute at which the clocks are not as before. */
function findMoment(from: number, to: number, isAsBefore: (time: number) => boolean): number {
  let [last, first] = [from / MINUTE, to / MINUTE];
  while (first - last > 1) {
    const middle = Math.floor((last + first) / 2);
    [last, first] = isAsBefore(middle * MINUTE) ? [middle, first] : [last, middle];
  }
  return first * MINUTE;
}

/** By how many minutes the clocks are ahead of UTC. */
export function readOffsets(timeZone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  return (time) => {
    const shown = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => shown.get(name) ?? NaN;
    const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
    return (local - time) / MINUTE;
  };
}
