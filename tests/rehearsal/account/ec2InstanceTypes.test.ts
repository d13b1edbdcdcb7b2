import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import { NotModelled } from "../../../rehearsal/errors";
import { allow, furnished, itNeeds, notAllowed, principal, refusal } from "./support";

const api = "DescribeInstanceTypes";

describe(api, () => {
  const types = (params: Members, longestPage = Infinity) => {
    const { account, call } = furnished();
    account.ec2.longestPage = longestPage;
    return call(api, params);
  };
  const names = (answer: Members) =>
    (answer.InstanceTypes as Members[]).map(({ InstanceType }) => InstanceType);

  it("gives what decides which images a type can launch", () => {
    expect(types({ InstanceTypes: ["t4g.small"] })).to.deep.equal({
      InstanceTypes: [
        {
          InstanceType: "t4g.small",
          CurrentGeneration: true,
          SupportedVirtualizationTypes: ["hvm"],
          BareMetal: false,
          Hypervisor: "nitro",
          ProcessorInfo: { SupportedArchitectures: ["arm64"] },
          SupportedBootModes: ["uefi"],
          NetworkInfo: { EnaSupport: "required" },
          NitroTpmSupport: "supported",
        },
      ],
    });
  });

  const expected: [string, string[], string[], string[]][] = [
    ["t3.micro", ["x86_64"], ["hvm"], ["legacy-bios", "uefi"]],
    ["t3a.small", ["x86_64"], ["hvm"], ["legacy-bios", "uefi"]],
    ["m5.large", ["x86_64"], ["hvm"], ["legacy-bios", "uefi"]],
    ["m6i.large", ["x86_64"], ["hvm"], ["legacy-bios", "uefi"]],
    ["c6g.large", ["arm64"], ["hvm"], ["uefi"]],
    ["m7g.large", ["arm64"], ["hvm"], ["uefi"]],
    ["t2.micro", ["i386", "x86_64"], ["hvm"], ["legacy-bios"]],
    ["m1.small", ["i386", "x86_64"], ["hvm", "paravirtual"], ["legacy-bios"]],
  ];
  for (const [type, SupportedArchitectures, SupportedVirtualizationTypes, SupportedBootModes] of expected) {
    it(`knows ${type}`, () => {
      const [info] = types({ InstanceTypes: [type] }).InstanceTypes as Members[];
      expect(info).to.deep.include({
        ProcessorInfo: { SupportedArchitectures },
        SupportedVirtualizationTypes,
        SupportedBootModes,
      });
    });
  }

  it("gives all of them without parameters, in pages", () => {
    const all = names(types({}));
    expect(all).to.include.members(["t3.small", "t3.large", "c5.large", "m6g.large"]).and.to.have.length(13);
    expect(names(types({ MaxResults: 5 }))).to.deep.equal(all.slice(0, 5));
    expect(names(types({ MaxResults: 5, NextToken: "5" }))).to.deep.equal(all.slice(5, 10));
    expect(types({ InstanceTypes: ["t3.micro", "m5.large"] }, 1)).to.include({ NextToken: "1" });
  });

  const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

  it("gives the types of a filter, and no error where EC2 does not know one", () => {
    expect(names(types(filter("instance-type", "m5.large", "t3.micro", "t3.tiny")))).to.deep.equal([
      "t3.micro",
      "m5.large",
    ]);
    expect(names(types(filter("instance-type", "t3.tiny")))).to.deep.equal([]);
    expect(names(types(filter("instance-type", "t3*")))).to.deep.equal([
      "t3.micro",
      "t3.small",
      "t3.large",
      "t3a.small",
    ]);
    expect(
      names(types({ InstanceTypes: ["t3.micro"], ...filter("instance-type", "m5.large") })),
    ).to.deep.equal([]);
    expect(() => types(filter("vcpu-info.default-vcpus", "2"))).to.throw(NotModelled, "vcpu-info");
  });

  const faults: [Members, string, string][] = [
    [
      { InstanceTypes: ["t3.micro", "t3.tiny", "m5.huge"] },
      "InvalidInstanceType",
      "The following supplied instance types do not exist: [t3.tiny, m5.huge]",
    ],
    [{ MaxResults: 101 }, "InvalidParameterValue", "Expecting a value smaller than 100."],
    [
      { InstanceTypes: Array.from({ length: 101 }, () => "t3.micro") },
      "InvalidParameterValue",
      "At most 100",
    ],
    [{ MaxResults: 4 }, "ParamValidationError", "valid min value: 5"],
  ];
  for (const [params, code, words] of faults) {
    it(`answers ${code} to ${JSON.stringify(params).slice(0, 50)}`, () => {
      const { message, ...error } = refusal(() => types(params));
      expect(error).to.deep.equal({ code, status: 400 });
      expect(message).to.include(words);
    });
  }

  describe("permissions", () => {
    itNeeds(
      [allow(`ec2:${api}`)],
      () => (caller) => furnished().call(api, {}, caller),
      (missing) => ({
        code: "UnauthorizedOperation",
        message: `You are not authorized to perform this operation. ${notAllowed(principal(), missing)}`,
        status: 403,
      }),
    );
  });
});
