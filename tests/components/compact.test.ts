import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { compactSteps, compactScript } from "../../components/compact";
import { loadRunbook } from "../../components/runbook";

interface ScriptStep {
  name: string;
  inputs: { Script?: string };
}

const scripts = (steps: readonly unknown[]) =>
  (steps as ScriptStep[]).filter(({ inputs }) => inputs.Script !== undefined);

describe("a compact script", () => {
  it("has neither comments nor docstrings nor blank lines, and every other line less indented", () => {
    const script = [
      "import time",
      "",
      "# why",
      "def wait(seconds):",
      '    """Says what it does."""',
      "    # why",
      "    time.sleep(seconds)  # stays, because the line does something",
      "    return '# no comment'",
    ];
    expect(compactScript(script.join("\n")).split("\n")).to.deep.equal([
      "import time",
      "def wait(seconds):",
      " time.sleep(seconds)  # stays, because the line does something",
      " return '# no comment'",
    ]);
  });

  it("leaves steps without a script as they are", () => {
    const steps = [{ name: "wait", inputs: { Service: "ec2" } }, { name: "other" }];
    expect(compactSteps(steps)).to.deep.equal(steps);
  });

  it("is, for every script of the runbook, the same program to Python", function () {
    if (spawnSync("python3", ["--version"]).status !== 0) {
      this.skip();
    }
    const runbook = scripts(loadRunbook().mainSteps);
    const compact = scripts(compactSteps(runbook));
    expect(runbook).to.have.length.above(0);
    runbook.forEach(({ name, inputs }, index) => {
      expect(inputs.Script, name).to.not.equal(compact[index].inputs.Script);
      expect(programOf(compact[index].inputs.Script), name).to.equal(programOf(inputs.Script));
    });
  });
});

/** A script's syntax tree without docstrings. */
function programOf(script = ""): string {
  const read = [
    "import ast, sys",
    "tree = ast.parse(sys.stdin.read())",
    "for node in ast.walk(tree):",
    "    if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:",
    "        node.body = node.body[1:]",
    "print(ast.dump(tree))",
  ];
  const { status, stdout, stderr } = spawnSync("python3", ["-c", read.join("\n")], { input: script });
  expect(status, String(stderr)).to.equal(0);
  return String(stdout);
}
