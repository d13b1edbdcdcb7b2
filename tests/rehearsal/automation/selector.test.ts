import { expect } from "chai";
import { NotModelled } from "../../../rehearsal/errors";
import { select } from "../../../rehearsal/automation/selector";

// The answer and the paths of AWS's page "Using JSONPath in runbooks".
const answer = {
  Reservations: ["0", "1"].map((digit) => ({
    Instances: [
      {
        ImageId: "ami-12345678",
        BlockDeviceMappings: [{ Ebs: { DeleteOnTermination: true, VolumeId: `vol-${digit}` } }],
        State: { Code: Number(digit) },
        LaunchTime: new Date(0),
      },
    ],
  })),
  Nothing: null,
  Empty: [],
};

describe("select", () => {
  const documented: [path: string, value: unknown][] = [
    ["$.Reservations[0].Instances[0].ImageId", "ami-12345678"],
    ["$.Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.DeleteOnTermination", true],
    ["$.Reservations[1].Instances[0].State.Code", 1],
    ["$.Reservations..BlockDeviceMappings..VolumeId", ["vol-0", "vol-1"]],
    ["$.Reservations[0].Instances[0].State", { Code: 0 }],
    ["$.Reservations..Instances..State", [{ Code: 0 }, { Code: 1 }]],
    ["$.Empty", []],
    ["$.Nothing", null],
  ];
  for (const [path, value] of documented) {
    it(`picks ${path}`, () => expect(select("here", answer, path)).to.deep.equal(value));
  }

  for (const path of ["$.Missing", "$.Empty[0]", "$.Reservations[2].Instances", "$..Missing"]) {
    it(`finds nothing at ${path}`, () => expect(select("here", answer, path)).to.equal(undefined));
  }

  for (const path of [
    "$",
    "Reservations",
    "$.A[*]",
    "$.A[?(@.B)]",
    "$.A[-1:]",
    "$.A[(@.length-1)]",
    "$['A']",
    "$.A.*",
  ]) {
    it(`refuses ${path}`, () => expect(() => select("here", answer, path)).to.throw(NotModelled, path));
  }

  it("refuses timestamps, of which AWS does not say how they are written", () => {
    expect(() => select("here", answer, "$.Reservations..Instances")).to.throw(NotModelled, /timestamps/);
  });
});
