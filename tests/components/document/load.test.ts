import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { loadRunbook, RUNBOOK_NAMES } from "../../../components/document/load";
import { messageOf } from "../../mocks";
import { documentsWith } from "./folder";

const DOCUMENTS = path.join(__dirname, "..", "..", "..", "documents");

describe("the runbooks' loader", () => {
  it("knows every file of the folder", () => {
    const files = fs.readdirSync(DOCUMENTS).filter((file) => file.endsWith(".yaml"));
    expect(files.sort()).to.deep.equal(RUNBOOK_NAMES.map((name) => `${name}.yaml`).sort());
  });

  it("finds the files whatever the working directory is", () => {
    const here = process.cwd();
    process.chdir(documentsWith({}));
    try {
      for (const name of RUNBOOK_NAMES) {
        expect(loadRunbook(name), name).to.have.property("schemaVersion", "0.3");
      }
    } finally {
      process.chdir(here);
    }
  });

  it("puts in the scripts that a file names", () => {
    const folder = documentsWith({
      "create-image.yaml":
        "schemaVersion: '0.3'\nparameters: {}\nmainSteps:\n- inputs:\n    Script: !script step/do.py\n    Other: step/do.py\n",
      "scripts/step/do.py": "from shared.a import A\nB = A\n",
      "scripts/shared/a.py": "A = 1\n",
    });
    expect(loadRunbook("create-image", folder).mainSteps).to.deep.equal([
      { inputs: { Script: "A = 1\nB = A", Other: "step/do.py" } },
    ]);
  });

  it("loads a file once in a process", () => {
    const folder = documentsWith({
      "create-image.yaml": "schemaVersion: '0.3'\nparameters: {}\nmainSteps: []\n",
    });
    const loaded = loadRunbook("create-image", folder);
    fs.rmSync(path.join(folder, "create-image.yaml"));
    expect(loadRunbook("create-image", folder)).to.equal(loaded);
  });

  for (const [what, content, part] of [
    ["is missing", undefined, "cannot be read (ENOENT"],
    ["is empty", "", "cannot be read ("],
    ["is no YAML", "a: [", "cannot be read ("],
    ["has a tag that is not known", "a: !other b", "cannot be read (unknown"],
    ["names a script that is missing", "a: !script none/do.py", "cannot be read (ENOENT"],
    ["is a list", "- a", "is not an Automation document"],
    [
      "has another version",
      "schemaVersion: '2.2'\nparameters: {}\nmainSteps: []",
      "is not an Automation document",
    ],
    ["has no steps", "schemaVersion: '0.3'\nparameters: {}", "is not an Automation document"],
  ] as const) {
    it(`says in one sentence that a file ${what}`, () => {
      const folder = documentsWith(content === undefined ? {} : { "create-image.yaml": content });
      const message = messageOf(() => loadRunbook("create-image", folder));
      expect(message).to.contain(part);
      expect(message).to.contain(JSON.stringify(path.join(folder, "create-image.yaml")));
      expect(message).to.match(
        /^the runbook .*restore the files that belong to this version of ami-refresh\.$/,
      );
    });
  }

  it("gives the sentence of a script that cannot be put in", () => {
    const folder = documentsWith({
      "create-image.yaml": "schemaVersion: '0.3'\nparameters: {}\nmainSteps: [!script step/do.py]\n",
      "scripts/step/do.py": "import re as r\n",
    });
    expect(messageOf(() => loadRunbook("create-image", folder))).to.match(
      /^documents\/scripts\/step\/do\.py line 1: an alias /,
    );
  });
});
