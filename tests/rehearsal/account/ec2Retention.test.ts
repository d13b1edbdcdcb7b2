import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import type { Image } from "../../../rehearsal/account/ec2/shapes";
import { NotModelled } from "../../../rehearsal/errors";
import { launches } from "../../../rehearsal/launches";
import {
  administrator,
  allow,
  furnished,
  goldenId,
  itNeeds,
  notAllowed,
  principal,
  refusal,
} from "./support";

const ours = [{ Key: "owner", Value: "web" }];

function unauthorized(missing: Parameters<typeof notAllowed>[1]) {
  const message = `You are not authorized to perform this operation. ${notAllowed(principal(), missing)}`;
  return { code: "UnauthorizedOperation", message, status: 403 };
}

/** The account with one more image, which is available, and tagged as its snapshot is. */
function world() {
  const { account, call, clock } = furnished();
  const { ImageId } = call("CreateImage", {
    InstanceId: goldenId,
    Name: "made",
    TagSpecifications: ["image", "snapshot"].map((ResourceType) => ({ ResourceType, Tags: ours })),
  });
  clock.advance(3600);
  const image = account.ec2.image(String(ImageId))!;
  const [foreign] = account.ec2.allImages();
  return {
    account,
    call,
    clock,
    image,
    foreign,
    imageId: image.ImageId,
    snapshotId: image.BlockDeviceMappings[0].Ebs.SnapshotId,
  };
}

/** The same in every account that is furnished alike. */
const { imageId, snapshotId, foreign } = world();
const imageArn = `arn:aws:ec2:ap-northeast-1::image/${imageId}`;
const snapshotArn = `arn:aws:ec2:ap-northeast-1::snapshot/${snapshotId}`;

/** How every API that takes one image of one's own refuses another. */
const imageFaults: [string, string, string, number][] = [
  ["ami-1", "InvalidAMIID.Malformed", 'Invalid id: "ami-1" (expecting "ami-...")', 400],
  ["ami-12345678", "InvalidAMIID.NotFound", "The image id '[ami-12345678]' does not exist", 400],
  [foreign.ImageId, "AuthFailure", `Not authorized for image:${foreign.ImageId}`, 403],
];

describe("DescribeImages of many images", () => {
  const ids = (answer: Members) => (answer.Images as Members[]).map(({ ImageId }) => ImageId);

  it("answers in pages, a thousand at a time", () => {
    const { account, call, image } = world();
    for (let index = 0; index < 1200; index += 1) {
      account.ec2.addImage({ ...image, ImageId: account.ids.next("ami"), Name: `image-${index}`, Tags: [] });
    }
    const first = call("DescribeImages", { Owners: ["self"] });
    expect(ids(first)).to.have.length(1000);
    const rest = call("DescribeImages", { Owners: ["self"], NextToken: first.NextToken });
    expect(ids(rest)).to.have.length(205);
    expect(rest).not.to.have.property("NextToken");
    const Filters = [{ Name: "tag:owner", Values: ["web"] }];
    expect(ids(call("DescribeImages", { Owners: ["self"], Filters, MaxResults: 5 }))).to.deep.equal([
      imageId,
    ]);
  });

  it("finds a name and an id among them, also after an image was put into the place of another", () => {
    const { account, image } = world();
    expect(account.ec2.imagesNamed("made")).to.deep.equal([image]);
    account.ec2.addImage({ ...image, Name: "renamed" });
    expect(account.ec2.imagesNamed("made")).to.deep.equal([]);
    expect(account.ec2.imagesNamed("renamed").map(({ ImageId }) => ImageId)).to.deep.equal([imageId]);
    expect(account.ec2.image(imageId)?.Name).to.equal("renamed");
    expect(account.ec2.imagesOfSnapshot(snapshotId).map(({ ImageId }) => ImageId)).to.deep.equal([imageId]);
    expect(account.ec2.image("ami-12345678")).to.equal(undefined);
  });

  it("lists no disabled images unless asked, but answers to their ids", () => {
    const { call, image } = world();
    image.State = "disabled";
    expect(ids(call("DescribeImages", { Owners: ["self"] }))).not.to.include(imageId);
    expect(ids(call("DescribeImages", { Owners: ["self"], IncludeDisabled: true }))).to.include(imageId);
    expect(ids(call("DescribeImages", { ImageIds: [imageId] }))).to.deep.equal([imageId]);
  });

  it("lists deprecated images to their owner only, unless asked", () => {
    const { call, image, foreign: other, clock } = world();
    for (const deprecated of [image, other]) {
      deprecated.DeprecationTime = "2026-11-25T00:00:00.000Z";
    }
    expect(ids(call("DescribeImages", {}))).to.include.members([imageId, other.ImageId]);
    clock.advance(7 * 24 * 3600);
    expect(ids(call("DescribeImages", {})))
      .to.include(imageId)
      .and.not.to.include(other.ImageId);
    expect(ids(call("DescribeImages", { IncludeDeprecated: true }))).to.include(other.ImageId);
    expect(ids(call("DescribeImages", { ImageIds: [other.ImageId] }))).to.deep.equal([other.ImageId]);
  });
});

describe("DeregisterImage", () => {
  const api = "DeregisterImage";

  it("takes the image away and leaves its snapshot", () => {
    const { account, call } = world();
    expect(call(api, { ImageId: imageId })).to.deep.equal({ Return: true });
    expect(account.ec2.allImages().some(({ ImageId }) => ImageId === imageId)).to.equal(false);
    expect(account.ec2.snapshot(snapshotId)).to.include({ State: "completed" });
    const gone = {
      code: "InvalidAMIID.Unavailable",
      message: `The image ID: '${imageId}' is no longer available`,
      status: 400,
    };
    expect(refusal(() => call(api, { ImageId: imageId }))).to.deep.equal(gone);
    expect(refusal(() => call("DescribeImages", { ImageIds: [imageId] }))).to.deep.equal(gone);
  });

  it("makes its name free again", () => {
    const { call } = world();
    const again = { InstanceId: goldenId, Name: "made" };
    expect(refusal(() => call("CreateImage", again)).code).to.equal("InvalidAMIName.Duplicate");
    call(api, { ImageId: imageId });
    expect(call("CreateImage", again)).to.have.property("ImageId");
  });

  it("does not ask whether a group launches the image, and then it can launch nothing", () => {
    const { account, call } = world();
    const group = account.autoscaling.groups.get("web")!;
    const used = account.autoscaling.launchConfigurations.get(group.LaunchConfigurationName!)!.ImageId;
    call(api, { ImageId: used });
    expect(account.ec2.visibleImage(used)).to.equal(undefined);
    expect(launches(account, group)[0]).to.include({ imageId: used });
    const update = {
      AutoScalingGroupName: "web",
      LaunchTemplate: { LaunchTemplateName: "web-by-hand", Version: "1" },
    };
    account.ec2.launchTemplates.set("lt-12345678", {
      ...[...account.ec2.launchTemplates.values()][0],
      LaunchTemplateId: "lt-12345678",
      LaunchTemplateName: "web-by-hand",
      versions: new Map([
        [
          1,
          {
            VersionNumber: 1,
            CreateTime: new Date(0),
            CreatedBy: "",
            LaunchTemplateData: { ImageId: used, InstanceType: "t3.small" },
          },
        ],
      ]),
    });
    expect(refusal(() => call("UpdateAutoScalingGroup", update)).message).to.include(
      `The image id '[${used}]' does not exist`,
    );
  });

  it("takes an image that is pending, once it is known", () => {
    const { call, clock } = world();
    const { ImageId } = call("CreateImage", { InstanceId: goldenId, Name: "another" });
    expect(refusal(() => call(api, { ImageId })).code).to.equal("InvalidAMIID.NotFound");
    clock.advance(30);
    expect(call(api, { ImageId })).to.deep.equal({ Return: true });
  });

  it("keeps an image that is protected", () => {
    const { account, call, image } = world();
    image.DeregistrationProtection = "enabled-without-cooldown";
    expect(refusal(() => call(api, { ImageId: imageId }))).to.deep.equal({
      code: "OperationNotPermitted",
      message: `The image '${imageId}' is protected against deregistration (enabled-without-cooldown).`,
      status: 400,
    });
    expect(account.ec2.image(imageId)).to.equal(image);
    image.DeregistrationProtection = "disabled";
    call(api, { ImageId: imageId });
  });

  it("keeps a disabled image only where a test wants that", () => {
    const { account, call, image } = world();
    image.State = "disabled";
    account.ec2.keepsDisabledImages = true;
    expect(refusal(() => call(api, { ImageId: imageId })).code).to.equal("OperationNotPermitted");
    account.ec2.keepsDisabledImages = false;
    call(api, { ImageId: imageId });
  });

  for (const [id, code, message, status] of imageFaults) {
    it(`answers ${code} to ${id}`, () => {
      expect(refusal(() => world().call(api, { ImageId: id }))).to.deep.equal({ code, message, status });
    });
  }

  describe("with its snapshots", () => {
    const params = { ImageId: imageId, DeleteAssociatedSnapshots: true };
    const outcome = (ReturnCode: string) => ({
      Return: true,
      DeleteSnapshotResults: [{ SnapshotId: snapshotId, ReturnCode }],
    });

    it("takes both away", () => {
      const { account, call } = world();
      expect(call(api, params)).to.deep.equal(outcome("success"));
      expect(account.ec2.image(imageId)).to.equal(undefined);
      expect(account.ec2.snapshot(snapshotId)).to.equal(undefined);
    });

    it("leaves them where that is not asked for", () => {
      const { account, call } = world();
      expect(call(api, { ...params, DeleteAssociatedSnapshots: false })).to.deep.equal({ Return: true });
      expect(account.ec2.snapshot(snapshotId)).to.include({ State: "completed" });
    });

    it("leaves a snapshot that another image uses too", () => {
      const { account, call, image } = world();
      account.ec2.addImage({ ...image, ImageId: "ami-12345678", Name: "copy", State: "disabled" });
      expect(call(api, params)).to.deep.equal(outcome("skipped"));
      expect(account.ec2.image(imageId)).to.equal(undefined);
      expect(account.ec2.snapshot(snapshotId)).to.include({ State: "completed" });
      expect(call(api, { ...params, ImageId: "ami-12345678" })).to.deep.equal(outcome("success"));
    });

    it("says of each snapshot what became of it, and of one that two devices have once", () => {
      const { account, call, image } = world();
      const [device] = image.BlockDeviceMappings;
      const other = account.ids.next("snap");
      account.ec2.addSnapshot({ ...account.ec2.snapshot(snapshotId)!, SnapshotId: other });
      const devices = [device, device, { ...device, Ebs: { ...device.Ebs, SnapshotId: other } }];
      account.ec2.addImage({ ...image, BlockDeviceMappings: devices });
      expect(call(api, params).DeleteSnapshotResults).to.deep.equal([
        { SnapshotId: snapshotId, ReturnCode: "success" },
        { SnapshotId: other, ReturnCode: "success" },
      ]);
    });

    it("answers client-error where a snapshot is gone", () => {
      const { account, call } = world();
      account.ec2.removeSnapshot(snapshotId);
      expect(call(api, params)).to.deep.equal(outcome("client-error"));
    });

    it("deletes none, and says so, where a test wants that", () => {
      const { account, call } = world();
      account.ec2.snapshotDeletionFailure = "internal-error";
      expect(call(api, params)).to.deep.equal(outcome("internal-error"));
      expect(account.ec2.snapshot(snapshotId)).to.include({ State: "completed" });
    });

    it("deletes none of a protected image", () => {
      const { account, call, image } = world();
      image.DeregistrationProtection = "enabled-without-cooldown";
      expect(refusal(() => call(api, params)).code).to.equal("OperationNotPermitted");
      expect(account.ec2.snapshot(snapshotId)).to.include({ State: "completed" });
    });

    const toDeregister = allow(`ec2:${api}`, imageArn);

    it("needs the right to delete each of them, without which the image is gone all the same", () => {
      const { account, call } = world();
      expect(call(api, params, principal(toDeregister))).to.deep.equal(outcome("missing-permissions"));
      expect(account.ec2.image(imageId)).to.equal(undefined);
      expect(account.ec2.snapshot(snapshotId)).to.include({ State: "completed" });
    });

    it("needs it as DeleteSnapshot does: by the snapshot's tags, and with what IAM knows at every call", () => {
      const needs = (owner: string) =>
        allow("ec2:DeleteSnapshot", snapshotArn, {
          StringEquals: { "aws:ResourceTag/owner": owner, "ec2:Region": "ap-northeast-1" },
        });
      const code = (owner: string) => {
        const caller = principal(toDeregister, needs(owner));
        return world().call(api, params, caller);
      };
      expect(code("web")).to.deep.equal(outcome("success"));
      expect(code("app")).to.deep.equal(outcome("missing-permissions"));
    });

    it("is what an older boto3 does not know", () => {
      const { account, call } = world();
      const known = () => account.sdkKnows("ec2", api, "DeleteAssociatedSnapshots");
      expect(known()).to.equal(true);
      account.ec2.knowsAssociatedSnapshots = false;
      expect(known()).to.equal(false);
      expect(account.sdkKnows("ec2", api)).to.equal(true);
      expect(account.sdkKnows("ec2", api, "ImageId")).to.equal(true);
      expect(refusal(() => call(api, params))).to.include({
        code: "ParamValidationError",
        message:
          'Parameter validation failed:\nUnknown parameter in input: "DeleteAssociatedSnapshots", must be one of: ImageId',
      });
      expect(call(api, { ImageId: imageId })).to.deep.equal({ Return: true });
    });

    it("is asked for by a parameter that is modelled; of others nobody can say whether boto3 knows them", () => {
      const { account } = world();
      expect(() => account.sdkKnows("ec2", api, "Colour")).to.throw(
        NotModelled,
        "ec2:DeregisterImage Colour",
      );
      expect(() => account.sdkKnows("ec2", "FooBar", "Colour")).to.throw(NotModelled, "ec2:FooBar");
    });
  });

  describe("permissions", () => {
    const condition = {
      StringEquals: {
        "aws:ResourceTag/owner": "web",
        "ec2:ResourceTag/owner": "web",
        "ec2:Owner": "111122223333",
        "ec2:ImageID": imageId,
        "ec2:ImageType": "machine",
        "ec2:RootDeviceType": "ebs",
      },
      Bool: { "ec2:Public": "false" },
    };
    itNeeds(
      [allow(`ec2:${api}`, imageArn, condition)],
      () => (caller) => world().call(api, { ImageId: imageId }, caller),
      unauthorized,
    );

    it("do not reach an image without the tag", () => {
      const { account, call } = world();
      const [, initial] = account.ec2.allImages();
      const caller = principal(
        allow(`ec2:${api}`, "*", { StringEquals: { "aws:ResourceTag/owner": "web" } }),
      );
      const { message } = refusal(() => call(api, { ImageId: initial.ImageId }, caller));
      expect(message).to.include(`image/${initial.ImageId}`);
    });
  });
});

describe("DeleteSnapshot", () => {
  const api = "DeleteSnapshot";

  it("deletes a snapshot that no image uses", () => {
    const { account, call } = world();
    call("DeregisterImage", { ImageId: imageId });
    expect(call(api, { SnapshotId: snapshotId })).to.deep.equal({});
    expect(account.ec2.snapshot(snapshotId)).to.equal(undefined);
    expect(account.ec2.allSnapshots().some(({ SnapshotId }) => SnapshotId === snapshotId)).to.equal(false);
    expect(refusal(() => call(api, { SnapshotId: snapshotId })).code).to.equal("InvalidSnapshot.NotFound");
  });

  for (const [how, change] of [
    ["available", () => undefined],
    ["disabled", (image: Image) => void (image.State = "disabled")],
  ] as [string, (image: Image) => void][]) {
    it(`keeps one of an image that is ${how}`, () => {
      const { call, image } = world();
      change(image);
      expect(refusal(() => call(api, { SnapshotId: snapshotId }))).to.deep.equal({
        code: "InvalidSnapshot.InUse",
        message: `The snapshot ${snapshotId} is currently in use by ${imageId}`,
        status: 400,
      });
    });
  }

  it("keeps one of an image that cannot be found yet, and one that another image uses too", () => {
    const { account, call, image } = world();
    call("CreateImage", { InstanceId: goldenId, Name: "another" });
    const made = account.ec2.allSnapshots().at(-1)!.SnapshotId;
    expect(refusal(() => call(api, { SnapshotId: made })).code).to.equal("InvalidSnapshot.InUse");
    account.ec2.addImage({ ...image, ImageId: "ami-12345678", Name: "copy" });
    call("DeregisterImage", { ImageId: imageId });
    expect(refusal(() => call(api, { SnapshotId: snapshotId })).message).to.include("ami-12345678");
  });

  const faults: [string, string, string][] = [
    [
      "snap-1",
      "InvalidParameterValue",
      "Value (snap-1) for parameter snapshotId is invalid. Expected: 'snap-...'.",
    ],
    ["snap-12345678", "InvalidSnapshot.NotFound", "The snapshot 'snap-12345678' does not exist."],
    [
      foreign.BlockDeviceMappings[0].Ebs.SnapshotId,
      "InvalidSnapshot.NotFound",
      `The snapshot '${foreign.BlockDeviceMappings[0].Ebs.SnapshotId}' does not exist.`,
    ],
  ];
  for (const [id, code, message] of faults) {
    it(`answers ${code} to ${id}`, () => {
      expect(refusal(() => world().call(api, { SnapshotId: id }))).to.deep.equal({
        code,
        message,
        status: 400,
      });
    });
  }

  describe("permissions", () => {
    const { account } = world();
    const { VolumeId } = account.ec2.snapshot(snapshotId)!;
    const condition = {
      StringEquals: {
        "aws:ResourceTag/owner": "web",
        "ec2:ResourceTag/owner": "web",
        "ec2:Owner": "111122223333",
        "ec2:SnapshotID": snapshotId,
        "ec2:SnapshotTime": "2026-11-23T05:30:00.000Z",
        "ec2:VolumeSize": "8",
      },
      ArnEquals: { "ec2:ParentVolume": `arn:aws:ec2:ap-northeast-1:111122223333:volume/${VolumeId}` },
    };
    itNeeds(
      [allow(`ec2:${api}`, snapshotArn, condition)],
      () => {
        const { call } = world();
        call("DeregisterImage", { ImageId: imageId });
        return (caller) => call(api, { SnapshotId: snapshotId }, caller);
      },
      unauthorized,
    );
  });
});

describe("DescribeImageAttribute", () => {
  const api = "DescribeImageAttribute";

  it("gives whom an image is shared with", () => {
    const { account, call } = world();
    const ask = () => call(api, { ImageId: imageId, Attribute: "launchPermission" });
    expect(ask()).to.deep.equal({ ImageId: imageId, LaunchPermissions: [] });
    account.ec2.launchPermissions.set(imageId, [{ UserId: "444455556666" }, { Group: "all" }]);
    expect(ask().LaunchPermissions).to.deep.equal([{ UserId: "444455556666" }, { Group: "all" }]);
  });

  it("gives whether an image is protected", () => {
    const { call, image } = world();
    const ask = () => call(api, { ImageId: imageId, Attribute: "deregistrationProtection" });
    expect(ask()).to.deep.equal({ ImageId: imageId, DeregistrationProtection: { Value: "disabled" } });
    image.DeregistrationProtection = "enabled-with-cooldown";
    expect(ask().DeregistrationProtection).to.deep.equal({ Value: "enabled-with-cooldown" });
  });

  it("does not model other attributes", () => {
    const { call } = world();
    expect(() => call(api, { ImageId: imageId, Attribute: "bootMode" })).to.throw(NotModelled, '"bootMode"');
  });

  for (const [id, code, message, status] of imageFaults) {
    it(`answers ${code} to ${id}`, () => {
      const ask = () => world().call(api, { ImageId: id, Attribute: "launchPermission" });
      expect(refusal(ask)).to.deep.equal({ code, message, status });
    });
  }

  describe("permissions", () => {
    itNeeds(
      [allow(`ec2:${api}`, imageArn, { StringEquals: { "ec2:ResourceTag/owner": "web" } })],
      () => (caller) => world().call(api, { ImageId: imageId, Attribute: "launchPermission" }, caller),
      unauthorized,
    );
  });
});

describe("DescribeImageReferences", () => {
  const api = "DescribeImageReferences";
  const all = { ImageIds: [imageId], IncludeAllResourceTypes: true };
  const arns = (answer: Members) => (answer.ImageReferences as Members[]).map(({ Arn }) => Arn);
  const instanceArn = `arn:aws:ec2:ap-northeast-1:111122223333:instance/${goldenId}`;
  const parameter = {
    ImageId: imageId,
    ResourceType: "ssm:Parameter",
    Arn: "arn:aws:ssm:ap-northeast-1:111122223333:parameter/golden",
  };

  /** The golden instance, twelve versions of a template whose oldest has the image, and a parameter refer to the image. */
  function referred() {
    const fresh = world();
    const { account } = fresh;
    account.ec2.instances.get(goldenId)!.instance.ImageId = imageId;
    const [template] = account.ec2.launchTemplates.values();
    const [version] = template.versions.values();
    for (let VersionNumber = 1; VersionNumber <= 12; VersionNumber += 1) {
      const ImageId = VersionNumber === 1 ? imageId : "ami-12345678";
      template.versions.set(VersionNumber, {
        ...version,
        VersionNumber,
        LaunchTemplateData: { ...version.LaunchTemplateData, ImageId },
      });
    }
    account.ec2.otherImageReferences.push(parameter);
    const templateArn = `arn:aws:ec2:ap-northeast-1:111122223333:launch-template/${template.LaunchTemplateId}`;
    return { ...fresh, template, templateArn };
  }

  it("gives what refers to an image, of the ten newest versions of a template", () => {
    const { call, template, templateArn } = referred();
    expect(call(api, all).ImageReferences).to.deep.equal([
      { ImageId: imageId, ResourceType: "ec2:Instance", Arn: instanceArn },
      parameter,
    ]);
    template.versions.get(3)!.LaunchTemplateData.ImageId = imageId;
    expect(arns(call(api, all))).to.deep.equal([instanceArn, templateArn, parameter.Arn]);
  });

  const typed = (ResourceType: string, OptionName?: string, ...OptionValues: string[]) => ({
    ImageIds: [imageId],
    ResourceTypes: [
      { ResourceType, ...(OptionName ? { ResourceTypeOptions: [{ OptionName, OptionValues }] } : {}) },
    ],
  });

  it("looks into the types of resources that are asked for", () => {
    const { call, templateArn } = referred();
    expect(arns(call(api, typed("ec2:Instance")))).to.deep.equal([instanceArn]);
    expect(arns(call(api, typed("ssm:Parameter")))).to.deep.equal([parameter.Arn]);
    expect(arns(call(api, typed("imagebuilder:ImageRecipe")))).to.deep.equal([]);
    expect(arns(call(api, typed("ec2:Instance", "state-name", "stopped", "pending")))).to.deep.equal([]);
    expect(arns(call(api, typed("ec2:Instance", "state-name", "running")))).to.deep.equal([instanceArn]);
    expect(arns(call(api, typed("ec2:LaunchTemplate")))).to.deep.equal([]);
    expect(arns(call(api, typed("ec2:LaunchTemplate", "version-depth", "12")))).to.deep.equal([templateArn]);
    const deeper = {
      ...typed("ec2:LaunchTemplate", "version-depth", "10000"),
      IncludeAllResourceTypes: true,
    };
    expect(arns(call(api, deeper))).to.deep.equal([instanceArn, templateArn, parameter.Arn]);
  });

  it("answers in pages, and to images that there are not", () => {
    const { account, call } = referred();
    account.ec2.longestPage = 1;
    const first = call(api, all);
    expect(arns(first)).to.deep.equal([instanceArn]);
    expect(arns(call(api, { ...all, NextToken: first.NextToken }))).to.deep.equal([parameter.Arn]);
    expect(arns(call(api, { ...all, ImageIds: ["ami-87654321"] }))).to.deep.equal([]);
  });

  const faults: [Members, string, string][] = [
    [{ ImageIds: [imageId] }, "MissingParameter", "Either IncludeAllResourceTypes or ResourceTypes"],
    [{ ...all, ImageIds: ["ami-1"] }, "InvalidAMIID.Malformed", "ami-1"],
    [
      { ...all, ImageIds: Array.from({ length: 11 }, () => imageId) },
      "InvalidParameterValue",
      "At most 10 image IDs",
    ],
    [typed("ec2:Volume"), "InvalidParameterValue", "resourceType 'ec2:Volume'"],
    [typed("ec2:Instance", "version-depth", "3"), "InvalidParameterValue", "optionName 'version-depth'"],
    [typed("ec2:LaunchTemplate", "version-depth", "0"), "InvalidParameterValue", "optionValues '0'"],
    [typed("ec2:LaunchTemplate", "version-depth", "1", "2"), "InvalidParameterValue", "optionValues '1,2'"],
    [typed("ec2:LaunchTemplate", "version-depth", "10001"), "InvalidParameterValue", "optionValues '10001'"],
  ];
  for (const [params, code, words] of faults) {
    it(`answers ${code} to ${JSON.stringify(params).slice(0, 80)}`, () => {
      const { message, ...error } = refusal(() => referred().call(api, params));
      expect(error).to.deep.equal({ code, status: 400 });
      expect(message).to.include(words);
    });
  }

  describe("permissions", () => {
    const called = { "ForAnyValue:StringEquals": { "aws:CalledVia": ["ec2-images.amazonaws.com"] } };
    const place = "ap-northeast-1:111122223333";
    itNeeds(
      [
        allow("ec2:DescribeImageReferences"),
        allow("ec2:DescribeInstances", "*", called),
        allow("ec2:DescribeLaunchTemplates", "*", called),
        allow("ec2:DescribeLaunchTemplateVersions", "*", called),
        allow("ssm:DescribeParameters", "*", called),
        allow("ssm:GetParameters", `arn:aws:ssm:${place}:parameter/*`, called),
        allow("imagebuilder:ListImageRecipes", "*", called),
        allow("imagebuilder:ListContainerRecipes", "*", called),
        allow("imagebuilder:GetContainerRecipe", `arn:aws:imagebuilder:${place}:container-recipe/*`, called),
      ],
      () => (caller) => referred().call(api, all, caller),
      unauthorized,
    );

    it("are needed for the types that are asked for only", () => {
      const caller = principal(
        allow("ec2:DescribeImageReferences"),
        allow("ec2:DescribeInstances", "*", called),
      );
      expect(arns(referred().call(api, typed("ec2:Instance"), caller))).to.deep.equal([instanceArn]);
    });
  });

  it("is an API that an older boto3 lacks", () => {
    const { account } = world();
    expect(account.sdkKnows("ec2", api)).to.equal(true);
    account.ec2.knowsImageReferences = false;
    expect(account.sdkKnows("ec2", api)).to.equal(false);
    expect(account.sdkKnows("ec2", "DescribeImages")).to.equal(true);
    // The service has it all the same.
    expect(account.call(administrator, "ec2", api, all)).to.have.property("ImageReferences");
  });
});
