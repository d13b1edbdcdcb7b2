import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { expect } from "chai";

const ROOT = path.join(__dirname, "..");
const load = (file: string): unknown => createRequire(__filename)(path.join(ROOT, file));
const { scripts } = load("package.json") as { scripts: Record<string, string> };

describe("npm test and npm run test:all", () => {
  const thorough = load("tests/thorough.cjs") as Record<string, string>;
  const all = load(".mocharc.json") as { spec: string[] };

  it("are everything together: what the one leaves out is there, and says why", () => {
    for (const [file, why] of Object.entries(thorough)) {
      expect(fs.existsSync(path.join(ROOT, file)), file).to.equal(true);
      expect(file).to.match(/^tests\/.*\.test\.ts$/);
      expect(why, file).to.match(/\S/);
    }
    const quick = load(".mocharc.quick.cjs") as { spec: string[]; ignore: string[] };
    expect(quick).to.deep.equal({ ...all, ignore: Object.keys(thorough) });
    expect(all.spec).to.deep.equal(["tests/**/*.test.ts"]);
  });

  it("are one in the other, and the second is what continuous integration runs", () => {
    const steps = (name: string) => scripts[name].split(" && ");
    expect(steps("test:all")).to.include.members(steps("test").filter((step) => step !== "npm run unit"));
    expect(steps("test:all").at(-1)).to.equal("mocha --reporter dot");
    expect(scripts.unit).to.equal("mocha --config .mocharc.quick.cjs --reporter dot");
    expect(fs.readFileSync(path.join(ROOT, ".ci", "run"), "utf8")).to.contain("\nnpm run test:all\n");
  });
});
