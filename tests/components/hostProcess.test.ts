import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";

const ROOT = path.join(__dirname, "..", "..");

describe("in a process like that of Pulumi's host, which has a debugger session open", () => {
  it("two look-ups that fail come to their end", () => {
    // A process of its own: one that V8 keeps busy can be ended from outside only.
    const { signal, stdout } = spawnSync(
      process.execPath,
      ["--require", "ts-node/register/transpile-only", path.join(__dirname, "manyRejections.ts")],
      { cwd: ROOT, encoding: "utf8", timeout: 5 * 60_000 },
    );
    expect(signal).to.equal(null);
    expect(stdout).to.match(/^AmiRefresh "web": autoScalingGroupName "nowhere" does not exist/);
  });
});
