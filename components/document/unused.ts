import { namesBoundBy, readStatements } from "./python";

// Of a shared module a step often needs one function, and a document has room for little text: what no step uses is left out.

/** What stands at the top of a script, with the lines that belong to it. */
interface Block {
  text: string;
  /** What it binds. */
  readonly names: string[];
  readonly isImport: boolean;
}

/**
 * A script without what its own names do not use, and without imports that stand there twice. Each word counts as a use of what
 * has that name, in a text or a comment too: so nothing is missing, and something may be too much.
 */
export function leaveOutUnused(file: string, python: string, own: string[]): string {
  const blocks = readBlocks(file, python);
  const used = new Set(own);
  const kept = new Set<Block>();
  let found = blocks.filter((block) => isUsed(block, used));
  while (found.length > 0) {
    for (const block of found) {
      kept.add(block);
      wordsOf(block).forEach((word) => used.add(word));
    }
    found = blocks.filter((block) => !kept.has(block) && isUsed(block, used));
  }
  return withoutRepeatedImports(blocks.filter((block) => kept.has(block)))
    .map(({ text }) => text)
    .join("");
}

/** What binds nothing is there for what it does. */
function isUsed({ names }: Block, used: Set<string>): boolean {
  return names.length === 0 || names.some((name) => used.has(name));
}

function wordsOf({ text, isImport }: Block): string[] {
  return isImport ? [] : (text.match(/\w+/g) ?? []);
}

function withoutRepeatedImports(blocks: Block[]): Block[] {
  const imports = new Set<string>();
  return blocks.filter(({ text, isImport }) => {
    const isRepeated = isImport && imports.has(text.trim());
    imports.add(text.trim());
    return !isRepeated;
  });
}

/** A decorator belongs to what it stands above. */
function readBlocks(file: string, python: string): Block[] {
  const blocks: Block[] = [];
  let above = "";
  for (const { text, code } of readStatements(file, python)) {
    const last = blocks.at(-1);
    if (/^@/.test(code)) {
      above += text;
    } else if (/^\S/.test(code) || last === undefined) {
      const isImport = /^(from|import) /.test(code);
      blocks.push({ text: above + text, names: namesBoundBy(code), isImport });
      above = "";
    } else {
      last.text += text;
    }
  }
  return blocks;
}
