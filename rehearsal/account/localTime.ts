// Between a time zone's wall clocks and UTC. A local time is written as the Date that shows it in UTC.

const HOUR = 60 * 60 * 1000;

/** What the clocks of the zone show. */
export function localTime(timeZone: string, at: Date): Date {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? NaN;
  return new Date(
    Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")),
  );
}

/**
 * When the clocks show a local time, to the minute: the first time where they show it twice, and nothing where they skip it.
 */
export function momentOf(timeZone: string, local: Date): Date | undefined {
  // No zone is further than these from UTC, and none changes by more than a day: both offsets of a change are among these.
  const offsets = [-24, 24].map((hours) => {
    const near = new Date(local.getTime() + hours * HOUR);
    return localTime(timeZone, near).getTime() - near.getTime();
  });
  return offsets
    .map((offset) => new Date(local.getTime() - offset))
    .sort((one, other) => one.getTime() - other.getTime())
    .find((moment) => localTime(timeZone, moment).getTime() === local.getTime());
}

/** `2026-11-27 14:30 Asia/Tokyo` */
export function writeLocalTime(timeZone: string, at: Date): string {
  return `${localTime(timeZone, at).toISOString().slice(0, 16).replace("T", " ")} ${timeZone}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  formats.set(timeZone, format);
  return format;
}
