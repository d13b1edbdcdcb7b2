import { Block, readScriptFile, refusal } from "./scriptFile";
import { leaveOutUnused, Placed } from "./unused";

// A step's script as it is registered. Automation takes one text a step, so the text of each shared module takes the place of
// the statement that imports it, and all of them have one namespace.

/** A script while it is put together. */
interface Assembly {
  readonly folder: string;
  /** The files that are in it already. */
  readonly files: Set<string>;
  /** What each name is, and which file says so. */
  readonly names: Map<string, { of: string; file: string }>;
  readonly placed: Placed[];
}

/** A script with what it uses of the shared modules, without docstrings and without lines that are a comment. */
export function assembleScript(folder: string, file: string): string {
  const assembly: Assembly = { folder, files: new Set(), names: new Map(), placed: [] };
  assemble(assembly, file);
  const own = [...assembly.names].filter(([, name]) => name.of === file).map(([name]) => name);
  return leaveOutUnused(assembly.placed, own)
    .map(({ block, blank }) => block.text + blank)
    .join("")
    .trimEnd();
}

/** Places what a file consists of, each module once. Blank lines go with what stands above them, and none begin or end a file. */
function assemble(assembly: Assembly, file: string): void {
  const { folder, files, placed } = assembly;
  files.add(file);
  let [begun, blank] = [false, ""];
  for (const part of readScriptFile(folder, file)) {
    if (part.kind === "blank") {
      blank += begun ? part.text : "";
    } else if (part.kind === "block" || !files.has(part.file)) {
      const above = placed.at(-1);
      if (above !== undefined) {
        above.blank += blank;
      }
      [begun, blank] = [true, ""];
      if (part.kind === "shared") {
        assemble(assembly, part.file);
      } else {
        bindNames(assembly, file, part);
        placed.push({ block: part, blank: "" });
      }
    }
  }
}

/** Refuses a name that is something else in another file: there is one namespace for all of them. */
function bindNames(assembly: Assembly, file: string, block: Block): void {
  for (const [name, of] of block.names) {
    const other = assembly.names.get(name);
    if (other !== undefined && other.of !== of) {
      throw refusal(
        file,
        block,
        `${name} is something else in ${other.file}, and both are put together; give one of them another name`,
      );
    }
    assembly.names.set(name, { of, file });
  }
}
