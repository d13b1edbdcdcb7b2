import { expect } from "chai";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import { HELP, readOptions } from "../../rehearsal/options";
import { messageOf } from "../mocks";

const NOW = new Date("2026-11-23T12:00:00Z");

describe("the rehearsal's options", () => {
  it("have defaults", () => {
    const { faults, ...options } = readOptions([], NOW);
    expect(options).to.deep.equal({
      stack: "dev",
      from: NOW,
      nights: 1,
      launchSource: "configuration",
      golden: "running",
      crowded: false,
      only: undefined,
      rollBack: false,
      mishaps: {
        dropped: undefined,
        lost: undefined,
        doubled: undefined,
        bad: undefined,
        disabled: undefined,
        unpatched: undefined,
      },
      json: undefined,
      help: false,
    });
    expect(faults).to.deep.equal([]);
  });

  it("fill the account where that is asked for, which the help knows", () => {
    expect(readOptions(["--crowded"], NOW).crowded).to.equal(true);
    expect(HELP).to.contain("--crowded");
    expect(messageOf(() => readOptions(["--crowded=yes"], NOW))).to.match(/--crowded.*--help\.$/);
  });

  it("say how the golden instance is, and when it cannot be patched", () => {
    for (const state of ["running", "stopped", "unmanaged"]) {
      expect(readOptions(["--golden", state], NOW).golden).to.equal(state);
    }
    expect(messageOf(() => readOptions(["--golden", "asleep"], NOW))).to.equal(
      "--golden asleep: write one of running, stopped, unmanaged.",
    );
    expect(readOptions(["--nights", "2", "--failing-patch", "2"], NOW).mishaps.unpatched).to.equal(2);
    expect(HELP).to.contain("--golden STATE").and.to.contain("--failing-patch NIGHT");
  });

  it("say what becomes of the schedule's starts", () => {
    const read = (...argv: string[]) =>
      Object.entries(readOptions(["--nights", "3", ...argv], NOW).mishaps).filter(
        ([, night]) => night !== undefined,
      );
    expect(read("--drop-start", "2")).to.deep.equal([["dropped", 2]]);
    expect(read("--lose-start", "3", "--double-start=1")).to.deep.equal([
      ["lost", 3],
      ["doubled", 1],
    ]);
    expect(read("--disable-rule", "2")).to.deep.equal([["disabled", 2]]);
    // Without a night it is the first one.
    expect(read("--disable-rule")).to.deep.equal([["disabled", 1]]);
    expect(read("--disable-rule", "--roll-back")).to.deep.equal([["disabled", 1]]);
    for (const flag of ["--drop-start", "--lose-start", "--disable-rule", "--double-start"]) {
      expect(HELP).to.contain(flag);
      expect(messageOf(() => read(flag, "4"))).to.equal(
        `${flag} 4: write the number of one of the nights, of which there are 3 (--nights).`,
      );
    }
  });

  it("are read", () => {
    const options = readOptions(
      [
        "--stack=prod",
        "--from",
        "2026-12-01",
        "--nights",
        "30",
        "--json",
        "r.json",
        "--fault",
        "ec2:CreateImage",
        "--fault",
        "ec2:DescribeImages@2",
      ],
      NOW,
    );
    expect(options).to.include({ stack: "prod", nights: 30, json: "r.json" });
    expect(options.from.toISOString()).to.equal("2026-12-01T00:00:00.000Z");
    expect(options.faults.map(({ text }) => text)).to.deep.equal(["ec2:CreateImage", "ec2:DescribeImages@2"]);
  });

  for (const from of ["2026-11-23T00:00Z", "2026-11-23T05:30:00.5+09:00"]) {
    it(`take --from ${from}`, () =>
      expect(readOptions(["--from", from], NOW).from).to.deep.equal(new Date(from)));
  }
  for (const from of [
    "",
    "2026",
    "23.11.2026",
    "2026-13-01",
    "2026-02-30",
    "2026-02-30T00:00:00Z",
    "2026-11-23T25:00:00Z",
    "2026-11-23T00:00:00",
  ]) {
    it(`refuse --from ${from}`, () =>
      expect(messageOf(() => readOptions(["--from", from], NOW))).to.match(/^--from .*ISO 8601.*\.$/));
  }
  for (const stack of ["../dev", "", "a b"]) {
    it(`refuse --stack=${stack}`, () =>
      expect(messageOf(() => readOptions([`--stack=${stack}`], NOW))).to.match(/^--stack .*a stack's name/));
  }
  for (const kind of sourceKinds) {
    it(`take --launch-source ${kind}, which the help knows`, () => {
      expect(readOptions(["--launch-source", kind], NOW).launchSource).to.equal(kind);
      expect(HELP).to.contain(kind);
    });
  }
  for (const kind of ["", "templates", "Template", "template-3"]) {
    it(`refuse --launch-source=${kind}`, () =>
      expect(messageOf(() => readOptions([`--launch-source=${kind}`], NOW))).to.equal(
        `--launch-source ${kind}: write one of configuration, template, template-default, template-latest, parameter, mixed.`,
      ));
  }
  it("show the help whatever stands beside it", () => {
    expect(readOptions(["--help", "--nights", "0"], NOW).help).to.equal(true);
  });
  for (const nights of ["0", "-1", "1.5", "many", "", "10000000"]) {
    it(`refuse --nights=${nights}`, () =>
      expect(messageOf(() => readOptions([`--nights=${nights}`], NOW))).to.match(/^--nights .*whole number/));
  }
});
