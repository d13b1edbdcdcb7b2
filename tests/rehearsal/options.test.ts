import { expect } from "chai";
import { modelledApis } from "../../rehearsal/aws/account";
import { AwsError } from "../../rehearsal/aws/errors";
import { Fault } from "../../rehearsal/faults";
import { readOptions } from "../../rehearsal/options";
import { messageOf } from "../mocks";

const NOW = new Date("2026-11-23T12:00:00Z");

describe("the rehearsal's options", () => {
  it("have defaults", () => {
    const { faults, ...options } = readOptions([], NOW);
    expect(options).to.deep.equal({ stack: "dev", from: NOW, nights: 1, json: undefined, help: false });
    expect(faults).to.deep.equal([]);
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
  it("show the help whatever stands beside it", () => {
    expect(readOptions(["--help", "--nights", "0"], NOW).help).to.equal(true);
  });
  for (const nights of ["0", "-1", "1.5", "many", "", "10000000"]) {
    it(`refuse --nights=${nights}`, () =>
      expect(messageOf(() => readOptions([`--nights=${nights}`], NOW))).to.match(/^--nights .*whole number/));
  }
});

describe("a fault", () => {
  const answers = (fault: Fault, calls: [number, string, string][]): string[] =>
    calls.map(([night, service, api]) => {
      const call = fault.around(night, () => ({ answered: true }));
      try {
        return Object.keys(call(service, api, {})).join();
      } catch (error) {
        return (error as AwsError).code;
      }
    });
  const images: [number, string, string] = [1, "ec2", "DescribeImages"];
  const later: [number, string, string] = [2, "ec2", "DescribeImages"];

  it("strikes every time in every night", () => {
    const fault = Fault.read("ec2:DescribeImages");
    expect(fault.happened).to.equal(false);
    expect(answers(fault, [images, images, later, [1, "ec2", "DescribeInstances"]])).to.deep.equal([
      "InternalError",
      "InternalError",
      "InternalError",
      "answered",
    ]);
    expect(fault.happened).to.equal(true);
  });

  it("strikes in one night only", () => {
    expect(answers(Fault.read("ec2:DescribeImages:denied@2"), [images, later, later])).to.deep.equal([
      "answered",
      "UnauthorizedOperation",
      "UnauthorizedOperation",
    ]);
  });

  it("strikes at one call only, counted anew each night", () => {
    expect(
      answers(Fault.read("ec2:DescribeImages:throttled@2.2"), [images, images, later, later, later]),
    ).to.deep.equal(["answered", "answered", "answered", "RequestLimitExceeded", "answered"]);
  });

  it("has the words of the service", () => {
    for (const [text, code] of [
      ["autoscaling:DescribeAccountLimits", "InternalFailure"],
      ["autoscaling:DescribeAccountLimits:denied", "AccessDenied"],
      ["autoscaling:DescribeAccountLimits:throttled", "Throttling"],
    ]) {
      expect(answers(Fault.read(text), [[1, "autoscaling", "DescribeAccountLimits"]])).to.deep.equal([code]);
    }
  });

  it("comes before the effect, or after it", () => {
    for (const [kind, made] of [
      ["error", 0],
      ["error-after", 1],
    ] as const) {
      let effects = 0;
      const call = Fault.read(`ec2:CreateImage:${kind}`).around(1, () => ({ effect: ++effects }));
      expect(() => call("ec2", "CreateImage", {})).to.throw(AwsError);
      expect(effects).to.equal(made);
    }
  });

  it("is refused where it means nothing", () => {
    for (const [text, part] of [
      ["CreateImage", "write SERVICE:API"],
      ["ec2:CreateImage@0", "write SERVICE:API"],
      ["ec2:CreateImage@1.0", "write SERVICE:API"],
      [
        "ec2:CreateImage:slow",
        "slow is no kind of fault; the kinds are error, error-after, denied, throttled",
      ],
      ["ec2:TerminateInstances", "the account has no API ec2:TerminateInstances; it has"],
      ["iam:CreateImage", "the account has no API iam:CreateImage"],
    ]) {
      expect(messageOf(() => Fault.read(text))).to.contain(`--fault ${text}: ${part}`);
    }
  });

  it("can strike at every API that the account has", () => {
    for (const { service, api } of modelledApis) {
      expect(answers(Fault.read(`${service}:${api}`), [[1, service, api]])[0]).to.match(/^Internal/);
    }
  });
});
