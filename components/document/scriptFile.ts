import * as fs from "node:fs";
import * as path from "node:path";
import { InputError } from "../errors";
import {
  IMPORT,
  IMPORT_FROM,
  isDocstring,
  list,
  NAMES,
  namesDefinedBy,
  readStatements,
  Statement,
  withoutCommentLines,
} from "./python";

// A file of Python, as parts that can be put together with those of other files. What that does not allow is refused, by file
// and line.

/** What stands at the top of a file, with the lines that belong to it, a decorator among them. */
export interface Block {
  readonly kind: "block";
  readonly text: string;
  readonly line: number;
  /** The names that it binds, and what each of them is. */
  readonly names: readonly (readonly [name: string, of: string])[];
  readonly isImport: boolean;
  /** Every word in it once; some are names. */
  readonly words: readonly string[];
}

/** Where a file imports from a shared module: the text of that one takes this place. */
export interface SharedImport {
  readonly kind: "shared";
  readonly file: string;
}

/** Lines between two parts. */
export interface Blank {
  readonly kind: "blank";
  readonly text: string;
}

export type Part = Block | SharedImport | Blank;

const IMPORT_SHARED = new RegExp(String.raw`^from (shared(?:\.\w+)+) import ${NAMES}`);
/** What stands under it is for a type checker, and never runs. */
const TYPE_CHECKING = "if TYPE_CHECKING:";

/** Imports that would mean something else where files are put together, and what to write instead. */
const REFUSED: [RegExp, string][] = [
  [
    /^from __future__ /,
    "from __future__ stands at the beginning of a file or nowhere, and this text is put into another one; leave it out",
  ],
  [
    /^from \./,
    "a relative import has no package where this text is put in; write from shared.MODULE import NAME",
  ],
  [/^from \S+ import [(\s]*\*/, "a star import does not say which names it takes; name each of them"],
  [
    /^(?:from|import) [^]*\bas\b/,
    "an alias is a name that the module itself does not have, and its text is put in as it is; import the name without one",
  ],
  [
    /^import shared\b/,
    "a shared module is put in where names are imported from it; write from shared.MODULE import NAME",
  ],
];

/** Many scripts use one shared module, and a program may have hundreds of components. */
const known = new Map<string, readonly Part[]>();

/** The parts of a file, without docstrings and without lines that are a comment. It is read once in a process. */
export function readScriptFile(folder: string, file: string): readonly Part[] {
  const key = path.join(folder, file);
  const parts = known.get(key) ?? read(folder, file);
  known.set(key, parts);
  return parts;
}

export function refusal(file: string, { line }: { line: number }, sentence: string): InputError {
  return new InputError(`documents/scripts/${file} line ${line}: ${sentence}.`);
}

function read(folder: string, file: string): Part[] {
  const python = fs.readFileSync(path.join(folder, file), "utf8");
  refuseCharacters(file, python);
  const statements = readStatements(file, python);
  return groupStatements(statements.filter((_, index) => !isDocstring(statements, index))).map((group) =>
    readPart(folder, file, group),
  );
}

/** Each statement at the top with its decorators and the lines under it; and the blank lines between. */
function groupStatements(statements: Statement[]): Statement[][] {
  const groups: Statement[][] = [];
  let blank: Statement[] = [];
  for (const statement of statements) {
    const last = groups.at(-1);
    if (statement.code === "") {
      blank.push(statement);
    } else if (last !== undefined && (/^\s/.test(statement.code) || last.every(isDecorator))) {
      last.push(...blank, statement);
      blank = [];
    } else {
      groups.push(...(blank.length > 0 ? [blank] : []), [statement]);
      blank = [];
    }
  }
  return groups;
}

function isDecorator({ code }: Statement): boolean {
  return code.startsWith("@");
}

function readPart(folder: string, file: string, group: Statement[]): Part {
  const text = group.map(({ text }) => withoutCommentLines(text)).join("");
  const top = group.find((statement) => !isDecorator(statement)) ?? group[0];
  if (top.code === "") {
    return { kind: "blank", text };
  }
  const inner = top.code === TYPE_CHECKING ? [] : group.filter((statement) => statement !== top);
  refuseImports(file, top, ...inner);
  const [, module] = IMPORT_SHARED.exec(top.code) ?? [];
  if (module !== undefined) {
    return { kind: "shared", file: findModule(folder, file, top, module) };
  }
  refuseSharedImports(file, inner);
  return {
    kind: "block",
    text,
    line: top.line,
    names: namesOf(folder, file, top),
    isImport: /^(from|import) /.test(top.code),
    words: [...new Set(text.match(/\w+/g))],
  };
}

function findModule(folder: string, file: string, statement: Statement, module: string): string {
  const moduleFile = `${module.replaceAll(".", "/")}.py`;
  if (!fs.existsSync(path.join(folder, moduleFile))) {
    throw refusal(file, statement, `there is no ${moduleFile}; correct the module's name, or write it`);
  }
  return moduleFile;
}

function refuseImports(file: string, ...statements: Statement[]): void {
  for (const statement of statements) {
    const refused = REFUSED.find(([pattern]) => pattern.test(statement.code.trimStart()));
    if (refused !== undefined) {
      throw refusal(file, statement, refused[1]);
    }
  }
}

function refuseSharedImports(file: string, inner: Statement[]): void {
  const shared = inner.find(({ code }) => IMPORT_SHARED.test(code.trimStart()));
  if (shared !== undefined) {
    throw refusal(file, shared, "a shared module is put in at the top of a file only; import it there");
  }
}

/** The names that a statement at the top of a file binds, and what each of them is. */
function namesOf(folder: string, file: string, statement: Statement): [name: string, of: string][] {
  const { code } = statement;
  const [, module, imported] = IMPORT_FROM.exec(code) ?? [];
  if (module !== undefined) {
    refuseOwnFolder(folder, file, statement, module);
    return list(imported).map((name) => [name, `${module}.${name}`]);
  }
  const [, modules] = IMPORT.exec(code) ?? [];
  if (modules !== undefined) {
    // `import a.b` binds `a`.
    return list(modules).map((name) => {
      refuseOwnFolder(folder, file, statement, name);
      return [name.split(".")[0], name.split(".")[0]];
    });
  }
  const defined = namesDefinedBy(code);
  if (defined.length === 0 && code !== TYPE_CHECKING) {
    throw refusal(
      file,
      statement,
      "at the top of a file stand imports, definitions and assignments only; put this into a function",
    );
  }
  return defined.map((name) => [name, file]);
}

function refuseOwnFolder(folder: string, file: string, statement: Statement, module: string): void {
  const [first] = module.split(".");
  const own = path.join(folder, path.dirname(file), `${first}.py`);
  if (fs.existsSync(own) || fs.existsSync(path.join(folder, first))) {
    throw refusal(
      file,
      statement,
      `only shared modules are put in; move what is needed of ${module} into one`,
    );
  }
}

function refuseCharacters(file: string, python: string): void {
  python.split("\n").forEach((text, index) => {
    if (text.includes("\t")) {
      throw refusal(file, { line: index + 1 }, "there is a tab in this line; indent with blanks");
    }
    if (text.includes("{{")) {
      throw refusal(
        file,
        { line: index + 1 },
        "{{ begins a variable of Automation wherever it stands; write it in another way",
      );
    }
  });
}
