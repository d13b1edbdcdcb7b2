import { Block } from "./scriptFile";

// Of a shared module a step often needs one function, and a document has room for little text: what no step uses is left out.

/** A block in a script, and the blank lines that follow it there. */
export interface Placed {
  readonly block: Block;
  blank: string;
}

/**
 * A script without what its own names do not use, and without imports that stand there twice. Each word counts as a use of what
 * has that name, in a text or a comment too: so nothing is missing, and something may be too much.
 */
export function leaveOutUnused(placed: Placed[], own: string[]): Placed[] {
  const used = new Set(own);
  const kept = new Set<Placed>();
  let found = placed.filter(({ block }) => isUsed(block, used));
  while (found.length > 0) {
    for (const one of found) {
      kept.add(one);
      wordsOf(one.block).forEach((word) => used.add(word));
    }
    found = placed.filter((one) => !kept.has(one) && isUsed(one.block, used));
  }
  return withoutRepeatedImports(placed.filter((one) => kept.has(one)));
}

/** What binds nothing is there for what it does. */
function isUsed({ names }: Block, used: Set<string>): boolean {
  return names.length === 0 || names.some(([name]) => used.has(name));
}

function wordsOf({ words, isImport }: Block): readonly string[] {
  return isImport ? [] : words;
}

function withoutRepeatedImports(placed: Placed[]): Placed[] {
  const imports = new Set<string>();
  return placed.filter(({ block: { text, isImport } }) => {
    const isRepeated = isImport && imports.has(text);
    imports.add(text);
    return !isRepeated;
  });
}
