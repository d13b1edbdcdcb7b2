import * as fs from "node:fs";
import * as path from "node:path";
import { InputError } from "../errors";
import {
  IMPORT,
  IMPORT_FROM,
  isDocstring,
  list,
  NAMES,
  namesBoundBy,
  readStatements,
  Statement,
  withoutCommentLines,
} from "./python";
import { leaveOutUnused } from "./unused";

// A step's script as it is registered. Automation takes one text a step, so the text of each shared module takes the place of
// the statement that imports it, and all of them have one namespace. What that does not allow is refused, by file and line.

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

/** A script while it is put together. */
interface Assembly {
  readonly folder: string;
  /** The files that are in it already. */
  readonly files: Set<string>;
  /** What each name is, and which file says so. */
  readonly names: Map<string, { of: string; file: string }>;
}

/** A script with what it uses of the shared modules, without docstrings and without lines that are a comment. */
export function assembleScript(folder: string, file: string): string {
  const assembly: Assembly = { folder, files: new Set(), names: new Map() };
  const text = assemble(assembly, file);
  const own = [...assembly.names].filter(([, name]) => name.of === file).map(([name]) => name);
  return leaveOutUnused(file, text, own).trimEnd();
}

function assemble(assembly: Assembly, file: string): string {
  assembly.files.add(file);
  const python = fs.readFileSync(path.join(assembly.folder, file), "utf8");
  refuseCharacters(file, python);
  const statements = readStatements(file, python);
  let runs = true;
  const texts = statements
    .filter((_, index) => !isDocstring(statements, index))
    .map((statement) => {
      const isTop = /^\S/.test(statement.code);
      runs = isTop ? statement.code !== TYPE_CHECKING : runs;
      return runs && statement.code !== "" ? textOf(assembly, file, statement, isTop) : statement.text;
    });
  return `${withoutCommentLines(texts.join("")).trim()}\n`;
}

/** What stands for a statement: itself, or the text of a module. */
function textOf(assembly: Assembly, file: string, statement: Statement, isTop: boolean): string {
  const code = statement.code.trimStart();
  const refused = REFUSED.find(([pattern]) => pattern.test(code));
  if (refused !== undefined) {
    throw refusal(file, statement, refused[1]);
  }
  const [, module] = IMPORT_SHARED.exec(code) ?? [];
  if (module !== undefined) {
    if (!isTop) {
      throw refusal(file, statement, "a shared module is put in at the top of a file only; import it there");
    }
    return textOfModule(assembly, file, statement, module);
  }
  if (isTop) {
    bindNames(assembly, file, statement);
  }
  return statement.text;
}

function textOfModule(assembly: Assembly, file: string, statement: Statement, module: string): string {
  const moduleFile = `${module.replaceAll(".", "/")}.py`;
  if (assembly.files.has(moduleFile)) {
    return "";
  }
  if (!fs.existsSync(path.join(assembly.folder, moduleFile))) {
    throw refusal(file, statement, `there is no ${moduleFile}; correct the module's name, or write it`);
  }
  return assemble(assembly, moduleFile);
}

/** Refuses a name that is something else in another file: there is one namespace for all of them. */
function bindNames(assembly: Assembly, file: string, statement: Statement): void {
  for (const [name, of] of namesOf(assembly, file, statement)) {
    const other = assembly.names.get(name);
    if (other !== undefined && other.of !== of) {
      throw refusal(
        file,
        statement,
        `${name} is something else in ${other.file}, and both are put together; give one of them another name`,
      );
    }
    assembly.names.set(name, { of, file });
  }
}

/** The names that a statement at the top of a file binds, and what each of them is. */
function namesOf({ folder }: Assembly, file: string, statement: Statement): [name: string, of: string][] {
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
  const defined = namesBoundBy(code);
  if (defined.length === 0 && code !== TYPE_CHECKING && !code.startsWith("@")) {
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

function refusal(file: string, { line }: { line: number }, sentence: string): InputError {
  return new InputError(`documents/scripts/${file} line ${line}: ${sentence}.`);
}
