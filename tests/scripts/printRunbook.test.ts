import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { expect } from "chai";
import { writeDocument } from "../../components/document/fillIn";
import { loadRunbook, RUNBOOK_NAMES } from "../../components/document/load";

const print = (...args: string[]) =>
  spawnSync("npm", ["run", "--silent", "runbook", "--", ...args], {
    cwd: path.join(__dirname, "..", ".."),
    encoding: "utf8",
  });

describe("npm run runbook", () => {
  for (const name of RUNBOOK_NAMES) {
    it(`prints ${name} as it can be pasted, with the defaults of the file`, () => {
      const { status, stdout } = print(name);
      expect(status).to.equal(0);
      expect(stdout).to.equal(writeDocument(loadRunbook(name)));
    });
  }

  it("asks for the name", () => {
    const { status, stdout, stderr } = print("retire");
    expect([status, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.contain(
      "runbook retire: give the name of a runbook, create-image, patch-golden-instance, roll-out-launch-configuration, " +
        "roll-out-launch-template, roll-out-parameter, retire-images, retire-images-parameter, watch, " +
        "watch-parameter, roll-out-with-refresh, refresh-instances-launch-configuration, refresh-instances-launch-template.",
    );
  });
});
