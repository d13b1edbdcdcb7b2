import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const ROOT = path.join(__dirname, "..", "..");
const COPIED = [
  "index.ts",
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "package.json",
  "tsconfig.json",
  "tsconfig.pulumi.json",
  "components",
  "documents",
  "rehearsal",
];

/** A copy of the project in a folder of its own, in which a test may change what it likes. */
export class ProjectCopy {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "ami-refresh-"));

  constructor() {
    for (const name of COPIED) {
      fs.cpSync(path.join(ROOT, name), this.path(name), { recursive: true });
    }
    fs.symlinkSync(path.join(ROOT, "node_modules"), this.path("node_modules"));
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  write(name: string, text: string): void {
    fs.writeFileSync(this.path(name), text);
  }

  replace(name: string, from: string | RegExp, to: string): void {
    const text = fs.readFileSync(this.path(name), "utf8");
    const changed = text.replace(from, to);
    if (changed === text) {
      throw new Error(`${name} has no ${from}`);
    }
    this.write(name, changed);
  }

  /** A stack with the example's values and these. */
  stack(name: string, values: Record<string, unknown>): void {
    const config = {
      "aws:region": "ap-northeast-1",
      "ami-refresh:instanceId": "i-0123456789abcdef0",
      "ami-refresh:autoScalingGroupName": "web",
      "ami-refresh:prefix": "web",
      "ami-refresh:cron": "30 5 * * ? *",
      ...values,
    };
    const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
    this.write(`Pulumi.${name}.yaml`, JSON.stringify({ config: given }));
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
