import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";
import { forKind } from "../../components/forKind";
import { loadRunbook, written } from "../../components/runbook";

const print = (...args: string[]) =>
  spawnSync("npm", ["run", "--silent", "runbook", "--", ...args], {
    cwd: path.join(__dirname, "..", ".."),
    encoding: "utf8",
  });

describe("npm run runbook", function () {
  this.timeout(60_000);

  for (const kind of ["configuration", "templates"] as const) {
    it(`prints what can be pasted for ${kind}, with the defaults of the file`, () => {
      const { status, stdout } = print(kind);
      expect(status).to.equal(0);
      expect(stdout).to.equal(written(forKind(loadRunbook(), kind)));
    });
  }

  it("asks for the kind", () => {
    const { status, stdout, stderr } = print("mixed");
    expect([status, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.contain(
      "runbook mixed: give the kind of the group's launch source, configuration or templates.",
    );
  });
});
