import type { Members, Value } from "../../account/api";

/** How values travel between JavaScript and Python: as JSON, in which a time is a map with this one member. */
const timeKey = "__rehearsal_time__";

type Wired = null | string | number | boolean | Wired[] | { [key: string]: Wired };

export function toPython(value: Value): string {
  return JSON.stringify(wired(value));
}

export function fromPython(text: string): Members {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || !(timeKey in value)) return value;
    return new Date(value[timeKey] as number);
  }) as Members;
}

/** Date has a toJSON of its own, which JSON.stringify calls before any replacer: hence by hand. */
function wired(value: Value): Wired {
  if (value instanceof Date) return { [timeKey]: value.getTime() };
  if (Array.isArray(value)) return value.map(wired);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wired(item)]));
}
