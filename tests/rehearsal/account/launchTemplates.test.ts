import { expect } from "chai";
import type { Account } from "../../../rehearsal/account/account";
import type { Members } from "../../../rehearsal/account/api";
import {
  findLaunchTemplate,
  latestNumber,
  resolveVersion,
} from "../../../rehearsal/account/ec2/launchTemplates";
import type { LaunchTemplate, LaunchTemplateData } from "../../../rehearsal/account/ec2/launchTemplateShapes";
import { NotModelled } from "../../../rehearsal/errors";
import {
  administrator,
  allow,
  at,
  type Call,
  furnished,
  itNeeds,
  notAllowed,
  principal,
  refusal,
} from "./support";

const id = "lt-0123456789abcdef0";
const name = "web-template";
const arn = `arn:aws:ec2:ap-northeast-1:111122223333:launch-template/${id}`;
const unknownId = "lt-12345678";
const byId = { LaunchTemplateId: id };

const created = { CreateTime: new Date("2026-10-01T00:00:00Z"), CreatedBy: "arn:aws:iam::111122223333:root" };

const data: LaunchTemplateData = {
  ImageId: "ami-12345678",
  InstanceType: "t3.small",
  UserData: "IyEvYmluL3NoCg==",
  BlockDeviceMappings: [
    { DeviceName: "/dev/xvda", Ebs: { SnapshotId: "snap-12345678", VolumeSize: 20, Encrypted: true } },
    { DeviceName: "/dev/xvdb", VirtualName: "ephemeral0" },
  ],
};

interface World {
  account: Account;
  call: Call;
  template: LaunchTemplate;
  /** An image that can be found. */
  imageId: string;
}

/** The furnished account with a template of three versions, whose default is the second. */
function world(): World {
  const { account, call } = furnished();
  const template: LaunchTemplate = {
    LaunchTemplateId: id,
    LaunchTemplateName: name,
    ...created,
    DefaultVersionNumber: 2,
    lastNumber: 3,
    versions: new Map(
      [1, 2, 3].map((VersionNumber) => [
        VersionNumber,
        { VersionNumber, VersionDescription: `v${VersionNumber}`, ...created, LaunchTemplateData: data },
      ]),
    ),
    Tags: [{ Key: "team", Value: "web" }],
  };
  account.ec2.launchTemplates.set(id, template);
  return { account, call, template, imageId: account.ec2.allImages()[0].ImageId };
}

function unauthorized(missing: Parameters<typeof notAllowed>[1]) {
  const message = `You are not authorized to perform this operation. ${notAllowed(principal(), missing)}`;
  return { code: "UnauthorizedOperation", message, status: 403 };
}

/** How every API that takes a template refuses one that it cannot find. */
const referenceFaults: [Members, string, string][] = [
  [
    { LaunchTemplateId: unknownId },
    "InvalidLaunchTemplateId.NotFound",
    `The specified launch template, with template ID ${unknownId}, does not exist.`,
  ],
  [
    { LaunchTemplateId: "lt-1" },
    "InvalidLaunchTemplateId.Malformed",
    'Invalid id: "lt-1" (expecting "lt-...")',
  ],
  [
    { LaunchTemplateName: "WEB-template" },
    "InvalidLaunchTemplateName.NotFoundException",
    "The specified launch template, with template name WEB-template, does not exist.",
  ],
  [
    { LaunchTemplateId: id, LaunchTemplateName: name },
    "InvalidParameterCombination",
    "Either provide launch template ID or launch template name to modify the template.",
  ],
];

function itFindsItsTemplate(api: string, more: Members = {}): void {
  for (const [by, code, message] of referenceFaults) {
    it(`answers ${code} to ${JSON.stringify(by)}`, () => {
      const { call } = world();
      expect(refusal(() => call(api, { ...by, ...more }))).to.deep.equal({ code, message, status: 400 });
    });
  }
}

/** The permissions of an API that has a resource level, by which the template can be told. */
function itIsLimitedToItsTemplate(api: string, more: Members): void {
  describe("permissions", () => {
    const condition = {
      StringEquals: { "aws:ResourceTag/team": "web" },
      StringLike: { "ec2:ResourceTag/team": "w*" },
    };
    for (const by of [byId, { LaunchTemplateName: name }]) {
      describe(`by ${Object.keys(by)[0]}`, () => {
        itNeeds(
          [allow(`ec2:${api}`, arn, condition)],
          () => (caller) => world().call(api, { ...by, ...more }, caller),
          unauthorized,
        );
      });
    }

    it("do not reach another template", () => {
      const { call } = world();
      const caller = principal(allow(`ec2:${api}`, arn));
      const other = { LaunchTemplateId: unknownId, ...more };
      expect(refusal(() => call(api, other, caller)).message).to.include(`launch-template/${unknownId}`);
      const named = { LaunchTemplateName: "other", ...more };
      expect(refusal(() => call(api, named, caller)).message).to.include("launch-template/*");
    });
  });
}

describe("launch templates", () => {
  it("are found by id or by name", () => {
    const { account, template } = world();
    expect(findLaunchTemplate(account.ec2, byId)).to.equal(template);
    expect(findLaunchTemplate(account.ec2, { LaunchTemplateName: name })).to.equal(template);
    expect(refusal(() => findLaunchTemplate(account.ec2, {})).code).to.equal("MissingParameter");
  });

  const versions: [string | undefined, number][] = [
    ["1", 1],
    ["3", 3],
    ["$Latest", 3],
    ["$Default", 2],
    [undefined, 2],
  ];
  for (const [version, number] of versions) {
    it(`have ${number} as their version ${version ?? "without one"}`, () => {
      expect(resolveVersion(world().template, version).VersionNumber).to.equal(number);
    });
  }

  it("say which version they do not have", () => {
    const { template } = world();
    expect(refusal(() => resolveVersion(template, "4"))).to.deep.equal({
      code: "InvalidLaunchTemplateId.VersionNotFound",
      message: `Could not find the specified version 4 for the launch template with ID ${id}.`,
      status: 400,
    });
    for (const wrong of ["$latest", "v1", "1.0", "", "-1"]) {
      expect(refusal(() => resolveVersion(template, wrong))).to.deep.equal({
        code: "InvalidParameterValue",
        message:
          "Invalid launch template version: either '$Default', '$Latest', or a numeric version are allowed.",
        status: 400,
      });
    }
  });

  it("have the highest number that is left as their latest", () => {
    const { template } = world();
    template.versions.delete(3);
    expect(latestNumber(template)).to.equal(2);
    expect(resolveVersion(template, "$Latest").VersionNumber).to.equal(2);
  });

  it("are in the record with their versions", () => {
    const { account } = world();
    const last = (account.snapshotState().launchTemplates as Members[]).at(-1);
    expect(last).to.deep.include({
      LaunchTemplateId: id,
      LaunchTemplateName: name,
      CreateTime: "2026-10-01T00:00:00.000Z",
      DefaultVersionNumber: 2,
      LatestVersionNumber: 3,
      Tags: [{ Key: "team", Value: "web" }],
    });
    expect((last?.Versions as Members[]).map(({ VersionNumber }) => VersionNumber)).to.deep.equal([3, 2, 1]);
    expect(last).not.to.have.property("lastNumber");
  });
});

describe("DescribeLaunchTemplateVersions", () => {
  const api = "DescribeLaunchTemplateVersions";
  const numbers = (answer: Members) =>
    (answer.LaunchTemplateVersions as Members[]).map(({ VersionNumber }) => VersionNumber);

  it("gives a version as it was written down", () => {
    const { call } = world();
    expect(call(api, { ...byId, Versions: ["2"] })).to.deep.equal({
      LaunchTemplateVersions: [
        {
          LaunchTemplateId: id,
          LaunchTemplateName: name,
          VersionNumber: 2,
          VersionDescription: "v2",
          ...created,
          DefaultVersion: true,
          LaunchTemplateData: data,
        },
      ],
    });
  });

  const cases: [string[] | undefined, number[]][] = [
    [undefined, [3, 2, 1]],
    [
      ["1", "3"],
      [3, 1],
    ],
    [["$Latest"], [3]],
    [["$Default"], [2]],
    [
      ["$Default", "2", "$Latest"],
      [3, 2],
    ],
  ];
  for (const [Versions, expected] of cases) {
    it(`gives ${expected.join(", ")} for ${Versions?.join(", ") ?? "no versions"}`, () => {
      const { call } = world();
      const wanted: Members = Versions ? { Versions } : {};
      expect(numbers(call(api, { LaunchTemplateName: name, ...wanted }))).to.deep.equal(expected);
    });
  }

  it("marks the default version", () => {
    const { call } = world();
    const versions = call(api, byId).LaunchTemplateVersions as Members[];
    expect(versions.map(({ DefaultVersion }) => DefaultVersion)).to.deep.equal([false, true, false]);
  });

  it("gives nothing where one of the versions does not exist", () => {
    const { call } = world();
    expect(refusal(() => call(api, { ...byId, Versions: ["1", "4"] })).code).to.equal(
      "InvalidLaunchTemplateId.VersionNotFound",
    );
  });

  it("answers in pages", () => {
    const { call } = world();
    const first = call(api, { ...byId, MaxResults: 2 });
    expect(numbers(first)).to.deep.equal([3, 2]);
    const second = call(api, { ...byId, MaxResults: 2, NextToken: first.NextToken });
    expect(numbers(second)).to.deep.equal([1]);
    expect(second).not.to.have.property("NextToken");
  });

  it("answers in pages unasked, 200 versions at a time", () => {
    const { call, template } = world();
    for (let VersionNumber = 4; VersionNumber <= 201; VersionNumber += 1) {
      template.versions.set(VersionNumber, { VersionNumber, ...created, LaunchTemplateData: data });
    }
    const first = call(api, byId);
    expect(numbers(first)).to.have.length(200);
    expect(numbers(call(api, { ...byId, NextToken: first.NextToken }))).to.deep.equal([1]);
  });

  const faults: [Members, string, string][] = [
    [
      { MaxResults: 0 },
      "InvalidParameterValue",
      "Value ( 0 ) for parameter maxResults is invalid. Expecting a value greater than 1.",
    ],
    [
      { MaxResults: 201 },
      "InvalidParameterValue",
      "Value ( 201 ) for parameter maxResults is invalid. Expecting a value smaller than 200.",
    ],
    [{ NextToken: "next" }, "InvalidNextToken", "The token 'next' is invalid."],
    [{ NextToken: "4" }, "InvalidNextToken", "The token '4' is invalid."],
  ];
  for (const [params, code, message] of faults) {
    it(`answers ${code} to ${JSON.stringify(params)}`, () => {
      const { call } = world();
      expect(refusal(() => call(api, { ...byId, ...params }))).to.deep.equal({ code, message, status: 400 });
    });
  }

  itFindsItsTemplate(api);

  describe("without a template", () => {
    /** `NAME NUMBER` of what is answered. */
    const versions = (answer: Members) =>
      (answer.LaunchTemplateVersions as Members[]).map(
        ({ LaunchTemplateName, VersionNumber }) => `${String(LaunchTemplateName)} ${String(VersionNumber)}`,
      );
    const others = ["other-team-batch 1", "other-team-fleet 1"];

    it("gives the latest and the default version of every template", () => {
      const { call } = world();
      expect(versions(call(api, { Versions: ["$Latest"] }))).to.deep.equal([...others, `${name} 3`]);
      expect(versions(call(api, { Versions: ["$Default"] }))).to.deep.equal([...others, `${name} 2`]);
      const both = call(api, { Versions: ["$Default", "$Latest"] });
      expect(versions(both)).to.deep.equal([...others, `${name} 3`, `${name} 2`]);
    });

    it("gives those with an image", () => {
      const { call } = world();
      const Filters = [{ Name: "image-id", Values: [String(data.ImageId), "ami-87654321"] }];
      expect(versions(call(api, { Versions: ["$Default"], Filters }))).to.deep.equal([`${name} 2`]);
    });

    it("answers in pages", () => {
      const { call } = world();
      const first = call(api, { Versions: ["$Latest"], MaxResults: 2 });
      expect(versions(first)).to.deep.equal(others);
      const rest = call(api, { Versions: ["$Latest"], MaxResults: 2, NextToken: first.NextToken });
      expect(versions(rest)).to.deep.equal([`${name} 3`]);
    });

    it("refuses numbers, and no versions at all", () => {
      const { call } = world();
      expect(refusal(() => call(api, {})).code).to.equal("MissingParameter");
      const { code, message } = refusal(() => call(api, { Versions: ["$Latest", "1"] }));
      expect(code).to.equal("InvalidParameterValue");
      expect(message).to.include("'1'").and.to.include("only '$Latest' and '$Default' are allowed");
    });
  });

  it("gives those of a template that have an image", () => {
    const { call, template } = world();
    template.versions.get(2)!.LaunchTemplateData = { InstanceType: "t3.small" };
    const Filters = [{ Name: "image-id", Values: [String(data.ImageId)] }];
    expect(numbers(call(api, { ...byId, Filters }))).to.deep.equal([3, 1]);
    expect(numbers(call(api, { ...byId, Versions: ["1", "2"], Filters }))).to.deep.equal([1]);
    const other = [{ Name: "instance-type", Values: ["t3.small"] }];
    expect(() => call(api, { ...byId, Filters: other })).to.throw(NotModelled, "instance-type");
  });

  it("does not model parameters of Systems Manager", () => {
    const { call } = world();
    expect(() => call(api, { ...byId, ResolveAlias: true })).to.throw(NotModelled, "ResolveAlias");
  });

  describe("permissions", () => {
    itNeeds(
      [allow(`ec2:${api}`)],
      () => (caller) => world().call(api, byId, caller),
      (missing) => unauthorized(missing),
    );
  });
});

describe("CreateLaunchTemplateVersion", () => {
  const api = "CreateLaunchTemplateVersion";

  it("makes a version with its source's parameters and another image", () => {
    const { account, call, template, imageId } = world();
    const answer = call(api, {
      ...byId,
      SourceVersion: "1",
      VersionDescription: "nightly",
      LaunchTemplateData: { ImageId: imageId },
    });
    expect(answer).to.deep.equal({
      LaunchTemplateVersion: {
        LaunchTemplateId: id,
        LaunchTemplateName: name,
        VersionNumber: 4,
        VersionDescription: "nightly",
        CreateTime: account.clock.now(),
        CreatedBy: administrator.arn,
        DefaultVersion: false,
        LaunchTemplateData: {
          ...data,
          ImageId: imageId,
          // The snapshot of the old image is gone.
          BlockDeviceMappings: [
            { DeviceName: "/dev/xvda", Ebs: { VolumeSize: 20, Encrypted: true } },
            { DeviceName: "/dev/xvdb", VirtualName: "ephemeral0" },
          ],
        },
      },
    });
    expect(call("DescribeLaunchTemplateVersions", { ...byId, Versions: ["4"] })).to.deep.equal({
      LaunchTemplateVersions: [answer.LaunchTemplateVersion],
    });
    expect(template).to.include({ DefaultVersionNumber: 2, lastNumber: 4 });
    expect(template.versions.get(1)?.LaunchTemplateData).to.deep.equal(data);
  });

  it("has nothing but what it is given without a source", () => {
    const { call, imageId } = world();
    const answer = call(api, { LaunchTemplateName: name, LaunchTemplateData: { ImageId: imageId } });
    expect(at(answer, "LaunchTemplateVersion", "LaunchTemplateData")).to.deep.equal({ ImageId: imageId });
  });

  it("takes block devices as they are given, with their snapshots", () => {
    const { call } = world();
    const BlockDeviceMappings = [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId: "snap-87654321" } }];
    const answer = call(api, { ...byId, SourceVersion: "1", LaunchTemplateData: { BlockDeviceMappings } });
    expect(at(answer, "LaunchTemplateVersion", "LaunchTemplateData")).to.deep.include({
      InstanceType: "t3.small",
      BlockDeviceMappings,
    });
  });

  it("takes a source by its alias", () => {
    const { call, template, imageId } = world();
    template.versions.get(3)!.LaunchTemplateData = { InstanceType: "m5.large" };
    const request = { ...byId, SourceVersion: "$Latest", LaunchTemplateData: { ImageId: imageId } };
    const answer = call(api, request);
    expect(at(answer, "LaunchTemplateVersion", "LaunchTemplateData")).to.deep.equal({
      InstanceType: "m5.large",
      ImageId: imageId,
    });
  });

  it("never gives a number twice", () => {
    const { call, imageId } = world();
    const make = () =>
      at(call(api, { ...byId, LaunchTemplateData: { ImageId: imageId } }), "LaunchTemplateVersion");
    expect(make()).to.include({ VersionNumber: 4 });
    call("DeleteLaunchTemplateVersions", { ...byId, Versions: ["3", "4"] });
    expect(make()).to.include({ VersionNumber: 5 });
  });

  describe("warns", () => {
    const warning = (imageId: string, settle: (world: World) => void = () => {}) => {
      const made = world();
      settle(made);
      const ImageId = imageId === "visible" ? made.imageId : imageId;
      const answer = made.call(api, { ...byId, LaunchTemplateData: { ImageId } });
      expect(made.template.versions.has(4)).to.equal(true);
      return answer.Warning;
    };

    it("not of an image that can be found", () => {
      expect(warning("visible")).to.equal(undefined);
    });

    it("of an image that does not exist", () => {
      expect(warning("ami-12345678")).to.deep.equal({
        Errors: [{ Code: "InvalidAMIID.NotFound", Message: "The image id '[ami-12345678]' does not exist" }],
      });
    });

    it("of an image that cannot exist", () => {
      expect(warning("ami-1")).to.deep.equal({
        Errors: [{ Code: "InvalidAMIID.Malformed", Message: 'Invalid id: "ami-1" (expecting "ami-...")' }],
      });
    });

    it("of what a test wants", () => {
      const wanted = { Code: "InvalidParameterCombination", Message: "Network interfaces and a subnet." };
      expect(warning("visible", ({ account }) => (account.ec2.versionWarning = wanted))).to.deep.equal({
        Errors: [wanted],
      });
    });
  });

  it("makes a version with another image where a test wants that", () => {
    const { account, call, imageId } = world();
    const other = account.ec2.allImages()[1].ImageId;
    account.ec2.versionImage = other;
    call(api, { ...byId, SourceVersion: "1", LaunchTemplateData: { ImageId: imageId } });
    const read = call("DescribeLaunchTemplateVersions", { ...byId, Versions: ["4"] });
    expect(at(read, "LaunchTemplateVersions", 0, "LaunchTemplateData", "ImageId")).to.equal(other);
  });

  describe("with a client token", () => {
    const request = (imageId: string, more: Members = {}) => ({
      ...byId,
      SourceVersion: "1",
      ClientToken: "token",
      LaunchTemplateData: { ImageId: imageId },
      ...more,
    });

    it("makes one version for the same request", () => {
      const { call, template, imageId } = world();
      const first = call(api, request(imageId));
      expect(call(api, request(imageId))).to.deep.equal(first);
      expect([...template.versions.keys()]).to.deep.equal([1, 2, 3, 4]);
    });

    it("makes one for each token", () => {
      const { call, template, imageId } = world();
      call(api, request(imageId));
      call(api, request(imageId, { ClientToken: "another" }));
      expect(template.versions.size).to.equal(5);
    });

    const others: Members[] = [
      { SourceVersion: "2" },
      { VersionDescription: "x" },
      { LaunchTemplateData: {} },
    ];
    for (const more of others) {
      it(`refuses another request, with ${JSON.stringify(more)}`, () => {
        const { call, imageId } = world();
        call(api, request(imageId));
        expect(refusal(() => call(api, request(imageId, more)))).to.deep.equal({
          code: "IdempotentParameterMismatch",
          message: "Client token already used before.",
          status: 400,
        });
      });
    }

    it("does not count a request that was refused", () => {
      const { call, imageId } = world();
      expect(refusal(() => call(api, request(imageId, { SourceVersion: "9" }))).code).to.equal(
        "InvalidLaunchTemplateId.VersionNotFound",
      );
      expect(at(call(api, request(imageId)), "LaunchTemplateVersion")).to.include({ VersionNumber: 4 });
    });

    for (const ClientToken of ["x".repeat(129), "naïve", ""]) {
      it(`does not take ${JSON.stringify(ClientToken.slice(0, 10))} of ${ClientToken.length} characters`, () => {
        const { call, imageId } = world();
        const { code } = refusal(() => call(api, request(imageId, { ClientToken })));
        expect(code).to.equal("InvalidParameterValue");
      });
    }

    it("takes 128 characters", () => {
      const { call, imageId } = world();
      expect(call(api, request(imageId, { ClientToken: "x".repeat(128) }))).to.have.property(
        "LaunchTemplateVersion",
      );
    });

    it("does not model the token of a version that was deleted", () => {
      const { call, imageId } = world();
      call(api, request(imageId));
      call("DeleteLaunchTemplateVersions", { ...byId, Versions: ["4"] });
      expect(() => call(api, request(imageId))).to.throw(NotModelled, "ClientToken of version 4");
    });
  });

  const faults: [Members, string, string][] = [
    [
      { SourceVersion: "4" },
      "InvalidLaunchTemplateId.VersionNotFound",
      `Could not find the specified version 4 for the launch template with ID ${id}.`,
    ],
    [{ SourceVersion: "latest" }, "InvalidParameterValue", "Invalid launch template version"],
    [{ VersionDescription: "x".repeat(256) }, "InvalidParameterValue", "255"],
    [{ LaunchTemplateData: {} }, "MissingParameter", "No launch template data was provided."],
  ];
  for (const [params, code, words] of faults) {
    it(`answers ${code} to ${JSON.stringify(params).slice(0, 60)}`, () => {
      const { account, call, imageId } = world();
      const before = account.snapshotState();
      const request = { ...byId, LaunchTemplateData: { ImageId: imageId }, ...params };
      const { message, ...error } = refusal(() => call(api, request));
      expect(error).to.deep.equal({ code, status: 400 });
      expect(message).to.include(words);
      expect(account.snapshotState()).to.deep.equal(before);
    });
  }

  it("has a quota of versions, of which the deleted ones are not counted", () => {
    const { account, call, imageId } = world();
    expect(account.ec2.quotas.launchTemplateVersions).to.equal(10_000);
    account.ec2.quotas.launchTemplateVersions = 4;
    const request = { ...byId, LaunchTemplateData: { ImageId: imageId } };
    call(api, request);
    expect(refusal(() => call(api, request))).to.deep.include({ code: "MaxTemplateVersionLimitExceeded" });
    call("DeleteLaunchTemplateVersions", { ...byId, Versions: ["1"] });
    expect(at(call(api, request), "LaunchTemplateVersion")).to.include({ VersionNumber: 5 });
  });

  it("has to be given launch parameters", () => {
    const { call } = world();
    expect(refusal(() => call(api, byId)).message).to.include("LaunchTemplateData");
  });

  itFindsItsTemplate(api, { LaunchTemplateData: { ImageId: "ami-12345678" } });

  it("does not model parameters of Systems Manager, nor every launch parameter", () => {
    const { call, template, imageId } = world();
    const LaunchTemplateData = { ImageId: imageId };
    expect(() => call(api, { ...byId, LaunchTemplateData, ResolveAlias: false })).to.throw(
      NotModelled,
      "ec2:CreateLaunchTemplateVersion ResolveAlias",
    );
    const Placement = { Tenancy: "default" };
    expect(() => call(api, { ...byId, LaunchTemplateData: { Placement } })).to.throw(
      NotModelled,
      "LaunchTemplateData.Placement",
    );
    template.versions.get(1)!.LaunchTemplateData = { ImageId: "resolve:ssm:golden" };
    const inherit = { ...byId, SourceVersion: "1", LaunchTemplateData: { InstanceType: "t3.large" } };
    expect(() => call(api, inherit)).to.throw(NotModelled, "resolve:ssm:golden");
    expect(call(api, { ...inherit, LaunchTemplateData })).to.have.property("LaunchTemplateVersion");
  });

  itIsLimitedToItsTemplate(api, { LaunchTemplateData: { ImageId: "ami-12345678" } });
});

describe("ModifyLaunchTemplate", () => {
  const api = "ModifyLaunchTemplate";

  it("sets the default version", () => {
    const { call, template } = world();
    expect(call(api, { ...byId, DefaultVersion: "3" })).to.deep.equal({
      LaunchTemplate: {
        LaunchTemplateId: id,
        LaunchTemplateName: name,
        ...created,
        DefaultVersionNumber: 3,
        LatestVersionNumber: 3,
        Tags: [{ Key: "team", Value: "web" }],
      },
    });
    expect(template.DefaultVersionNumber).to.equal(3);
    expect(resolveVersion(template).VersionNumber).to.equal(3);
  });

  it("takes a name and an alias", () => {
    const { call, template } = world();
    call(api, { LaunchTemplateName: name, DefaultVersion: "$Latest" });
    expect(template.DefaultVersionNumber).to.equal(3);
  });

  it("sets it once for a client token", () => {
    const { call, template } = world();
    const request = { ...byId, DefaultVersion: "3", ClientToken: "token" };
    call(api, request);
    call(api, { ...byId, DefaultVersion: "1" });
    call(api, request);
    expect(template.DefaultVersionNumber).to.equal(1);
    expect(refusal(() => call(api, { ...request, DefaultVersion: "2" })).code).to.equal(
      "IdempotentParameterMismatch",
    );
  });

  it("may have the token of another API", () => {
    const { call, template, imageId } = world();
    const ClientToken = "token";
    const LaunchTemplateData = { ImageId: imageId };
    call("CreateLaunchTemplateVersion", { ...byId, ClientToken, LaunchTemplateData });
    call(api, { ...byId, ClientToken, DefaultVersion: "4" });
    expect(template.DefaultVersionNumber).to.equal(4);
  });

  const faults: [Members, string, string][] = [
    [
      { DefaultVersion: "4" },
      "InvalidLaunchTemplateId.VersionNotFound",
      "The launch template version 4 is not found for the specified launch template.",
    ],
    [{ DefaultVersion: "newest" }, "InvalidParameterValue", "Invalid launch template version"],
    [{}, "MissingParameter", `for the template with ID ${id}.`],
  ];
  for (const [params, code, words] of faults) {
    it(`answers ${code} to ${JSON.stringify(params)}`, () => {
      const { call, template } = world();
      const { message, ...error } = refusal(() => call(api, { ...byId, ...params }));
      expect(error).to.deep.equal({ code, status: 400 });
      expect(message).to.include(words);
      expect(template.DefaultVersionNumber).to.equal(2);
    });
  }

  itFindsItsTemplate(api, { DefaultVersion: "1" });
  itIsLimitedToItsTemplate(api, { DefaultVersion: "1" });
});

describe("DeleteLaunchTemplateVersions", () => {
  const api = "DeleteLaunchTemplateVersions";
  const item = (VersionNumber: number) => ({ ...byId, LaunchTemplateName: name, VersionNumber });

  it("deletes what there is, and says of what there is not that it does not exist", () => {
    const { call, template } = world();
    expect(call(api, { ...byId, Versions: ["3", "9", "3"] })).to.deep.equal({
      SuccessfullyDeletedLaunchTemplateVersions: [item(3)],
      UnsuccessfullyDeletedLaunchTemplateVersions: [
        {
          ...item(9),
          ResponseError: {
            Code: "launchTemplateVersionDoesNotExist",
            Message: "The launch template version does not exist.",
          },
        },
      ],
    });
    expect([...template.versions.keys()]).to.deep.equal([1, 2]);
    const latest = call("DescribeLaunchTemplateVersions", { ...byId, Versions: ["$Latest"] });
    expect(at(latest, "LaunchTemplateVersions", 0, "VersionNumber")).to.equal(2);
  });

  it("deletes nothing where a test wants that, and says why beside each number", () => {
    const { account, call, template } = world();
    account.ec2.versionDeletionFailure = "An unexpected error occurred.";
    expect(call(api, { LaunchTemplateName: name, Versions: ["3"] })).to.deep.equal({
      SuccessfullyDeletedLaunchTemplateVersions: [],
      UnsuccessfullyDeletedLaunchTemplateVersions: [
        {
          ...item(3),
          ResponseError: { Code: "unexpectedError", Message: "An unexpected error occurred." },
        },
      ],
    });
    expect(template.versions.size).to.equal(3);
  });

  const faults: [string[], string, string][] = [
    [["3", "2"], "InvalidParameterValue", "The default version cannot be deleted."],
    [["$Latest"], "InvalidParameterValue", "Invalid value for version: $Latest"],
    [[], "MissingParameter", "At least one launch template version"],
    [Array.from({ length: 201 }, (_, n) => String(n + 10)), "InvalidParameterValue", "At most 200"],
  ];
  for (const [Versions, code, words] of faults) {
    it(`answers ${code} to ${Versions.slice(0, 3).join(", ") || "no versions"}`, () => {
      const { call, template } = world();
      const { message, ...error } = refusal(() => call(api, { ...byId, Versions }));
      expect(error).to.deep.equal({ code, status: 400 });
      expect(message).to.include(words);
      expect(template.versions.size).to.equal(3);
    });
  }

  it("takes 200 versions", () => {
    const { call } = world();
    const Versions = Array.from({ length: 200 }, (_, n) => String(n + 3));
    expect(call(api, { ...byId, Versions }).SuccessfullyDeletedLaunchTemplateVersions).to.have.length(1);
  });

  itFindsItsTemplate(api, { Versions: ["1"] });
  itIsLimitedToItsTemplate(api, { Versions: ["1"] });
});
