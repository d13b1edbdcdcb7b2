/** Whether a value is a map of keys. A Map, a Date or an array is an object too, and would lose what it holds in silence. */
export function isPlainMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not compared with Object.prototype itself, of which each realm has its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
