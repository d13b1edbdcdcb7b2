import { expect } from "chai";
import { checkBoundaryArn, checkOwnAccount, checkRoleArns } from "../../../components/inputs/arns";
import { checkExcludeDevices } from "../../../components/inputs/excludeDevices";
import { checkInstanceId } from "../../../components/inputs/instanceId";
import { checkLaunchConfigurationFrom } from "../../../components/inputs/launchConfigurationFrom";
import { checkTemplateIds } from "../../../components/inputs/launchTemplateIds";
import { checkParameterName } from "../../../components/inputs/parameterName";
import { checkGroupName, checkPrefix } from "../../../components/inputs/plainName";
import { checkRolePath } from "../../../components/inputs/rolePath";
import { checkCount, checkFlag } from "../../../components/inputs/scalars";
import { checkTags } from "../../../components/inputs/tags";
import { messageOf } from "../../mocks";

/** Every sentence names the input, quotes the value, and is one line that ends with a full stop. */
function refused(check: (value: unknown) => unknown, input: string, value: unknown, parts: string[]): void {
  const message = messageOf(() => check(value));
  expect(message).to.match(new RegExp(`^${input}[ .[].*\\.$`));
  expect(message).to.not.contain("\n");
  for (const part of parts) {
    expect(message).to.contain(part);
  }
}

describe("imageParameterName", () => {
  for (const name of ["web-ami", "/web/ami", "/a/b/c.d_e-1"]) {
    it(`takes ${name}`, () => expect(checkParameterName(name)).to.equal(name));
  }
  for (const name of [
    "",
    "/",
    "/aws/ami",
    "ssm-ami",
    "a//b",
    "a:1",
    "/web/",
    "x".repeat(1012),
    "/a".repeat(16),
    5,
  ]) {
    it(`refuses ${JSON.stringify(name).slice(0, 40)}`, () =>
      refused(checkParameterName, "imageParameterName", name, ["is no name of a parameter"]));
  }
});

describe("excludeDevices", () => {
  for (const devices of [["/dev/sdf"], ["/dev/xvdba", "xvdf", "/dev/sda1"]]) {
    it(`takes ${JSON.stringify(devices)}`, () => expect(checkExcludeDevices(devices)).to.deep.equal(devices));
  }
  for (const [value, part] of [
    [[], "is not a list of 1 to 128 devices"],
    ["/dev/sdf", "is not a list of 1 to 128 devices"],
    [["/dev/sdf", 5], "is not the name of a device"],
    [["vol-1"], "is not the name of a device"],
    [["/dev/sdf", "/dev/sdf"], "is there twice"],
  ] as const) {
    it(`refuses ${JSON.stringify(value)}`, () =>
      refused(checkExcludeDevices, "excludeDevices", value, [part]));
  }
});

const LONG = "x".repeat(256);

describe("the checks of inputs", () => {
  describe("instanceId", () => {
    for (const id of ["i-0123456789abcdef0", "i-12345678"]) {
      it(`takes ${id}`, () => expect(checkInstanceId(id)).to.equal(id));
    }
    for (const id of [
      "",
      "i-",
      "i-123",
      "i-0123456789ABCDEF0",
      "i-0123456789abcdef01",
      "mi-0123456789abcdef0",
      "ami-0123456789abcdef0",
      " i-12345678",
      "i-12345678\n",
    ]) {
      it(`refuses ${JSON.stringify(id)}`, () =>
        refused(checkInstanceId, "instanceId", id, [
          JSON.stringify(id),
          "hexadecimal",
          "i-0123456789abcdef0",
        ]));
    }
    for (const value of [undefined, null]) {
      it(`refuses ${value}`, () => refused(checkInstanceId, "instanceId", value, ["is missing"]));
    }
    for (const value of [17, true, ["i-12345678"], {}]) {
      it(`refuses ${JSON.stringify(value)}`, () =>
        refused(checkInstanceId, "instanceId", value, ["is not a string", JSON.stringify(value)]));
    }
  });

  describe("autoScalingGroupName", () => {
    for (const name of [
      "web",
      "a/b",
      "x",
      "Web-Group_1.2",
      "x".repeat(255),
      "a&b",
      'quo"te',
      "back\\slash",
      "100%",
      "(a)|~!",
    ]) {
      it(`takes ${name.slice(0, 20)}`, () => expect(checkGroupName(name)).to.equal(name));
    }
    for (const name of ["", "a b", "a:b", "a*", "a?", "$a", "{a}", "a{", "ä", "a\tb", LONG]) {
      it(`refuses ${JSON.stringify(name.slice(0, 20))}`, () =>
        refused(checkGroupName, "autoScalingGroupName", name, ["1 to 255", "* ? $ { }"]));
    }
    it("says of an ARN which part is the name", () =>
      refused(
        checkGroupName,
        "autoScalingGroupName",
        "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:x:autoScalingGroupName/web",
        ["is an ARN", "autoScalingGroupName/"],
      ));
    it("refuses what is no string", () =>
      refused(checkGroupName, "autoScalingGroupName", 1, ["is not a string"]));
  });

  describe("prefix", () => {
    it("takes as much as leaves room for the longest suffix in AWS's 255 characters", () => {
      expect(checkPrefix("p".repeat(235))).to.have.length(235);
      expect(`${"p".repeat(235)}_2026-11-24_05.30.17`).to.have.length(255);
    });
    for (const prefix of ["", "p".repeat(236), "a b", "a*b", "web?", "${x}", "a:b", "ä"]) {
      it(`refuses ${JSON.stringify(prefix.slice(0, 20))}`, () =>
        refused(checkPrefix, "prefix", prefix, ["1 to 235", "* ? $ { }"]));
    }
    it("refuses what is missing", () => refused(checkPrefix, "prefix", undefined, ["is missing"]));
  });

  describe("flags", () => {
    it("take true and false", () => {
      expect(checkFlag("reboot")(true)).to.equal(true);
      expect(checkFlag("reboot")(false)).to.equal(false);
    });
    for (const value of ["true", 1, null, undefined]) {
      it(`refuse ${JSON.stringify(value)}`, () =>
        refused(checkFlag("reboot"), "reboot", value, ["true or false", "without quotation marks"]));
    }
  });

  describe("counts", () => {
    const check = checkCount("retainImages", 1000, "what the group launches is always kept");
    for (const value of [1, 14, 1000]) {
      it(`take ${value}`, () => expect(check(value)).to.equal(value));
    }
    for (const value of [0, -1, 1.5, 1001, "14", NaN, null, undefined]) {
      it(`refuse ${String(value)}`, () =>
        refused(check, "retainImages", value, ["1 to 1000, because what the group launches is always kept"]));
    }
  });

  describe("launchConfigurationFrom", () => {
    for (const value of ["instance", "group"]) {
      it(`takes ${value}`, () => expect(checkLaunchConfigurationFrom(value)).to.equal(value));
    }
    for (const value of ["Instance", "", undefined, "template"]) {
      it(`refuses ${JSON.stringify(value)}`, () =>
        refused(checkLaunchConfigurationFrom, "launchConfigurationFrom", value, ['"instance" or "group"']));
    }
  });

  describe("permissionsBoundaryArn", () => {
    for (const arn of [
      "arn:aws:iam::123456789012:policy/boundary",
      "arn:aws-cn:iam::123456789012:policy/path/to/boundary",
      "arn:aws-us-gov:iam::aws:policy/PowerUserAccess",
    ]) {
      it(`takes ${arn}`, () => expect(checkBoundaryArn(arn)).to.equal(arn));
    }
    for (const arn of [
      "",
      "boundary",
      "arn:aws:iam::123456789012:role/x",
      "arn:aws:iam::12:policy/x",
      "arn:aws:iam::123456789012:policy/",
    ]) {
      it(`refuses ${JSON.stringify(arn)}`, () =>
        refused(checkBoundaryArn, "permissionsBoundaryArn", arn, [JSON.stringify(arn), ":policy/<name>"]));
    }
  });

  describe("rolePath", () => {
    for (const path of ["/", "/automation/", "/a/b-c/d_e/"]) {
      it(`takes ${path}`, () => expect(checkRolePath(path)).to.equal(path));
    }
    for (const path of [
      "",
      "automation",
      "/automation",
      "automation/",
      "//",
      "/a//b/",
      "/a b/",
      `/${"x".repeat(511)}/`,
    ]) {
      it(`refuses ${JSON.stringify(path.slice(0, 20))}`, () =>
        refused(checkRolePath, "rolePath", path, ["begins and ends with one slash"]));
    }
    it("takes as much as leaves room for the role's ARN in a parameter of 512 characters", () => {
      const longest = `/${"x".repeat(398)}/`;
      expect(checkRolePath(longest)).to.equal(longest);
      expect(`arn:aws-us-gov:iam::123456789012:role${longest}${"n".repeat(64)}`.length).to.be.at.most(512);
      refused(checkRolePath, "rolePath", `/${"x".repeat(399)}/`, ["at most 400 characters"]);
    });
    for (const path of ["/*/", "/a?/", "/$a/", "/{{a}}/"]) {
      it(`refuses ${path}`, () =>
        refused(checkRolePath, "rolePath", path, ["mean something in an IAM policy"]));
    }
  });

  describe("launchTemplateIds", () => {
    it("gives them sorted and once each", () => {
      const [a, b] = ["lt-0123456789abcdef0", "lt-12345678"];
      expect(checkTemplateIds([b, a, b])).to.deep.equal([a, b]);
      expect(checkTemplateIds([])).to.deep.equal([]);
    });
    for (const [value, part] of [
      ["lt-12345678", "is not a list"],
      [["lt-123"], "8 or 17 lower-case hexadecimal"],
      [["LT-12345678"], "8 or 17 lower-case hexadecimal"],
      [["lt-0123456789abcdef01"], "8 or 17 lower-case hexadecimal"],
      [["web"], '"lt-"'],
      [["lt-12345678\n"], "lower-case hexadecimal"],
      [[undefined], "is missing"],
      [[5], "is not a string"],
      [Array.from({ length: 21 }, (_, i) => `lt-123456${i + 10}`), "at most 20"],
    ] as const) {
      it(`refuses ${JSON.stringify(value).slice(0, 60)}`, () =>
        refused(checkTemplateIds, "launchTemplateIds", value, [part]));
    }
  });

  describe("instanceProfileRoleArns", () => {
    it("gives them sorted and once each", () => {
      const [a, b] = ["arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/path/b"];
      expect(checkRoleArns([b, a, b])).to.deep.equal([a, b]);
      expect(checkRoleArns([])).to.deep.equal([]);
    });
    for (const [value, part] of [
      ["arn:aws:iam::123456789012:role/a", "is not a list"],
      [["web"], "is not the ARN of a role"],
      [["arn:aws:iam::123456789012:role/*"], "without wildcards"],
      [["arn:aws:iam::123456789012:role/a*/b"], "without wildcards"],
      [["arn:aws:iam::123456789012:instance-profile/web"], "is the ARN of an instance profile"],
      [[undefined], "is missing"],
      [Array.from({ length: 21 }, (_, i) => `arn:aws:iam::123456789012:role/r${i}`), "at most 20"],
    ] as const) {
      it(`refuses ${JSON.stringify(value).slice(0, 60)}`, () =>
        refused(checkRoleArns, "instanceProfileRoleArns", value, [part]));
    }
  });

  it("take roles of this account and partition only", () => {
    const check = checkOwnAccount("instanceProfileRoleArns");
    const place = { partition: "aws-cn", region: "cn-north-1", accountId: "123456789012" };
    const arns = ["arn:aws-cn:iam::123456789012:role/a"];
    expect(check({ arns, place })).to.deep.equal(arns);
    for (const foreign of ["arn:aws-cn:iam::999999999999:role/x", "arn:aws:iam::123456789012:role/x"]) {
      refused(check, "instanceProfileRoleArns", { arns: [...arns, foreign], place }, [
        `"${foreign}" is of another account or partition`,
        "arn:aws-cn:iam::123456789012:",
      ]);
    }
  });

  describe("tags", () => {
    it("takes keys and values that all services allow", () => {
      const tags = { Team: "web", "cost/center": "4711 = a", ümläut: "", ["x".repeat(128)]: "y" };
      expect(checkTags(tags)).to.deep.equal(tags);
    });
    for (const [value, part] of [
      ["Team=web", "is not a map"],
      [["Team"], "is not a map"],
      [null, "is not a map"],
      [new Map([["a", "b"]]), "is not a map"],
      [new Date(0), "is not a map"],
      [{ "aws:x": "y" }, "reserved"],
      [{ "AWS:x": "y" }, "reserved"],
      [{ "ami-refresh:execution-id": "y" }, "reserved"],
      [{ "a=b": "c" }, "is not a tag key"],
      [{ "": "c" }, "is not a tag key"],
      [{ "a*": "c" }, "is not a tag key"],
      [{ a: 1 }, "has the value 1"],
      [{ a: "{{ x }}" }, "has the value"],
      [{ a: "x".repeat(257) }, "at most 256"],
      [{ Team: "a", team: "b" }, "differ only in case"],
      [Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`t${i}`, "x"])), "at most 40"],
    ] as const) {
      it(`refuses ${JSON.stringify(value).slice(0, 60)}`, () => refused(checkTags, "tags", value, [part]));
    }
  });
});
