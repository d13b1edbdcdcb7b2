/** A time in UTC, to the minute. */
export function inUtc(time: string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** The same in a time zone, or in that of this machine. */
export function inZone(time: string, zone?: string): string {
  const format = new Intl.DateTimeFormat("en-CA", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  });
  const parts = new Map(format.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
  const [year, month, day] = ["year", "month", "day"].map((part) => parts.get(part as "year"));
  return `${year}-${month}-${day} ${parts.get("hour")}:${parts.get("minute")} ${zone ?? format.resolvedOptions().timeZone}`;
}

export function hoursBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 3_600_000;
}

/** How long something is ago, in the unit that says most. */
export function since(time: string, now: string): string {
  const hours = hoursBetween(time, now);
  if (hours < 48) return `${Math.max(Math.round(hours), 0)} h`;
  return `${Math.floor(hours / 24)} days`;
}
