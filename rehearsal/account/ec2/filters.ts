import { NotModelled } from "../../errors";
import { AwsError } from "../errors";
import { list, type Shape, string, structure } from "../parameters";
import { wildcard } from "../wildcard";
import type { Tag } from "./shapes";

export interface Filter {
  Name?: string;
  Values?: string[];
}

export const filtersShape: Shape = list(structure({ Name: string(), Values: list(string()) }));

/** EC2 takes so many values in one request, over all its filters. */
const mostValues = 200;

/** What the filters of an API look at, by their names. */
export type FilterSources<Item> = Record<string, (item: Item) => string[]>;

/** Those filters that look at the tags. */
export function tagSources<Item extends { Tags: Tag[] }>(filters: Filter[] = []): FilterSources<Item> {
  const byKey = filters
    .map(({ Name: name = "" }) => name)
    .filter((name) => name.startsWith("tag:"))
    .map((name): [string, FilterSources<Item>[string]] => {
      const key = name.slice("tag:".length);
      return [name, ({ Tags: tags }) => tags.filter(({ Key }) => Key === key).map(({ Value }) => Value)];
    });
  return { "tag-key": ({ Tags: tags }) => tags.map(({ Key }) => Key), ...Object.fromEntries(byKey) };
}

/** What passes every filter. A filter lets an item pass when one of its values matches one of the item's. */
export function filtered<Item>(
  api: string,
  items: Item[],
  filters: Filter[] = [],
  sources: FilterSources<Item>,
): Item[] {
  checkCount(filters);
  const tests = filters.map((filter) => readFilter(api, filter, sources));
  return items.filter((item) => tests.every((test) => test(item)));
}

function checkCount(filters: Filter[]): void {
  const count = filters.reduce((sum, { Values = [] }) => sum + Values.length, 0);
  if (count > mostValues) {
    throw new AwsError(
      "FilterLimitExceeded",
      `The maximum number of filter values specified on a single call is ${mostValues}`,
    );
  }
}

function readFilter<Item>(
  api: string,
  { Name: name = "", Values: values = [] }: Filter,
  sources: FilterSources<Item>,
): (item: Item) => boolean {
  if (!Object.hasOwn(sources, name)) {
    throw new NotModelled(`The rehearsal does not model ${api} Filters "${name}".`);
  }
  const source = sources[name];
  const tests = values.map((value) => readValue(api, value));
  return (item) => source(item).some((actual) => tests.some((test) => test(actual)));
}

/** Whether a text is what a filter's value means. There can be many items, so a plain value is simply compared. */
function readValue(api: string, value: string): (actual: string) => boolean {
  if (value.includes("\\")) {
    throw new NotModelled(`The rehearsal does not model escapes in ${api} Filters: "${value}".`);
  }
  if (!/[*?]/.test(value)) {
    return (actual) => actual === value;
  }
  const pattern = wildcard(value);
  return (actual) => pattern.test(actual);
}
