import { quote } from "../../quote";
import { type CronField, FIELDS, through } from "./table";

/** Why an expression is refused: what is allowed and the repair. It stands behind `cron is "…": ` in a sentence. */
export class Refusal extends Error {}

/** A refusal of one item of a list that has a repair: what stands in the item's place. */
export class ItemRefusal extends Refusal {
  constructor(
    private readonly allowed: string,
    private readonly item: string,
    private readonly repair: string,
  ) {
    super(`${allowed}, write "${repair}"`);
  }

  /** The list with the repair in it. */
  repairIn(list: string): string {
    return list
      .split(",")
      .map((item) => (item === this.item ? this.repair : item))
      .join(",");
  }

  /** The same, with the whole field as the repair. Without one, because something else is wrong there too, an example. */
  ofField(field: CronField, repaired: string | undefined): Refusal {
    return new Refusal(
      repaired === undefined
        ? `${this.allowed}, write for example ${field.example}`
        : `${this.allowed}, write "${repaired}" in the ${field.label} field`,
    );
  }
}

/** What is allowed in the field. */
export function takes(field: CronField): string {
  const names = field.names.length > 0 ? ` or ${field.names[0]}-${field.names[field.names.length - 1]}` : "";
  const values = `${field.min}-${field.max}${names}`;
  return field.wildcards === ""
    ? `the ${field.label} field takes one of ${values}`
    : `the ${field.label} field takes ${values} (with ${field.wildcards})`;
}

/** Something that is no value, range or step of the field. The sentence tells what the writer probably had in mind. */
export function notTaken(field: CronField, item: string): Refusal {
  const found = quote(item);
  const owner = Object.values(FIELDS).find((other: CronField) => other.names.includes(item));
  if (owner !== undefined)
    return new Refusal(
      `${found} belongs in the ${owner.label} field, ${takes(field)}, write for example ${field.example}`,
    );
  // MONDAY, TUES, SEPT.
  const name = field.names.find(
    (short, index) => item.startsWith(short) && field.longNames?.[index].startsWith(item),
  );
  if (name !== undefined) return new ItemRefusal(`${takes(field)}, not ${found}`, item, name);
  const foreign = ["L", "W", "#"].find((mark) => hasMark(item, mark) && !field.wildcards.includes(mark));
  if (foreign !== undefined)
    return new Refusal(
      `"${foreign}" is for the ${ownersOf(foreign)} only, ${takes(field)}, not ${found}, write for example ${field.example}`,
    );
  return new Refusal(`${takes(field)}, not ${found}, write for example ${field.example}`);
}

/** Whether the item uses the mark as a mark, and not as a letter of some word. */
function hasMark(item: string, mark: string): boolean {
  return item.includes(mark) && (mark === "#" || /^\d*[LW]+(-\d*)?$/.test(item));
}

function ownersOf(mark: string): string {
  const owners = Object.values(FIELDS).filter((field) => field.wildcards.includes(mark));
  return `${owners.map((field) => field.label).join(" and ")} ${owners.length > 1 ? "fields" : "field"}`;
}

/** A list with nothing between two commas, as in `1,,2`, or with blanks after its commas. */
export function emptyItem(field: CronField, items: string[], repaired: string | undefined): Refusal {
  const repair = repaired === undefined ? `for example ${field.example}` : `"${repaired}"`;
  return new Refusal(
    `the list ${quote(items.join(","))} of the ${field.label} field has an empty item, blanks separate fields and commas separate values, write ${repair}`,
  );
}

/** A step over a range: the same as start and step where the range goes to the field's end, else as a list. */
export function stepOfRange(field: CronField, item: string, range: number[], step: number): ItemRefusal {
  const chosen = range.filter((_, index) => index % step === 0);
  const [first] = range;
  const list = chosen.join(",");
  const toTheEnd = list === through(first, field.max, step).join(",");
  const repair = step === 1 ? item.split("/")[0] : toTheEnd ? `${first}/${step}` : list;
  return new ItemRefusal(
    `AWS documents a step after one value, not after a range as in ${quote(item)}`,
    item,
    repair,
  );
}

/** A range over the end of its field, such as FRI-MON. */
export function wrappedRange(field: CronField, item: string, ends: string[], values: number[]): ItemRefusal {
  const allowed = `a range of the ${field.label} field goes from the lower to the higher value, not ${quote(item)}`;
  // Years do not come round again, so such a range is one that was written backwards.
  if (field === FIELDS.year) return new ItemRefusal(allowed, item, `${ends[1]}-${ends[0]}`);
  const named = ends.some((end) => field.names.includes(end));
  const lowest = named ? field.names[0] : String(field.min);
  const highest = named ? field.names[field.names.length - 1] : String(field.max);
  const upper = values[0] === field.max ? ends[0] : `${ends[0]}-${highest}`;
  const lower = values[1] === field.min ? ends[1] : `${lowest}-${ends[1]}`;
  return new ItemRefusal(`${allowed}, which are two ranges`, item, `${upper},${lower}`);
}

/** Days of the week counted from 0, as Unix does: then all of them are. */
export function daysFromZero(repaired: string | undefined): Refusal {
  const repair =
    repaired === undefined
      ? `for example ${FIELDS.dayOfWeek.example}`
      : `"${repaired}" in the ${FIELDS.dayOfWeek.label} field`;
  return new Refusal(
    `AWS counts the days of the week 1-7 from Sunday and has no 0, where Unix counts them from 0, write ${repair}`,
  );
}

/** More than one firing in an hour. `repair` is how the sentence ends. */
export function tooOften(gap: number, repair: string): Refusal {
  return new Refusal(
    `it fires again after ${gap} ${gap === 1 ? "minute" : "minutes"}, and a run needs the time to make an image and roll it out, from some minutes to hours, so that one minute of an hour is allowed, write ${repair}`,
  );
}

/** AWS's table has no "/" for the day of the week, though the other fields have it: the days are listed instead. */
export function stepOfWeekdays(text: string): Refusal {
  const [, first, last, step] = /^([^-/]+)(?:-([^-/]+))?\/(\d)$/.exec(text) ?? [];
  const field = FIELDS.dayOfWeek;
  const number = (end: string) => (/^[1-7]$/.test(end) ? Number(end) : field.names.indexOf(end) + field.min);
  const from = first === "*" ? field.min : number(first ?? "");
  const to = last === undefined ? field.max : number(last);
  const readable = from >= field.min && to >= from && Number(step) > 0;
  const days = readable ? through(from, to, Number(step)).join(",") : "2,4,6";
  return new Refusal(
    `${takes(field)} and no steps, not ${quote(text)}, write the days as a list${readable ? "" : " such as"} "${days}"`,
  );
}
