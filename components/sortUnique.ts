/** Sorted and without repetition, so that the order in which things were found makes no difference. */
export function sortUnique<T extends string>(values: T[]): T[] {
  return [...new Set(values)].sort();
}
