/** An empty list may be left out by the provider. */
export function orEmpty<T>(list: T[] | undefined): T[] {
  return list ?? [];
}
