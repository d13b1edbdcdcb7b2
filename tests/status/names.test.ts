import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "chai";
import { StatusError } from "../../status/errors";
import { readNames } from "../../status/names";
import { readNamesFrom } from "../../status/outputs";
import { NAMES } from "./healthy";

const ROOT = path.join(__dirname, "..", "..");

describe("the names that a stack exports", () => {
  it("are found among its outputs", () => {
    const least = { ...NAMES, retireDocumentName: undefined };
    const outputs = { ...least, topicArn: null, startCommand: "aws ssm", executionsUrl: undefined };
    expect(readNames(outputs, "Stack dev")).to.deep.equal({
      ...least,
      watchDocumentName: undefined,
      topicArn: undefined,
    });
  });

  it("may be of schedules in the place of a rule, and are of one of the two", () => {
    const outputs = { ...NAMES, ruleName: null, scheduleGroupName: "nightly" };
    expect(readNames(outputs, "Stack dev")).to.deep.include({ scheduleGroupName: "nightly" });
    expect(readNames(outputs, "Stack dev")).to.not.have.property("ruleName");
    expect(() => readNames({ ...NAMES, ruleName: null }, "Stack dev")).to.throw(
      StatusError,
      "Stack dev has no output ruleName",
    );
  });

  it("may have no alarms", () => {
    expect(readNames({ ...NAMES, alarmNames: undefined }, "Stack dev").alarmNames).to.deep.equal([]);
  });

  const refused: [string, unknown, RegExp][] = [
    ["no object", [], /^Stack dev is not an object of outputs: give what/],
    ["a missing one", { ...NAMES, region: undefined }, /^Stack dev has no output region: export it/],
    ["a number", { ...NAMES, prefix: 7 }, /^Output prefix of stack dev is not a name: export it/],
    [
      "a secret",
      { ...NAMES, prefix: "[secret]" },
      /^Output prefix of stack dev is a secret: .+--show-secrets/,
    ],
    ["no list", { ...NAMES, alarmNames: "a" }, /^Output alarmNames of stack dev is not a list of names/],
    ["a list of others", { ...NAMES, alarmNames: [null] }, /^Output alarmNames of stack dev is not a name/],
  ];
  for (const [of, outputs, sentence] of refused)
    it(`are refused with ${of}`, () =>
      expect(() => readNames(outputs, "Stack dev")).to.throw(StatusError, sentence));
});

describe("the outputs of a stack", () => {
  let folder: string;
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "status-"))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** A pulumi that says this, first on the path. */
  function runWith(script: string | undefined) {
    if (script !== undefined)
      fs.writeFileSync(path.join(folder, "pulumi"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const main = ["-r", "ts-node/register/transpile-only", "status/main.ts"];
    // Nobody listens there, so that what comes after the outputs ends at once.
    const args = [...main, "--stack", "dev", "--endpoint-url", "http://127.0.0.1:9"];
    const keys = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };
    const env = { ...process.env, ...keys, PATH: `${folder}:/usr/bin:/bin` };
    return spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: "utf8" });
  }

  it("are those that Pulumi knows", () => {
    const outputs = JSON.stringify({ ...NAMES, documentName: "from-pulumi" });
    const { status, stderr } = runWith(
      `[ "$*" = "stack output --json --stack dev" ] && echo '${outputs}' || { echo "$*" >&2; exit 1; }`,
    );
    // It goes on to look, and cannot.
    expect(stderr).to.match(/could not be looked at \(.*ECONNREFUSED.*\): see whether AWS can be reached/);
    expect(status).to.equal(2);
  });

  it("are not read where Pulumi refuses", () => {
    const { status, stderr } = runWith("echo \"error: no stack named 'dev' found\" >&2; exit 255");
    expect(stderr).to.match(
      /^The outputs of stack dev could not be read \(pulumi says: no stack named 'dev' found\): name a stack/,
    );
    expect(status).to.equal(2);
  });

  it("are not read where there is no Pulumi", () => {
    const { status, stderr } = runWith(undefined);
    expect(stderr).to.match(/^The outputs of stack dev could not be read, because pulumi cannot be started/);
    expect(status).to.equal(2);
  });

  it("are read from a file", () => {
    const file = path.join(folder, "outputs.json");
    fs.writeFileSync(file, JSON.stringify(NAMES));
    expect(readNamesFrom(file)).to.deep.include(NAMES);
    fs.writeFileSync(file, "{");
    expect(() => readNamesFrom(file)).to.throw(
      StatusError,
      /^--outputs \S+ could not be read, because it is no JSON/,
    );
    expect(() => readNamesFrom(`${file}.not`)).to.throw(
      StatusError,
      /^--outputs \S+ could not be read \(ENOENT/,
    );
  });
});
