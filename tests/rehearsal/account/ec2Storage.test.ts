import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import { NotModelled } from "../../../rehearsal/errors";
import { allow, at, furnished, goldenId, itNeeds, notAllowed, principal, refusal } from "./support";

function unauthorized(missing: Parameters<typeof notAllowed>[1]) {
  const message = `You are not authorized to perform this operation. ${notAllowed(principal(), missing)}`;
  return { code: "UnauthorizedOperation", message, status: 403 };
}

/** The account, whose golden instance has a second volume, under a customer's key. */
function world() {
  const { account, call, clock } = furnished();
  const golden = account.ec2.instances.get(goldenId)!;
  const key = account.kms.addKey("CUSTOMER");
  golden.instance.BlockDeviceMappings.push({
    DeviceName: "/dev/xvdb",
    Ebs: {
      VolumeId: "vol-12345678",
      AttachTime: new Date("2026-10-01T00:00:00Z"),
      DeleteOnTermination: false,
      Status: "attached",
    },
  });
  golden.volumes.set("/dev/xvdb", {
    VolumeId: "vol-12345678",
    Size: 100,
    VolumeType: "io2",
    Iops: 4000,
    Encrypted: true,
    KmsKeyId: key.Arn,
  });
  return { account, call, clock, golden, key };
}

const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });
const ofGolden = filter("attachment.instance-id", goldenId);

describe("DescribeVolumes", () => {
  const ids = (answer: Members) => (answer.Volumes as Members[]).map(({ VolumeId }) => VolumeId);

  it("gives the volumes of an instance, with their attachments and keys", () => {
    const { account, call, golden, key } = world();
    const root = golden.instance.BlockDeviceMappings[0].Ebs;
    const launchedFrom = account.ec2.allImages().find(({ ImageId }) => ImageId === golden.instance.ImageId)
      ?.BlockDeviceMappings[0];
    expect(call("DescribeVolumes", ofGolden).Volumes).to.deep.equal([
      {
        VolumeId: root.VolumeId,
        Size: 8,
        VolumeType: "gp3",
        Encrypted: false,
        Iops: 3000,
        Throughput: 125,
        State: "in-use",
        AvailabilityZone: "ap-northeast-1a",
        CreateTime: root.AttachTime,
        SnapshotId: launchedFrom?.Ebs.SnapshotId,
        MultiAttachEnabled: false,
        Attachments: [
          {
            VolumeId: root.VolumeId,
            InstanceId: goldenId,
            Device: "/dev/xvda",
            State: "attached",
            AttachTime: root.AttachTime,
            DeleteOnTermination: true,
          },
        ],
      },
      {
        VolumeId: "vol-12345678",
        Size: 100,
        VolumeType: "io2",
        Encrypted: true,
        KmsKeyId: key.Arn,
        Iops: 4000,
        State: "in-use",
        AvailabilityZone: "ap-northeast-1a",
        CreateTime: new Date("2026-10-01T00:00:00Z"),
        // Not of the image: somebody attached it later.
        SnapshotId: "",
        MultiAttachEnabled: false,
        Attachments: [
          {
            VolumeId: "vol-12345678",
            InstanceId: goldenId,
            Device: "/dev/xvdb",
            State: "attached",
            AttachTime: new Date("2026-10-01T00:00:00Z"),
            DeleteOnTermination: false,
          },
        ],
      },
    ]);
  });

  it("gives every volume without parameters, and those whose ids are asked for", () => {
    const { account, call } = world();
    expect(ids(call("DescribeVolumes", {}))).to.have.length(account.ec2.instances.size + 1);
    expect(ids(call("DescribeVolumes", { VolumeIds: ["vol-12345678"] }))).to.deep.equal(["vol-12345678"]);
    const narrowed = filter("volume-id", "vol-123*");
    expect(ids(call("DescribeVolumes", { ...ofGolden, ...narrowed }))).to.deep.equal(["vol-12345678"]);
    expect(ids(call("DescribeVolumes", filter("attachment.instance-id", "i-12345678")))).to.deep.equal([]);
  });

  it("answers in pages", () => {
    const { call } = world();
    const all = ids(call("DescribeVolumes", {}));
    const first = call("DescribeVolumes", { MaxResults: 5 });
    const second = call("DescribeVolumes", { MaxResults: 5, NextToken: first.NextToken });
    expect([...ids(first), ...ids(second)]).to.deep.equal(all);
    expect(ids(call("DescribeVolumes", { MaxResults: 5000 }))).to.deep.equal(all);
  });

  it("answers in as short pages as a test wants", () => {
    const { account, call } = world();
    account.ec2.longestPage = 1;
    const first = call("DescribeVolumes", ofGolden);
    expect(ids(first)).to.have.length(1);
    expect(ids(call("DescribeVolumes", { ...ofGolden, NextToken: first.NextToken }))).to.deep.equal([
      "vol-12345678",
    ]);
  });

  const faults: [Members, string, string][] = [
    [{ VolumeIds: ["vol-87654321"] }, "InvalidVolume.NotFound", "The volume 'vol-87654321' does not exist."],
    [
      { VolumeIds: ["vol-1"] },
      "InvalidParameterValue",
      "Value (vol-1) for parameter volumeId is invalid. Expected: 'vol-...'.",
    ],
    [
      { VolumeIds: ["vol-12345678"], MaxResults: 5 },
      "InvalidParameterCombination",
      "The parameter volumeSet cannot be used with the parameter maxResults",
    ],
    [
      { MaxResults: 4 },
      "InvalidParameterValue",
      "Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.",
    ],
  ];
  for (const [params, code, message] of faults) {
    it(`answers ${code} to ${JSON.stringify(params)}`, () => {
      const { call } = world();
      expect(refusal(() => call("DescribeVolumes", params))).to.deep.equal({ code, message, status: 400 });
    });
  }

  it("does not model other filters", () => {
    const { call } = world();
    expect(() => call("DescribeVolumes", filter("size", "8"))).to.throw(
      NotModelled,
      'ec2:DescribeVolumes Filters "size"',
    );
  });

  describe("permissions", () => {
    itNeeds(
      [allow("ec2:DescribeVolumes")],
      () => (caller) => furnished().call("DescribeVolumes", {}, caller),
      unauthorized,
    );
  });
});

describe("CreateImage of encrypted volumes", () => {
  it("makes snapshots under the same keys", () => {
    const { account, call, key } = world();
    call("CreateImage", { InstanceId: goldenId, Name: "golden_2026-11-23" });
    const [root, other] = account.ec2.allSnapshots().slice(-2);
    expect(root).to.include({ Encrypted: false, KmsKeyId: undefined });
    expect(other).to.include({ Encrypted: true, KmsKeyId: key.Arn, VolumeId: "vol-12345678" });
  });
});

describe("DescribeSnapshots", () => {
  const tagged = {
    InstanceId: goldenId,
    Name: "golden_2026-11-23",
    TagSpecifications: [{ ResourceType: "snapshot", Tags: [{ Key: "owner", Value: "web" }] }],
  };
  const answered = (made: ReturnType<typeof imaged>, params: Members) =>
    made.call("DescribeSnapshots", params).Snapshots as Members[];

  /** The account with a new image, whose snapshots are the last ones. */
  function imaged() {
    const made = world();
    const { ImageId } = made.call("CreateImage", tagged);
    const [root, encrypted] = made.account.ec2.allSnapshots().slice(-2);
    const [foreign] = made.account.ec2
      .allSnapshots()
      .filter(({ OwnerId }) => OwnerId !== made.account.place.accountId);
    return { ...made, imageId: String(ImageId), root, encrypted, foreign };
  }

  it("gives a snapshot with its key, pending until the image is there", () => {
    const made = imaged();
    const { clock, encrypted, imageId, key } = made;
    const wanted = { SnapshotIds: [encrypted.SnapshotId] };
    expect(answered(made, wanted)).to.deep.equal([
      {
        SnapshotId: encrypted.SnapshotId,
        VolumeId: "vol-12345678",
        VolumeSize: 100,
        OwnerId: "111122223333",
        Description: `Created by CreateImage(${goldenId}) for ${imageId}`,
        Encrypted: true,
        KmsKeyId: key.Arn,
        State: "pending",
        Progress: "0%",
        StartTime: new Date("2026-11-23T05:30:00.000Z"),
        StorageTier: "standard",
        Tags: [{ Key: "owner", Value: "web" }],
      },
    ]);
    clock.advance(3600);
    expect(answered(made, wanted)[0]).to.include({ State: "completed", Progress: "100%" });
  });

  it("gives those of this account without parameters", () => {
    const made = imaged();
    const owners = answered(made, {}).map(({ OwnerId }) => OwnerId);
    expect(new Set(owners)).to.deep.equal(new Set(["111122223333"]));
    expect(answered(made, { OwnerIds: ["self"] })).to.have.length(owners.length);
    expect(answered(made, { OwnerIds: ["444455556666"] })).to.deep.equal([]);
  });

  it("narrows by filters", () => {
    const made = imaged();
    const { imageId, encrypted } = made;
    const found = (params: Members) => answered(made, params).length;
    expect(found(filter("description", `*for ${imageId}`))).to.equal(2);
    expect(found(filter("volume-id", "vol-12345678"))).to.equal(1);
    expect(found(filter("snapshot-id", encrypted.SnapshotId))).to.equal(1);
    expect(found(filter("tag:owner", "web"))).to.equal(2);
    expect(found(filter("tag:owner", "disk"))).to.equal(0);
    expect(found(filter("tag-key", "owner"))).to.equal(2);
    expect(found(filter("status", "pending"))).to.equal(2);
  });

  it("leaves out those of others, or does not know them", () => {
    const made = imaged();
    const { account, call, foreign, root } = made;
    const wanted = { SnapshotIds: [root.SnapshotId, foreign.SnapshotId] };
    expect(answered(made, wanted).map(({ SnapshotId }) => SnapshotId)).to.deep.equal([root.SnapshotId]);
    account.ec2.foreignSnapshots = "notFound";
    expect(refusal(() => call("DescribeSnapshots", wanted))).to.deep.equal({
      code: "InvalidSnapshot.NotFound",
      message: `The snapshot '${foreign.SnapshotId}' does not exist.`,
      status: 400,
    });
  });

  it("answers in pages", () => {
    const made = imaged();
    made.account.ec2.longestPage = 1;
    const first = made.call("DescribeSnapshots", filter("tag:owner", "web"));
    const second = made.call("DescribeSnapshots", {
      ...filter("tag:owner", "web"),
      NextToken: first.NextToken,
    });
    expect([at(first, "Snapshots", 0, "SnapshotId"), at(second, "Snapshots", 0, "SnapshotId")]).to.deep.equal(
      [made.root.SnapshotId, made.encrypted.SnapshotId],
    );
    expect(second).not.to.have.property("NextToken");
  });

  const faults: [Members, string, string][] = [
    [
      { SnapshotIds: ["snap-87654321"] },
      "InvalidSnapshot.NotFound",
      "The snapshot 'snap-87654321' does not exist.",
    ],
    [
      { SnapshotIds: ["snap-1"] },
      "InvalidParameterValue",
      "Value (snap-1) for parameter snapshotId is invalid. Expected: 'snap-...'.",
    ],
    [
      { SnapshotIds: ["snap-87654321"], MaxResults: 5 },
      "InvalidParameterCombination",
      "The parameter snapshotSet cannot be used with the parameter maxResults",
    ],
  ];
  for (const [params, code, message] of faults) {
    it(`answers ${code} to ${JSON.stringify(params)}`, () => {
      const { call } = world();
      expect(refusal(() => call("DescribeSnapshots", params))).to.deep.equal({ code, message, status: 400 });
    });
  }

  it("does not model other owners and filters", () => {
    const { call } = world();
    expect(() => call("DescribeSnapshots", { OwnerIds: ["amazon"] })).to.throw(
      NotModelled,
      'ec2:DescribeSnapshots OwnerIds "amazon"',
    );
    expect(() => call("DescribeSnapshots", filter("progress", "100%"))).to.throw(
      NotModelled,
      'ec2:DescribeSnapshots Filters "progress"',
    );
  });

  describe("permissions", () => {
    itNeeds(
      [allow("ec2:DescribeSnapshots")],
      () => (caller) => furnished().call("DescribeSnapshots", {}, caller),
      unauthorized,
    );
  });
});
