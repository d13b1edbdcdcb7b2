/**
 * What a preview prints of a document whose text changes, in lines, as the engine counts them: it reads YAML of several lines,
 * compares value by value, prints what is the same too, a text in one line, and of a text that changes the lines around the
 * change. Source: pulumi/pulumi, pkg/backend/display/object_diff.go.
 */
export function linesOfDiff(before: unknown, after: unknown): number {
  if (isList(before) && isList(after)) {
    return 2 + sum(after.map((entry, index) => linesOfEntry(before[index], entry)));
  }
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return 2 + sum(keys.map((key) => linesOfEntry(before[key], after[key])));
  }
  const texts = typeof before === "string" && typeof after === "string";
  return texts && /\n/.test(before + after) ? 1 + linesOfText(before.split("\n"), after.split("\n")) : 1;
}

/** The lines that only one of two texts has; each is shown with its sign. */
export function changedLines(before: string, after: string): string[] {
  const [old, present] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !present.includes(line)).map((line) => `- ${line}`),
    ...present.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}

function linesOfEntry(before: unknown, after: unknown): number {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return isShown(after) ? linesOf(after) : 0;
  }
  return linesOfDiff(before, after);
}

function linesOf(value: unknown): number {
  const entries = isList(value) ? value : isMap(value) ? Object.values(value).filter(isShown) : [];
  return entries.length === 0 ? 1 : 2 + sum(entries.map(linesOf));
}

/** One place of change: both lines, two of what stands around them on each side, and a mark for what is left out. */
function linesOfText(before: string[], after: string[]): number {
  const first = before.findIndex((line, index) => line !== after[index]);
  const behind = [...before].reverse().findIndex((line, index) => line !== after[after.length - 1 - index]);
  const changed = before.length - first - behind + (after.length - first - behind);
  return changed + Math.min(first, 3) + Math.min(behind, 3);
}

/** What says nothing is left out. */
function isShown(value: unknown): boolean {
  return value !== null && value !== "" && !(typeof value === "object" && Object.keys(value).length === 0);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
