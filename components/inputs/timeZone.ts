import { InputError } from "../errors";
import { quote } from "../quote";
import { distance } from "./spelling";

/** AWS's limit, in characters. */
const TIME_ZONE_MAX = 50;

/** Node lists one name for each zone. Some of these are old ones, and the new one is another name for the same. */
const LISTED = ["UTC", ...Intl.supportedValuesOf("timeZone")];

/** Checks for a name of the IANA time zone database, as Node knows it. */
export function checkTimeZone(value: unknown): string {
  if (typeof value === "string" && value.length <= TIME_ZONE_MAX && isZone(value)) {
    return value;
  }
  throw new InputError(
    `timeZone ${quote(value)} is no time zone: give a name of the IANA time zone database, such as ${nearest(value)}, or leave ` +
      `it out and cron is in UTC.`,
  );
}

/** Node takes a name in any case, and abbreviations such as PST. AWS takes IANA's names as they are written. */
function isZone(name: string): boolean {
  const zone = zoneOf(name);
  if (zone === undefined || LISTED.includes(name)) {
    return zone !== undefined;
  }
  const isInWrongCase = zone !== name && zone.toLowerCase() === name.toLowerCase();
  return /^([A-Z][\w+-]*\/)+[A-Z][\w+-]*$/.test(name) && !isInWrongCase;
}

/** The name by which Node lists the zone. */
function zoneOf(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/** The names that were most likely meant. */
function nearest(value: unknown): string {
  const text = typeof value === "string" ? value.trim() : "";
  const zone = text === "" ? undefined : zoneOf(text);
  if (zone !== undefined) {
    return zone;
  }
  const word = plain(text);
  const city = word.split("/").at(-1) ?? "";
  const near = LISTED.map((name) => ({
    name,
    apart: Math.min(distance(word, plain(name)), distance(city, plain(name.split("/").at(-1) ?? ""))),
  }))
    .filter(({ apart }) => apart <= Math.max(1, Math.floor(city.length / 4)))
    .sort((one, other) => one.apart - other.apart)
    .map(({ name }) => name);
  return near.length === 0 ? "Asia/Tokyo or Europe/Berlin" : near.slice(0, 3).join(" or ");
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[ -]/g, "_");
}
