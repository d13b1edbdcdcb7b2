// Checks the Python of the runbooks: with pytest, and where they are there with ruff and mypy, by tests/scripts/check.sh. What
// it takes is in tests/scripts/requirements.txt, in these versions. Where a Python lacks it, one line says what was left out;
// a Python that PYTHON names must have all of it.
import { spawnSync } from "node:child_process";
import * as path from "node:path";

const ROOT = path.join(import.meta.dirname, "..");
const TESTS = path.join(ROOT, "tests", "scripts");
/** What only ruff and mypy take. */
const LINTING = /^(ruff|mypy|boto3-stubs|types-)/;
const PROBE = `
import importlib.metadata, re, sys
if sys.version_info < (3, 11):
    print(f"is Python {sys.version_info[0]}.{sys.version_info[1]}, and not 3.11 or newer")
    sys.exit()
for line in open(sys.argv[1], encoding="utf-8"):
    name, _, version = line.partition("#")[0].strip().partition("==")
    name = re.sub(r"\\[.*\\]", "", name)
    try:
        installed = importlib.metadata.version(name) if name else version
    except importlib.metadata.PackageNotFoundError:
        installed = "missing"
    if installed != version:
        print(f"{name} {version} is {installed}")
`;

/** What a Python lacks, an entry each. */
function findLacks(python) {
  const requirements = path.join(TESTS, "requirements.txt");
  const { error, status, stdout } = spawnSync(python, ["-c", PROBE, requirements], { encoding: "utf8" });
  return error || status !== 0 ? ["cannot be started"] : stdout.split("\n").filter((line) => line !== "");
}

function run(command, args, python) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, PYTHON: python },
  });
  process.exit(status ?? 1);
}

const given = process.env.PYTHON;
const names = given ? [given] : ["python3", "python3.11", "python3.12", "python3.13", "python3.14"];
const pythons = names.map((python) => ({ python, lacks: findLacks(python) }));
const whole = pythons.find(({ lacks }) => lacks.length === 0);
const testing = pythons.find(({ lacks }) => lacks.every((lack) => LINTING.test(lack)));
const install = "python3 -m pip install -r tests/scripts/requirements.txt";

if (whole !== undefined) {
  run("sh", [path.join(TESTS, "check.sh")], whole.python);
} else if (given) {
  console.error(`PYTHON ${given}: ${pythons[0].lacks.join(", ")}; ${install}`);
  process.exit(1);
} else if (testing !== undefined) {
  console.log(
    `ruff and mypy are left out (${testing.python}: ${testing.lacks.join(", ")}); for these ${install}`,
  );
  run(testing.python, ["-m", "pytest", "-q"], testing.python);
} else {
  console.log(
    `The runbooks' Python is left out (${pythons[0].python}: ${pythons[0].lacks.join(", ")}); for it ${install}`,
  );
}
