import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import { NotModelled } from "../../../rehearsal/errors";
import { allow, at, furnished, goldenId, itNeeds, notAllowed, principal, refusal } from "./support";

const instanceArn = `arn:aws:ec2:ap-northeast-1:111122223333:instance/${goldenId}`;
const imageArn = "arn:aws:ec2:ap-northeast-1::image/*";
const snapshotArn = "arn:aws:ec2:ap-northeast-1::snapshot/*";

const newImage = { InstanceId: goldenId, Name: "golden_2026-11-23" };

const tagged = {
  ...newImage,
  TagSpecifications: [
    { ResourceType: "image", Tags: [{ Key: "owner", Value: "web" }] },
    { ResourceType: "snapshot", Tags: [{ Key: "owner", Value: "disk" }] },
  ],
};

function unauthorized(missing: Parameters<typeof notAllowed>[1]) {
  const message = `You are not authorized to perform this operation. ${notAllowed(principal(), missing)}`;
  return { code: "UnauthorizedOperation", message, status: 403 };
}

describe("DescribeInstances", () => {
  it("gives every instance without ids, each in its reservation", () => {
    const { call } = furnished();
    const reservations = call("DescribeInstances", {}).Reservations as Members[];
    expect(reservations).to.have.length(6);
    expect(reservations[0]).to.include({ OwnerId: "111122223333" });
  });

  it("gives the instances that were asked for", () => {
    const { account, call } = furnished();
    const [, member] = [...account.ec2.instances.keys()];
    const answer = call("DescribeInstances", { InstanceIds: [goldenId, member] });
    expect([0, 1].map((n) => at(answer, "Reservations", n, "Instances", 0, "InstanceId"))).to.deep.equal([
      goldenId,
      member,
    ]);
  });

  it("puts instances of one launch into one reservation", () => {
    const { account, call } = furnished();
    const records = [...account.ec2.instances.values()];
    records[1].reservationId = records[0].reservationId;
    expect(at(call("DescribeInstances", {}), "Reservations", 0, "Instances")).to.have.length(2);
  });

  it("knows what a launch needs to know", () => {
    const { call } = furnished();
    const instance = at(
      call("DescribeInstances", { InstanceIds: [goldenId] }),
      "Reservations",
      0,
      "Instances",
      0,
    );
    expect(instance).to.deep.include({
      State: { Code: 16, Name: "running" },
      Architecture: "x86_64",
      VirtualizationType: "hvm",
      RootDeviceName: "/dev/xvda",
      RootDeviceType: "ebs",
      KeyName: "operations",
      SecurityGroups: [{ GroupId: "sg-0123456789abcdef0", GroupName: "web" }],
      LaunchTime: new Date("2026-09-24T05:30:00.000Z"),
      Tags: [{ Key: "Name", Value: "golden" }],
    });
    expect(at(instance, "IamInstanceProfile", "Arn")).to.equal(
      "arn:aws:iam::111122223333:instance-profile/web",
    );
    expect(at(instance, "MetadataOptions")).to.include({
      HttpTokens: "required",
      HttpPutResponseHopLimit: 2,
    });
    expect(at(instance, "BlockDeviceMappings", 0, "Ebs", "VolumeId")).to.match(/^vol-[0-9a-f]{17}$/);
  });

  const faults: [string[], string, string][] = [
    [["i-0"], "InvalidInstanceID.Malformed", 'Invalid id: "i-0"'],
    [
      [goldenId, "ami-0123456789abcdef0"],
      "InvalidInstanceID.Malformed",
      'Invalid id: "ami-0123456789abcdef0"',
    ],
    [[goldenId, "i-12345678"], "InvalidInstanceID.NotFound", "The instance ID 'i-12345678' does not exist"],
    [
      ["i-12345678", "i-87654321"],
      "InvalidInstanceID.NotFound",
      "The instance IDs 'i-12345678, i-87654321' do not exist",
    ],
  ];
  for (const [InstanceIds, code, message] of faults) {
    it(`answers ${code} to ${InstanceIds.join(", ")}`, () => {
      const { call } = furnished();
      expect(refusal(() => call("DescribeInstances", { InstanceIds }))).to.deep.equal({
        code,
        message,
        status: 400,
      });
    });
  }

  describe("permissions", () => {
    itNeeds(
      [allow("ec2:DescribeInstances")],
      () => (caller) => furnished().call("DescribeInstances", {}, caller),
      unauthorized,
    );
  });
});

describe("DescribeImages", () => {
  /** The names of what is answered, in a world with one more image of our own. */
  function names(params: Members): string[] {
    const { call, clock } = furnished();
    call("CreateImage", tagged);
    clock.advance(60);
    return (call("DescribeImages", params).Images as Members[]).map(({ Name }) => String(Name));
  }
  const refreshed = furnished()
    .account.ec2.allImages()
    .map(({ Name }) => Name)
    .filter((name) => /^i-.*_/.test(name));
  const own = ["initial", "other-team", ...refreshed, newImage.Name];

  it("gives everything that can be seen without parameters", () => {
    expect(names({})).to.have.length(6);
  });

  const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });
  const cases: [Members, string[]][] = [
    [{ Owners: ["self"] }, own],
    [{ Owners: ["111122223333"] }, own],
    [{ Owners: ["444455556666"] }, []],
    [{ Owners: ["444455556666", "self"] }, own],
    [filter("name", "initial"), ["initial"]],
    [filter("name", "init*", "other-????"), ["initial", "other-team"]],
    [filter("name", "INITIAL"), []],
    [{ Owners: ["self"], ...filter("state", "available") }, ["initial", "other-team", ...refreshed]],
    [filter("state", "pending"), [newImage.Name]],
    [filter("tag:owner", "web"), [newImage.Name]],
    [filter("tag:owner", "disk"), []],
    [filter("tag:team", "*"), ["other-team"]],
    [filter("tag-key", "owner", "team"), ["other-team", newImage.Name]],
    [filter("source-instance-id", goldenId), ["initial", newImage.Name]],
    [filter("owner-id", "111122223333"), own],
    [filter("owner-id", "444455556666"), []],
    [
      { Filters: [...filter("tag-key", "*").Filters, ...filter("state", "available").Filters] },
      ["other-team", ...refreshed],
    ],
    [filter("name"), []],
  ];
  for (const [params, expected] of cases) {
    it(`${JSON.stringify(params)} gives ${expected.join(", ") || "nothing"}`, () => {
      expect(names(params)).to.deep.equal(expected);
    });
  }

  it("narrows the ids that it is given", () => {
    const { account, call } = furnished();
    const [foreign, initial] = account.ec2.allImages().map(({ ImageId }) => ImageId);
    const answer = call("DescribeImages", { ImageIds: [foreign, initial], Owners: ["self"] });
    expect((answer.Images as Members[]).map(({ ImageId }) => ImageId)).to.deep.equal([initial]);
  });

  const faults: [string[], string, string][] = [
    [["ami-1"], "InvalidAMIID.Malformed", 'Invalid id: "ami-1" (expecting "ami-...")'],
    [["ami-12345678"], "InvalidAMIID.NotFound", "The image id '[ami-12345678]' does not exist"],
    [
      ["ami-12345678", "ami-87654321"],
      "InvalidAMIID.NotFound",
      "The image ids '[ami-12345678, ami-87654321]' do not exist",
    ],
  ];
  for (const [ImageIds, code, message] of faults) {
    it(`answers ${code} to ${ImageIds.join(", ")}`, () => {
      const { call } = furnished();
      expect(refusal(() => call("DescribeImages", { ImageIds }))).to.deep.equal({
        code,
        message,
        status: 400,
      });
    });
  }

  const notModelled: [Members, string][] = [
    [{ Owners: ["amazon"] }, 'ec2:DescribeImages Owners "amazon"'],
    [filter("owner-alias", "amazon"), 'ec2:DescribeImages Filters "owner-alias"'],
    [{ Filters: [{ Values: ["1"] }] }, 'ec2:DescribeImages Filters ""'],
    [filter("name", "a\\*"), "escapes in ec2:DescribeImages Filters"],
  ];
  for (const [params, name] of notModelled) {
    it(`does not model ${JSON.stringify(params)}`, () => {
      expect(() => names(params)).to.throw(NotModelled, name);
    });
  }

  describe("permissions", () => {
    itNeeds(
      [allow("ec2:DescribeImages")],
      () => (caller) => furnished().call("DescribeImages", {}, caller),
      unauthorized,
    );
  });
});

describe("CreateImage", () => {
  it("makes an image of the instance, with a snapshot of its volume", () => {
    const { account, call, clock } = furnished();
    const { ImageId } = call("CreateImage", { ...tagged, Description: "nightly" });
    expect(ImageId).to.match(/^ami-[0-9a-f]{17}$/);
    clock.advance(3600);
    const image = at(call("DescribeImages", { ImageIds: [ImageId] }), "Images", 0) as Members;
    const snapshot = account.ec2.allSnapshots().at(-1);
    const volume = account.ec2.instances.get(goldenId)?.volumes.get("/dev/xvda");
    expect(image).to.deep.equal({
      ImageId,
      Name: newImage.Name,
      Description: "nightly",
      State: "available",
      CreationDate: "2026-11-23T05:30:00.000Z",
      OwnerId: "111122223333",
      ImageLocation: `111122223333/${newImage.Name}`,
      ImageType: "machine",
      Public: false,
      SourceInstanceId: goldenId,
      Architecture: "x86_64",
      VirtualizationType: "hvm",
      Hypervisor: "xen",
      EnaSupport: true,
      BootMode: "uefi-preferred",
      PlatformDetails: "Linux/UNIX",
      UsageOperation: "RunInstances",
      RootDeviceType: "ebs",
      RootDeviceName: "/dev/xvda",
      BlockDeviceMappings: [
        {
          DeviceName: "/dev/xvda",
          Ebs: {
            SnapshotId: snapshot?.SnapshotId,
            VolumeSize: 8,
            VolumeType: "gp3",
            Encrypted: false,
            DeleteOnTermination: true,
            Iops: 3000,
            Throughput: 125,
          },
        },
      ],
      Tags: [{ Key: "owner", Value: "web" }],
    });
    expect(snapshot).to.deep.include({
      VolumeId: volume?.VolumeId,
      VolumeSize: 8,
      State: "completed",
      Description: `Created by CreateImage(${goldenId}) for ${String(ImageId)}`,
      Tags: [{ Key: "owner", Value: "disk" }],
    });
  });

  it("makes a snapshot of every volume", () => {
    const { account, call } = furnished();
    const record = account.ec2.instances.get(goldenId)!;
    record.instance.BlockDeviceMappings.push({
      ...record.instance.BlockDeviceMappings[0],
      DeviceName: "/dev/xvdb",
    });
    record.volumes.set("/dev/xvdb", { VolumeId: "vol-2", Size: 100, VolumeType: "io2", Encrypted: true });
    const before = account.ec2.allSnapshots().length;
    call("CreateImage", tagged);
    const made = account.ec2.allSnapshots().slice(before);
    expect(made.map(({ VolumeId }) => VolumeId))
      .to.include("vol-2")
      .and.to.have.length(2);
    expect(new Set(made.map(({ Description }) => Description))).to.have.property("size", 1);
    expect(made.every(({ Tags }) => Tags[0].Value === "disk")).to.equal(true);
    const devices = account.ec2.allImages().at(-1)?.BlockDeviceMappings;
    expect(devices?.[1]).to.deep.include({ DeviceName: "/dev/xvdb" });
    expect(devices?.[1].Ebs).to.include({
      SnapshotId: made[1].SnapshotId,
      VolumeSize: 100,
      VolumeType: "io2",
    });
  });

  it("is not found for a while, though its name is taken at once", () => {
    const { call, clock } = furnished();
    const { ImageId } = call("CreateImage", newImage);
    const find = () => call("DescribeImages", { ImageIds: [ImageId] });
    const search = () =>
      call("DescribeImages", { Filters: [{ Name: "name", Values: [newImage.Name] }] }).Images;
    clock.advance(19);
    expect(refusal(find)).to.deep.include({
      code: "InvalidAMIID.NotFound",
      message: `The image id '[${String(ImageId)}]' does not exist`,
    });
    expect(search()).to.deep.equal([]);
    expect(refusal(() => call("CreateImage", newImage))).to.deep.equal({
      code: "InvalidAMIName.Duplicate",
      message: `AMI name ${newImage.Name} is already in use by AMI ${String(ImageId)}`,
      status: 400,
    });
    clock.advance(1);
    expect(at(find(), "Images", 0, "State")).to.equal("pending");
    expect(search()).to.have.length(1);
  });

  it("can be found at once where a test wants that", () => {
    const { account, call } = furnished();
    account.ec2.visibleAfterSeconds = 0;
    const { ImageId } = call("CreateImage", newImage);
    expect(call("DescribeImages", { ImageIds: [ImageId] }).Images).to.have.length(1);
  });

  /** The state of a new image after so many seconds. */
  function stateAfter(
    seconds: number,
    settle: (account: ReturnType<typeof furnished>["account"]) => void = () => {},
  ) {
    const { account, call, clock } = furnished();
    settle(account);
    const { ImageId } = call("CreateImage", newImage);
    clock.advance(seconds);
    return at(call("DescribeImages", { ImageIds: [ImageId] }), "Images", 0) as Members;
  }

  it("is available after four minutes for 8 GiB", () => {
    expect(stateAfter(239).State).to.equal("pending");
    expect(stateAfter(240).State).to.equal("available");
  });

  it("takes as long as a test wants", () => {
    const slow = stateAfter(3599, ({ ec2 }) => (ec2.secondsToImage = (gibibytes) => 450 * gibibytes));
    expect(slow.State).to.equal("pending");
    expect(
      stateAfter(3600, ({ ec2 }) => (ec2.secondsToImage = (gibibytes) => 450 * gibibytes)).State,
    ).to.equal("available");
  });

  it("ends as failed where a test wants that, and not before its time", () => {
    const reason = { Code: "Client.InternalError", Message: "The snapshot failed." };
    expect(stateAfter(239, ({ ec2 }) => (ec2.imageFailure = reason))).to.include({ State: "pending" });
    expect(stateAfter(239, ({ ec2 }) => (ec2.imageFailure = reason))).not.to.have.property("StateReason");
    expect(stateAfter(240, ({ ec2 }) => (ec2.imageFailure = reason))).to.deep.include({
      State: "failed",
      StateReason: reason,
    });
  });

  it("fails with its snapshots", () => {
    const { account, call, clock } = furnished();
    account.ec2.imageFailure = { Code: "Client.InternalError", Message: "The snapshot failed." };
    call("CreateImage", newImage);
    expect(account.ec2.allSnapshots().at(-1)).to.include({ State: "pending", Progress: "0%" });
    clock.advance(240);
    expect(account.ec2.allSnapshots().at(-1)).to.include({ State: "error" });
  });

  it("reboots a running instance unless told not to", () => {
    const { account, call } = furnished();
    const record = account.ec2.instances.get(goldenId)!;
    call("CreateImage", { ...newImage, Name: "one" });
    call("CreateImage", { ...newImage, Name: "two", NoReboot: false });
    expect(record.reboots).to.equal(2);
    call("CreateImage", { ...newImage, Name: "three", NoReboot: true });
    record.instance.State = { Code: 80, Name: "stopped" };
    call("CreateImage", { ...newImage, Name: "four" });
    expect(record.reboots).to.equal(2);
  });

  for (const state of ["running", "stopping", "stopped"]) {
    it(`takes an instance that is ${state}`, () => {
      const { account, call } = furnished();
      account.ec2.instances.get(goldenId)!.instance.State.Name = state;
      expect(call("CreateImage", newImage)).to.have.property("ImageId");
    });
  }

  for (const state of ["pending", "shutting-down", "terminated"]) {
    it(`does not take an instance that is ${state}`, () => {
      const { account, call } = furnished();
      account.ec2.instances.get(goldenId)!.instance.State.Name = state;
      expect(refusal(() => call("CreateImage", newImage))).to.deep.equal({
        code: "InvalidParameterValue",
        message: `Invalid value '${goldenId}' for instanceId. Instance is not in state 'running' or 'stopping' or 'stopped'`,
        status: 400,
      });
    });
  }

  it("takes the names of others' images", () => {
    const { account, call } = furnished();
    const [foreign] = account.ec2.allImages();
    expect(call("CreateImage", { ...newImage, Name: foreign.Name })).to.have.property("ImageId");
  });

  for (const Name of ["abc", "a".repeat(128), "a b(c)[d]./-'@_9"]) {
    it(`takes the name ${Name}`, () => {
      expect(furnished().call("CreateImage", { ...newImage, Name })).to.have.property("ImageId");
    });
  }

  for (const Name of ["a".repeat(129), "12:30", "naïve", "a+b", "a\nb"]) {
    it(`answers InvalidAMIName.Malformed to ${JSON.stringify(Name)}`, () => {
      const { call } = furnished();
      expect(refusal(() => call("CreateImage", { ...newImage, Name })).code).to.equal(
        "InvalidAMIName.Malformed",
      );
    });
  }

  const faults: [Members, string, string][] = [
    [{ InstanceId: "i-1" }, "InvalidInstanceID.Malformed", 'Invalid id: "i-1"'],
    [
      { InstanceId: "i-12345678" },
      "InvalidInstanceID.NotFound",
      "The instance ID 'i-12345678' does not exist",
    ],
    [{ Description: "x".repeat(256) }, "InvalidParameterValue", "description"],
    [
      { TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "k", Value: "v" }] }] },
      "InvalidParameterValue",
      "'instance' is not a valid taggable resource type for this operation.",
    ],
    [
      { TagSpecifications: [{ Tags: [{ Key: "k", Value: "v" }] }] },
      "InvalidParameterValue",
      "Tag specification resource type must have a value",
    ],
    [
      { TagSpecifications: [{ ResourceType: "image", Tags: [] }] },
      "InvalidParameterValue",
      "Tag specification must have at least one tag",
    ],
    [
      { TagSpecifications: [tagged.TagSpecifications[0], tagged.TagSpecifications[0]] },
      "InvalidParameterValue",
      "The same resource type may not be specified more than once in tag specifications",
    ],
    [imageTags({ Key: "aws:k", Value: "v" }), "InvalidParameterValue", "reserved for internal use"],
    [imageTags({ Value: "v" }), "InvalidParameterValue", "Tag key ''"],
    [imageTags({ Key: "k".repeat(129), Value: "v" }), "InvalidParameterValue", "between 1 and 128"],
    [imageTags({ Key: "k", Value: "v".repeat(257) }), "InvalidParameterValue", "256"],
    [
      imageTags({ Key: "k", Value: "v" }, { Key: "k", Value: "w" }),
      "InvalidParameterValue",
      "Duplicate tag key 'k'",
    ],
    [imageTags(...Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}` }))), "TagLimitExceeded", "50"],
  ];
  for (const [params, code, words] of faults) {
    it(`answers ${code} to ${JSON.stringify(params).slice(0, 90)}`, () => {
      const { account, call } = furnished();
      const before = account.snapshotState();
      const { message, ...error } = refusal(() => call("CreateImage", { ...newImage, ...params }));
      expect(error).to.deep.equal({ code, status: 400 });
      expect(message).to.include(words);
      expect(account.snapshotState()).to.deep.equal(before);
    });
  }

  function imageTags(...Tags: Members[]): Members {
    return { TagSpecifications: [{ ResourceType: "image", Tags }] };
  }

  describe("permissions without tags", () => {
    itNeeds(
      [instanceArn, imageArn, snapshotArn].map((arn) => allow("ec2:CreateImage", arn)),
      () => (caller) => furnished().call("CreateImage", newImage, caller),
      unauthorized,
    );
  });

  describe("permissions with tags", () => {
    const requestTag = (Value: string) => ({
      StringEquals: { "aws:RequestTag/owner": Value, "aws:TagKeys": "owner" },
    });
    const onCreate = (Value: string) => ({
      StringEquals: { ...requestTag(Value).StringEquals, "ec2:CreateAction": "CreateImage" },
    });
    itNeeds(
      [
        allow("ec2:CreateImage", instanceArn, {
          StringEquals: { "ec2:InstanceID": goldenId, "ec2:ResourceTag/Name": "golden" },
          StringLike: { "aws:ResourceTag/Name": "gold*" },
        }),
        allow("ec2:CreateImage", imageArn, requestTag("web")),
        allow("ec2:CreateImage", snapshotArn, requestTag("disk")),
        allow("ec2:CreateTags", imageArn, onCreate("web")),
        allow("ec2:CreateTags", snapshotArn, onCreate("disk")),
      ],
      () => (caller) => furnished().call("CreateImage", tagged, caller),
      unauthorized,
    );

    it("ask for CreateTags only where there are tags", () => {
      const imageOnly = { ...newImage, TagSpecifications: [tagged.TagSpecifications[0]] };
      const caller = principal(allow("ec2:CreateImage"), allow("ec2:CreateTags", imageArn));
      expect(furnished().call("CreateImage", imageOnly, caller)).to.have.property("ImageId");
    });

    it("do not count the image's tags for its snapshots", () => {
      const caller = principal(
        allow("ec2:CreateImage", instanceArn),
        allow("ec2:CreateImage", "arn:aws:ec2:*::*", { StringEquals: { "aws:RequestTag/owner": "web" } }),
        allow("ec2:CreateTags"),
      );
      const { message } = refusal(() => furnished().call("CreateImage", tagged, caller));
      expect(message).to.include(snapshotArn);
    });

    it("are refused to another instance", () => {
      const { account, call } = furnished();
      const other = [...account.ec2.instances.keys()].at(-2)!;
      const caller = principal(allow("ec2:*", "*", { StringEquals: { "ec2:ResourceTag/Name": "golden" } }));
      expect(
        refusal(() => call("CreateImage", { ...newImage, InstanceId: other }, caller)).message,
      ).to.include(`instance/${other}`);
    });
  });
});
