import { InputError } from "../errors";

// As much of Python as it takes to put files together: where a statement begins and ends, and what is a comment. Strings are
// read whole, so that nothing inside one is taken for anything else.

/** A statement with the lines that it stands on. A blank line is one too, and so is a line that is a comment. */
export interface Statement {
  /** As written, with the end of its last line. */
  readonly text: string;
  /** Without comments. */
  readonly code: string;
  /** The number of its first line, from 1. */
  readonly line: number;
}

const STRING =
  /(?<quote>"""|''')(?:\\[^]|(?!\k<quote>)[^])*\k<quote>|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/.source;
const COMMENT = "#[^\\n]*";
const TOKEN = new RegExp(`${STRING}|${COMMENT}|[^"'#()[\\]{}\\\\\\n]+|\\\\\\n|[^]`, "g");
const COMMENT_LINE = new RegExp(`${STRING}|(?<wholeLine>^[ \\t]*${COMMENT}\\n)|${COMMENT}`, "gm");
const LONE_STRING = new RegExp(`^[rR]?(?:${STRING})$`);

export const NAMES = String.raw`[(\s]*(\w+(?:\s*,\s*\w+)*)[,)\s]*$`;
export const IMPORT_FROM = new RegExp(String.raw`^from (\w[\w.]*) import ${NAMES}`);
export const IMPORT = /^import (\w[\w.]*(?:\s*,\s*\w[\w.]*)*)$/;
const DEFINITION = /^(?:async def|def|class) (\w+)/;
const ASSIGNMENT = /^(\w+(?:\s*,\s*\w+)*)\s*(?::[^=]+)?=(?!=)/;

/** By how much each bracket is deeper. */
const DEPTHS: Record<string, number> = { "(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1 };

/** The statements of a file; joined together they are the file. `file` is for sentences. */
export function readStatements(file: string, python: string): Statement[] {
  const statements: Statement[] = [];
  let [text, code, line, depth] = ["", "", 1, 0];
  for (const [token] of `${python.trimEnd()}\n`.matchAll(TOKEN)) {
    text += token;
    code += token.startsWith("#") ? "" : token;
    depth += DEPTHS[token] ?? 0;
    if (depth < 0) {
      throw new InputError(
        `documents/scripts/${file} line ${line}: a bracket is closed that was not opened; open it, or take it out.`,
      );
    }
    if (token === "\n" && depth === 0) {
      statements.push({ text, code: code.trimEnd(), line });
      line += text.split("\n").length - 1;
      [text, code] = ["", ""];
    }
  }
  if (text !== "") {
    throw new InputError(
      `documents/scripts/${file} line ${line}: a bracket of this statement is not closed; close it.`,
    );
  }
  return statements;
}

/** Python without the lines that hold nothing but a comment. */
export function withoutCommentLines(python: string): string {
  return python.replace(COMMENT_LINE, (found, ...groups) => {
    const { wholeLine } = groups.at(-1) as { wholeLine?: string };
    return wholeLine === undefined ? found : "";
  });
}

/**
 * Whether a statement is a docstring that can be left out: the first one of a file, a function or a class, and not the only one,
 * because something must stand there.
 */
export function isDocstring(statements: Statement[], index: number): boolean {
  const { code } = statements[index];
  if (!LONE_STRING.test(code.trim())) {
    return false;
  }
  const before = statements.slice(0, index).filter(isCode).at(-1);
  const after = statements.slice(index + 1).find(isCode);
  return (
    before === undefined ||
    (/^\s*(async def|def|class) [^]*:$/.test(before.code) && indentation(after) === indentation({ code }))
  );
}

function isCode({ code }: Pick<Statement, "code">): boolean {
  return code !== "";
}

function indentation(statement: Pick<Statement, "code"> | undefined): number {
  return statement === undefined ? 0 : statement.code.search(/\S/);
}

/** The names that a definition or an assignment binds. */
export function namesDefinedBy(code: string): string[] {
  const [, defined] = DEFINITION.exec(code) ?? ASSIGNMENT.exec(code) ?? [];
  return list(defined ?? "");
}

/** The parts of a list with commas. */
export function list(names: string): string[] {
  return names
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}
