/** Longer values are cut inside a sentence. */
const LONGEST = 300;

/** How a value reads inside a sentence: in quotes, on one line, with every character that cannot be seen spelled out. */
export function quote(value: unknown): string {
  const text = asJson(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function asJson(value: unknown): string {
  try {
    // Of NaN and Infinity JSON would make null.
    return (typeof value === "number" ? undefined : JSON.stringify(value)) ?? String(value);
  } catch {
    // What JSON cannot say (a BigInt, an object that holds itself) is named by its kind.
    return `(${typeof value})`;
  }
}
