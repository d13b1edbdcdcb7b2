import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A folder of documents with these files, by their paths in it. It is removed when the process ends. */
export function documentsWith(files: Record<string, string>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "documents-"));
  process.once("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return folder;
}
