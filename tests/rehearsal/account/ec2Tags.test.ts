import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import { NotModelled } from "../../../rehearsal/errors";
import { allow, furnished, goldenId, itNeeds, notAllowed, principal, refusal } from "./support";

const api = "CreateTags";

/** The account with one more image of ours, which is available. */
function world() {
  const { account, call, clock } = furnished();
  const TagSpecifications = ["image", "snapshot"].map((ResourceType) => ({
    ResourceType,
    Tags: tags({ owner: "web", night: "1" }),
  }));
  const { ImageId } = call("CreateImage", { InstanceId: goldenId, Name: "made", TagSpecifications });
  clock.advance(3600);
  const image = account.ec2.image(String(ImageId))!;
  const snapshotId = image.BlockDeviceMappings[0].Ebs.SnapshotId;
  return {
    account,
    call,
    imageId: image.ImageId,
    snapshotId,
    foreign: account.ec2.allImages()[0],
    imageTags: () => account.ec2.image(image.ImageId)!.Tags,
    snapshotTags: () => account.ec2.snapshot(snapshotId)!.Tags,
  };
}

function tags(values: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
}

function many(count: number): { Key: string; Value: string }[] {
  return Array.from({ length: count }, (_, index) => ({ Key: `key-${index}`, Value: "" }));
}

/** The same in every account that is furnished alike. */
const { imageId, snapshotId, foreign } = world();
const imageArn = `arn:aws:ec2:ap-northeast-1::image/${imageId}`;
const snapshotArn = `arn:aws:ec2:ap-northeast-1::snapshot/${snapshotId}`;

function unauthorized(missing: Parameters<typeof notAllowed>[1]) {
  const message = `You are not authorized to perform this operation. ${notAllowed(principal(), missing)}`;
  return { code: "UnauthorizedOperation", message, status: 403 };
}

describe("CreateTags", () => {
  it("adds tags and gives new values to keys that are there, and takes none away", () => {
    const { call, imageTags, snapshotTags } = world();
    const added = tags({ night: "2", rolled: "out" });
    expect(call(api, { Resources: [imageId], Tags: added })).to.deep.equal({});
    expect(imageTags()).to.deep.equal(tags({ owner: "web", night: "2", rolled: "out" }));
    expect(snapshotTags()).to.deep.equal(tags({ owner: "web", night: "1" }));
    const [image] = call("DescribeImages", { ImageIds: [imageId] }).Images as Members[];
    expect(image.Tags).to.deep.equal(imageTags());
  });

  it("tells keys by their case, and takes a missing value for an empty one", () => {
    const { call, imageTags } = world();
    call(api, { Resources: [imageId], Tags: [{ Key: "Owner" }] });
    expect(imageTags()).to.deep.equal(tags({ owner: "web", night: "1", Owner: "" }));
  });

  it("tags several resources at once, or none of them", () => {
    const { call, imageTags, snapshotTags } = world();
    const before = imageTags();
    const Resources = [imageId, snapshotId];
    const unknown = { Resources: [...Resources, "snap-12345678"], Tags: tags({ owner: "app" }) };
    expect(refusal(() => call(api, unknown)).code).to.equal("InvalidSnapshot.NotFound");
    expect(imageTags()).to.deep.equal(before);
    call(api, { Resources, Tags: tags({ owner: "app" }) });
    expect(imageTags()).to.deep.equal(tags({ owner: "app", night: "1" }));
    expect(snapshotTags()).to.deep.equal(tags({ owner: "app", night: "1" }));
  });

  it("tags an image that is pending, once it is known, and its tags stay", () => {
    const { account, call, clock } = furnished();
    const ImageId = String(call("CreateImage", { InstanceId: goldenId, Name: "another" }).ImageId);
    const tag = () => call(api, { Resources: [ImageId], Tags: tags({ a: "b" }) });
    expect(refusal(tag).code).to.equal("InvalidAMIID.NotFound");
    clock.advance(30);
    tag();
    expect(account.ec2.image(ImageId)).to.deep.include({ State: "pending", Tags: tags({ a: "b" }) });
    clock.advance(3600);
    expect(account.ec2.image(ImageId)).to.deep.include({ State: "available", Tags: tags({ a: "b" }) });
  });

  it("tags somebody else's image too, in the eyes of this account", () => {
    const { account, call } = world();
    call(api, { Resources: [foreign.ImageId], Tags: tags({ a: "b" }) });
    expect(account.ec2.image(foreign.ImageId)?.Tags).to.deep.include({ Key: "a", Value: "b" });
  });

  it("leaves a resource its fifty tags, AWS's own not counted", () => {
    const { account, call, imageTags } = world();
    account.ec2.setTags(imageId, tags({ "aws:made": "by AWS", "key-0": "old" }));
    call(api, { Resources: [imageId], Tags: many(50) });
    expect(imageTags()).to.have.length(51);
    expect(refusal(() => call(api, { Resources: [imageId], Tags: tags({ more: "" }) }))).to.deep.equal({
      code: "TagLimitExceeded",
      message: `${imageId} would have more than 50 tags.`,
      status: 400,
    });
    call(api, { Resources: [imageId], Tags: tags({ "key-0": "new" }) });
    expect(imageTags()).to.have.length(51);
  });

  const one = tags({ a: "b" });
  const foreignSnapshot = foreign.BlockDeviceMappings[0].Ebs.SnapshotId;
  const faults: [string, Members, string, string][] = [
    ["no resource", { Resources: [], Tags: one }, "MissingParameter", "resourceIdSet"],
    ["no tag", { Resources: [imageId], Tags: [] }, "MissingParameter", "tagSet"],
    ["a malformed id", { Resources: ["ami-1"], Tags: one }, "InvalidID", "The ID 'ami-1' is not valid"],
    [
      "an unknown image",
      { Resources: ["ami-12345678"], Tags: one },
      "InvalidAMIID.NotFound",
      "The image id '[ami-12345678]' does not exist",
    ],
    [
      "an unknown snapshot",
      { Resources: [imageId, "snap-12345678"], Tags: one },
      "InvalidSnapshot.NotFound",
      "The snapshot 'snap-12345678' does not exist.",
    ],
    ["somebody else's snapshot", { Resources: [foreignSnapshot], Tags: one }, "InvalidSnapshot.NotFound", ""],
    ["51 tags", { Resources: [imageId], Tags: many(51) }, "TagLimitExceeded", "More than 50 tags"],
    [
      "a key twice",
      { Resources: [imageId], Tags: [...one, ...one] },
      "InvalidParameterValue",
      "Duplicate tag key 'a' specified.",
    ],
    [
      "a reserved key",
      { Resources: [imageId], Tags: tags({ "AWS:x": "" }) },
      "InvalidParameterValue",
      "aws:",
    ],
    ["an empty key", { Resources: [imageId], Tags: [{ Value: "b" }] }, "InvalidParameterValue", "1 and 128"],
    [
      "a long key",
      { Resources: [imageId], Tags: tags({ ["k".repeat(129)]: "" }) },
      "InvalidParameterValue",
      "",
    ],
    [
      "a long value",
      { Resources: [imageId], Tags: tags({ a: "v".repeat(257) }) },
      "InvalidParameterValue",
      "256",
    ],
    [
      "1001 resources",
      { Resources: Array<string>(1001).fill(imageId), Tags: one },
      "InvalidParameterValue",
      "1000",
    ],
  ];
  for (const [what, params, code, part] of faults) {
    it(`answers ${code} to ${what}`, () => {
      const { call, imageTags } = world();
      const answer = refusal(() => call(api, params));
      expect(answer).to.include({ code, status: 400 });
      expect(answer.message).to.include(part);
      expect(imageTags()).to.deep.equal(tags({ owner: "web", night: "1" }));
    });
  }

  it("answers InvalidAMIID.Unavailable to an image that is gone", () => {
    const { call } = world();
    call("DeregisterImage", { ImageId: imageId });
    const tag = () => call(api, { Resources: [imageId], Tags: one });
    expect(refusal(tag).code).to.equal("InvalidAMIID.Unavailable");
  });

  it("does not model other resources", () => {
    const { call } = world();
    for (const id of [goldenId, "none", "lt-12345678"]) {
      expect(() => call(api, { Resources: [imageId, id], Tags: one })).to.throw(NotModelled, `"${id}"`);
    }
  });

  describe("permissions", () => {
    const condition = {
      StringEquals: {
        "aws:ResourceTag/owner": "web",
        "ec2:ResourceTag/owner": "web",
        "aws:RequestTag/rolled": "out",
        "ec2:Owner": "111122223333",
      },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["rolled", "before"] },
      Null: { "aws:TagKeys": "false", "ec2:CreateAction": "true" },
    };
    const request = { Resources: [imageId, snapshotId], Tags: tags({ rolled: "out", before: "ami" }) };
    itNeeds(
      [allow(`ec2:${api}`, imageArn, condition), allow(`ec2:${api}`, snapshotArn, condition)],
      () => (caller) => world().call(api, request, caller),
      unauthorized,
    );

    const caller = principal(allow(`ec2:${api}`, "*", condition));
    const refused: [string, Members][] = [
      ["a key that they do not name", { Resources: [imageId], Tags: tags({ rolled: "out", owner: "web" }) }],
      ["another value", { Resources: [imageId], Tags: tags({ rolled: "in" }) }],
      ["an image without the tag", { Resources: [foreign.ImageId], Tags: tags({ rolled: "out" }) }],
      ["an image that there is not", { Resources: ["ami-12345678"], Tags: tags({ rolled: "out" }) }],
    ];
    for (const [what, params] of refused) {
      it(`do not reach ${what}`, () => {
        const { code, message } = refusal(() => world().call(api, params, caller));
        expect(code).to.equal("UnauthorizedOperation");
        expect(message).to.include(`ec2:CreateTags on resource: arn:aws:ec2:ap-northeast-1::image/ami-`);
      });
    }

    it("to tag what CreateImage makes do not tag what is there", () => {
      const made = { StringEquals: { "ec2:CreateAction": "CreateImage" } };
      const maker = principal(allow(`ec2:${api}`, "*", made));
      const tag = () => world().call(api, { Resources: [imageId], Tags: one }, maker);
      expect(refusal(tag).code).to.equal("UnauthorizedOperation");
    });
  });
});
