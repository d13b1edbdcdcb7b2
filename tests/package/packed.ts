import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export const ROOT = path.join(__dirname, "..", "..");

/** What stands beside the packed library in a stranger's node_modules: its peers and its dependencies. */
const BESIDE = ["@pulumi/pulumi", "@pulumi/aws", "js-yaml", "@types/node"];

/** A folder outside this repository, with the packed library installed in it. */
export interface Stranger {
  folder: string;
  /** What the packed file holds. */
  files: string[];
}

let made: Stranger | undefined;

/** Packs and installs the library, once for all tests. */
export function stranger(): Stranger {
  made ??= make();
  return made;
}

function make(): Stranger {
  // The real path: on some systems the folder for temporary files is itself a link.
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "stranger-")));
  process.once("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  const tarball = path.join(folder, pack(folder));
  const files = run("tar", ["-tzf", tarball], folder).trim().split("\n");
  const installed = path.join(folder, "node_modules", "ami-refresh");
  fs.mkdirSync(installed, { recursive: true });
  run("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"], folder);
  for (const name of BESIDE) {
    const link = path.join(folder, "node_modules", name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    // Node loads a module under its real path, so that these load each other, and only one @pulumi/pulumi, from there.
    fs.symlinkSync(path.join(ROOT, "node_modules", name), link);
  }
  return { folder, files: files.map((file) => file.replace(/^package\//, "")) };
}

/** Packs as a person would, the build included; gives the file's name. */
function pack(destination: string): string {
  const answer = run("npm", ["pack", "--json", "--pack-destination", destination], ROOT);
  // The build prints before the JSON.
  const [{ filename }] = JSON.parse(answer.slice(answer.search(/^\[/m))) as { filename: string }[];
  return filename;
}

/** Checks the types of the programs that a tsconfig.json names, and compiles them where it says so. */
export function compile(tsconfig: string): void {
  run(process.execPath, [path.join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-p", tsconfig], ROOT);
}

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with status ${status}: ${stdout}${stderr}`);
  }
  return stdout;
}
