import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import type { Statement } from "../../../rehearsal/account/policy";
import { allow, at, furnished, goldenId, itNeeds, notAllowed, principal, refusal, roleArn } from "./support";

const configurationArn = (name: string) =>
  `arn:aws:autoscaling:ap-northeast-1:111122223333:launchConfiguration:*:launchConfigurationName/${name}`;

function accessDenied(missing: Statement) {
  return { code: "AccessDenied", message: notAllowed(principal(), missing), status: 403 };
}

function validationError(message: string) {
  return { code: "ValidationError", message, status: 400 };
}

describe("DescribeAutoScalingGroups", () => {
  const names = (params: Members) =>
    (furnished().call("DescribeAutoScalingGroups", params).AutoScalingGroups as Members[]).map(
      ({ AutoScalingGroupName }) => AutoScalingGroupName,
    );

  it("gives all groups, or those of the names; a name that nothing has is no error", () => {
    expect(names({})).to.deep.equal(["web", "other-team", "other-team-batch"]);
    expect(names({ AutoScalingGroupNames: ["web", "none"] })).to.deep.equal(["web"]);
    expect(names({ AutoScalingGroupNames: ["none"] })).to.deep.equal([]);
  });

  it("gives a group with its instances", () => {
    const { call } = furnished();
    const group = at(
      call("DescribeAutoScalingGroups", { AutoScalingGroupNames: ["web"] }),
      "AutoScalingGroups",
      0,
    );
    expect(group).to.include({
      LaunchConfigurationName: "web-initial",
      DesiredCapacity: 3,
      MinSize: 1,
      MaxSize: 6,
    });
    expect(at(group, "AutoScalingGroupARN")).to.match(
      /^arn:aws:autoscaling:ap-northeast-1:111122223333:autoScalingGroup:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:autoScalingGroupName\/web$/,
    );
    expect(at(group, "Instances")).to.have.length(3);
    expect(at(group, "Instances", 0)).to.include({
      LifecycleState: "InService",
      HealthStatus: "Healthy",
      LaunchConfigurationName: "web-initial",
    });
  });

  describe("permissions", () => {
    itNeeds(
      [allow("autoscaling:DescribeAutoScalingGroups")],
      () => (caller) => furnished().call("DescribeAutoScalingGroups", {}, caller),
      accessDenied,
    );
  });
});

describe("DescribeLaunchConfigurations", () => {
  it("gives all launch configurations, or those of the names", () => {
    const { call } = furnished();
    expect(call("DescribeLaunchConfigurations", {}).LaunchConfigurations).to.have.length(3);
    const wanted = { LaunchConfigurationNames: ["web-initial", "none"] };
    expect(call("DescribeLaunchConfigurations", wanted).LaunchConfigurations).to.have.length(1);
  });

  it("answers in pages of fifty", () => {
    const { call } = furnished();
    for (let n = 0; n < 60; n += 1) {
      call("CreateLaunchConfiguration", { LaunchConfigurationName: `night-${n}`, InstanceId: goldenId });
    }
    const first = call("DescribeLaunchConfigurations", {});
    expect(first.LaunchConfigurations).to.have.length(50);
    const second = call("DescribeLaunchConfigurations", { NextToken: first.NextToken });
    expect(second.LaunchConfigurations).to.have.length(13);
    expect(at(second, "LaunchConfigurations", 12, "LaunchConfigurationName")).to.equal("night-59");
    expect(second).not.to.have.property("NextToken");
    const whole = call("DescribeLaunchConfigurations", { MaxRecords: 63 });
    expect(whole.LaunchConfigurations).to.have.length(63);
    expect(whole).not.to.have.property("NextToken");
  });

  it("refuses pages that there are not", () => {
    const { call } = furnished();
    for (const NextToken of ["nonsense", "-1", "4", "0.5"]) {
      expect(refusal(() => call("DescribeLaunchConfigurations", { NextToken })).code).to.equal(
        "InvalidNextToken",
      );
    }
    expect(refusal(() => call("DescribeLaunchConfigurations", { MaxRecords: 101 }))).to.deep.equal(
      validationError(
        "1 validation error detected: Value '101' at 'maxRecords' failed to satisfy constraint: Member must have value less than or equal to 100",
      ),
    );
    expect(refusal(() => call("DescribeLaunchConfigurations", { MaxRecords: 0 })).code).to.equal(
      "ValidationError",
    );
  });

  describe("permissions", () => {
    itNeeds(
      [allow("autoscaling:DescribeLaunchConfigurations")],
      () => (caller) => furnished().call("DescribeLaunchConfigurations", {}, caller),
      accessDenied,
    );
  });
});

describe("CreateLaunchConfiguration", () => {
  const LaunchConfigurationName = "web_2026-11-23";
  const fromInstance = { LaunchConfigurationName, InstanceId: goldenId };

  /** What a request makes, in the account as `prepare` leaves it. */
  function made(params: Members, prepare: (world: ReturnType<typeof furnished>) => void = () => {}): Members {
    const world = furnished();
    prepare(world);
    expect(world.call("CreateLaunchConfiguration", params)).to.deep.equal({});
    const asked = { LaunchConfigurationNames: [String(params.LaunchConfigurationName)] };
    return at(world.call("DescribeLaunchConfigurations", asked), "LaunchConfigurations", 0) as Members;
  }

  const ownImage = () => furnished().account.ec2.allImages()[1].ImageId;
  const publicImage = () => furnished().account.ec2.allImages()[0].ImageId;

  it("derives from the instance what is not sent", () => {
    const { LaunchConfigurationARN: arn, ...rest } = made(fromInstance);
    expect(arn).to.match(
      /^arn:aws:autoscaling:ap-northeast-1:111122223333:launchConfiguration:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:launchConfigurationName\/web_2026-11-23$/,
    );
    expect(rest).to.deep.equal({
      LaunchConfigurationName,
      ImageId: publicImage(),
      InstanceType: "t3.small",
      KeyName: "operations",
      SecurityGroups: ["sg-0123456789abcdef0"],
      ClassicLinkVPCSecurityGroups: [],
      UserData: "",
      KernelId: "",
      RamdiskId: "",
      BlockDeviceMappings: [],
      InstanceMonitoring: { Enabled: false },
      IamInstanceProfile: "arn:aws:iam::111122223333:instance-profile/web",
      EbsOptimized: true,
      AssociatePublicIpAddress: false,
      CreatedTime: new Date("2026-11-23T05:30:00.000Z"),
    });
  });

  it("derives what the golden instance of most people does not have", () => {
    const configuration = made(fromInstance, ({ account }) => {
      const record = account.ec2.instances.get(goldenId)!;
      record.userData = "IyEvYmluL3NoCg==";
      Object.assign(record.instance, {
        Monitoring: { State: "enabled" },
        PublicIpAddress: "203.0.113.5",
        KernelId: "aki-1",
        RamdiskId: "ari-1",
        EbsOptimized: false,
        IamInstanceProfile: undefined,
      });
      record.instance.Placement.Tenancy = "dedicated";
    });
    expect(configuration).to.deep.include({
      UserData: "IyEvYmluL3NoCg==",
      InstanceMonitoring: { Enabled: true },
      AssociatePublicIpAddress: true,
      KernelId: "aki-1",
      RamdiskId: "ari-1",
      EbsOptimized: false,
      PlacementTenancy: "dedicated",
    });
    expect(configuration).not.to.have.property("IamInstanceProfile");
  });

  it("lets the request override all that is derived, and loses IMDSv2 unless it is sent", () => {
    const sent = {
      LaunchConfigurationName,
      ImageId: ownImage(),
      InstanceType: "m5.large",
      KeyName: "other",
      SecurityGroups: ["sg-2"],
      UserData: "eA==",
      KernelId: "aki-2",
      RamdiskId: "ari-2",
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 20, VolumeType: "gp3" } }],
      InstanceMonitoring: { Enabled: true },
      SpotPrice: "0.05",
      IamInstanceProfile: "web",
      EbsOptimized: false,
      AssociatePublicIpAddress: true,
      PlacementTenancy: "default",
      ClassicLinkVPCId: "vpc-1",
      ClassicLinkVPCSecurityGroups: ["sg-3"],
      MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
    };
    const configuration = made({ ...sent, InstanceId: goldenId });
    expect(configuration).to.deep.include(sent);
    expect(configuration).not.to.have.property("InstanceId");
    expect(made(fromInstance)).not.to.have.property("MetadataOptions");
  });

  it("can take block devices from the instance's image, as the user guide words it", () => {
    const settle = ({ account }: ReturnType<typeof furnished>) => {
      account.autoscaling.blockDevicesFromInstance = "ofSourceImage";
    };
    const { BlockDeviceMappings: devices } = furnished().account.ec2.allImages()[0];
    expect(made({ ...fromInstance, ImageId: ownImage() }, settle).BlockDeviceMappings).to.deep.equal(devices);
    const own = [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 20 } }];
    expect(made({ ...fromInstance, BlockDeviceMappings: own }, settle).BlockDeviceMappings).to.deep.equal(
      own,
    );
  });

  it("is made from scratch with AWS's defaults", () => {
    const configuration = made({ LaunchConfigurationName, ImageId: ownImage(), InstanceType: "t3.micro" });
    expect(configuration).to.deep.include({
      ImageId: ownImage(),
      InstanceType: "t3.micro",
      InstanceMonitoring: { Enabled: true },
      EbsOptimized: false,
      SecurityGroups: [],
      UserData: "",
    });
    expect(configuration).not.to.have.any.keys("KeyName", "IamInstanceProfile", "AssociatePublicIpAddress");
  });

  const device = (Ebs: Members) => ({ BlockDeviceMappings: [{ DeviceName: "/dev/sdb", Ebs }] });
  for (const VolumeType of ["standard", "io1", "gp2", "st1", "sc1", "gp3"]) {
    it(`takes volumes of type ${VolumeType}`, () => {
      made({ ...fromInstance, ...device({ VolumeType, SnapshotId: "snap-1" }) });
    });
  }

  it("takes devices that are no EBS volumes", () => {
    made({
      ...fromInstance,
      BlockDeviceMappings: [
        { DeviceName: "/dev/sdb", VirtualName: "ephemeral0" },
        { DeviceName: "/dev/sdc", NoDevice: true },
      ],
    });
  });

  const either =
    "Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.";
  const faults: [string, Members, string][] = [
    ["nothing to launch", { InstanceId: undefined as never }, either],
    ["an image alone", { InstanceId: undefined as never, ImageId: ownImage() }, either],
    ["a type alone", { InstanceId: undefined as never, InstanceType: "t3.small" }, either],
    ["an unknown instance", { InstanceId: "i-12345678" }, "The instance ID 'i-12345678' does not exist"],
    [
      "an unknown image",
      { ImageId: "ami-12345678" },
      "AMI ami-12345678 is invalid: The image id '[ami-12345678]' does not exist",
    ],
    ["an unknown profile", { IamInstanceProfile: "none" }, "Invalid IamInstanceProfile: none"],
    [
      "a device without size and snapshot",
      device({ DeleteOnTermination: true }),
      "Invalid block device mapping /dev/sdb: You must specify either a VolumeSize or a SnapshotId.",
    ],
    [
      "a volume type that launch configurations do not know",
      device({ VolumeType: "io2", VolumeSize: 8 }),
      "Invalid volume type 'io2' for /dev/sdb: it must be one of standard, io1, gp2, st1, sc1, gp3.",
    ],
    [
      "a tenancy that launch configurations do not know",
      { PlacementTenancy: "host" },
      "Invalid value 'host' for PlacementTenancy: it must be default or dedicated.",
    ],
    [
      "an instance id that is too long",
      { InstanceId: `${goldenId}0` },
      "1 validation error detected: Value 'i-0123456789abcdef00' at 'instanceId' failed to satisfy constraint: Member must have length less than or equal to 19",
    ],
    [
      "what its model does not take",
      {
        MetadataOptions: { HttpTokens: "yes" },
        BlockDeviceMappings: [{ DeviceName: "/dev/sdb", Ebs: { VolumeSize: 16385 } }],
      },
      "2 validation errors detected: Value 'yes' at 'metadataOptions.httpTokens' failed to satisfy constraint: Member must satisfy enum value set: [optional, required]; Value '16385' at 'blockDeviceMappings.1.member.ebs.volumeSize' failed to satisfy constraint: Member must have value less than or equal to 16384",
    ],
  ];
  for (const [what, params, message] of faults) {
    it(`answers ValidationError to ${what}`, () => {
      const { account, call } = furnished();
      const before = account.snapshotState();
      const sent = Object.entries({ ...fromInstance, ...params }).filter(([, value]) => value !== undefined);
      const request = Object.fromEntries(sent) as Members;
      expect(refusal(() => call("CreateLaunchConfiguration", request))).to.deep.equal(
        validationError(message),
      );
      expect(account.snapshotState()).to.deep.equal(before);
    });
  }

  for (const name of ["x".repeat(256), "a\u0001b"]) {
    it(`answers ValidationError to the name ${JSON.stringify(name).slice(0, 20)}`, () => {
      const { call } = furnished();
      const { code, message } = refusal(() =>
        call("CreateLaunchConfiguration", { ...fromInstance, LaunchConfigurationName: name }),
      );
      expect(code).to.equal("ValidationError");
      expect(message).to.include("at 'launchConfigurationName' failed to satisfy constraint");
    });
  }

  it("needs the image that the instance was launched from, even where another is sent", () => {
    const { account, call } = furnished();
    account.ec2.instances.get(goldenId)!.instance.ImageId = "ami-87654321";
    expect(
      refusal(() => call("CreateLaunchConfiguration", { ...fromInstance, ImageId: ownImage() })),
    ).to.deep.equal(
      validationError("AMI ami-87654321 is invalid: The image id '[ami-87654321]' does not exist"),
    );
  });

  it("does not find a new image for a while", () => {
    const { call, clock } = furnished();
    const { ImageId } = call("CreateImage", { InstanceId: goldenId, Name: "new" });
    const create = () => call("CreateLaunchConfiguration", { ...fromInstance, ImageId });
    expect(refusal(create).code).to.equal("ValidationError");
    clock.advance(20);
    create();
  });

  it("answers AlreadyExists to a name that is taken", () => {
    const { call } = furnished();
    call("CreateLaunchConfiguration", fromInstance);
    expect(refusal(() => call("CreateLaunchConfiguration", fromInstance))).to.deep.equal({
      code: "AlreadyExists",
      message: `Launch Configuration by this name already exists - A launch configuration already exists with the name ${LaunchConfigurationName}`,
      status: 400,
    });
  });

  it("answers LimitExceeded at the quota", () => {
    const { account, call } = furnished();
    account.autoscaling.quotas.launchConfigurations = 4;
    call("CreateLaunchConfiguration", { ...fromInstance, LaunchConfigurationName: "fourth" });
    expect(refusal(() => call("CreateLaunchConfiguration", fromInstance))).to.deep.equal({
      code: "LimitExceeded",
      message: "Launch Configuration limit exceeded - You may only have 4 launch configurations",
      status: 400,
    });
  });

  describe("permissions from an instance", () => {
    const params = {
      ...fromInstance,
      ImageId: ownImage(),
      InstanceType: "t3.small",
      SpotPrice: "0.05",
      MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
    };
    itNeeds(
      [
        allow("autoscaling:CreateLaunchConfiguration", configurationArn(LaunchConfigurationName), {
          StringEquals: {
            "autoscaling:ImageId": ownImage(),
            "autoscaling:InstanceType": "t3.small",
            "autoscaling:SpotPrice": "0.05",
            "autoscaling:MetadataHttpTokens": "required",
            "autoscaling:MetadataHttpPutResponseHopLimit": "2",
            "autoscaling:MetadataHttpEndpoint": "enabled",
          },
        }),
        allow("ec2:DescribeImages"),
        allow("ec2:DescribeKeyPairs"),
        allow("ec2:DescribeSecurityGroups"),
        allow("ec2:DescribeSpotInstanceRequests"),
        allow("ec2:DescribeVpcClassicLink"),
        allow("ec2:DescribeInstances"),
        allow(
          "ec2:DescribeInstanceAttribute",
          `arn:aws:ec2:ap-northeast-1:111122223333:instance/${goldenId}`,
        ),
        allow("iam:PassRole", roleArn, { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }),
      ],
      () => (caller) => furnished().call("CreateLaunchConfiguration", params, caller),
      accessDenied,
    );
  });

  describe("permissions from scratch, without a profile", () => {
    itNeeds(
      [
        allow("autoscaling:CreateLaunchConfiguration", configurationArn(LaunchConfigurationName), {
          Null: { "autoscaling:MetadataHttpTokens": "true", "autoscaling:SpotPrice": "true" },
        }),
        allow("ec2:DescribeImages"),
        allow("ec2:DescribeKeyPairs"),
        allow("ec2:DescribeSecurityGroups"),
        allow("ec2:DescribeSpotInstanceRequests"),
        allow("ec2:DescribeVpcClassicLink"),
      ],
      () => (caller) => {
        const params = { LaunchConfigurationName, ImageId: ownImage(), InstanceType: "t3.small" };
        furnished().call("CreateLaunchConfiguration", params, caller);
      },
      accessDenied,
    );
  });

  it("passes the role of the profile that is sent, not that of the instance", () => {
    const { account, call } = furnished();
    account.iam.putInstanceProfile("other", "arn:aws:iam::111122223333:role/other");
    const caller = principal(allow("autoscaling:*"), allow("ec2:*"), allow("iam:PassRole", roleArn));
    const params = { ...fromInstance, IamInstanceProfile: "other" };
    expect(refusal(() => call("CreateLaunchConfiguration", params, caller)).message).to.equal(
      notAllowed(caller, allow("iam:PassRole", "arn:aws:iam::111122223333:role/other")),
    );
  });

  it("passes the role to EC2 and to nobody else", () => {
    const { call } = furnished();
    const toLambda = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
    const caller = principal(
      allow("autoscaling:*"),
      allow("ec2:*"),
      allow("iam:PassRole", roleArn, toLambda),
    );
    expect(refusal(() => call("CreateLaunchConfiguration", fromInstance, caller)).message).to.include(
      "iam:PassRole",
    );
  });
});

describe("UpdateAutoScalingGroup", () => {
  const update = { AutoScalingGroupName: "web", LaunchConfigurationName: "other-team-initial" };

  it("changes what the group launches next, and nothing else", () => {
    const { account, call } = furnished();
    const before = account.snapshotState();
    expect(call("UpdateAutoScalingGroup", update)).to.deep.equal({});
    const after = account.snapshotState();
    expect(at(after, "groups", 0, "LaunchConfigurationName")).to.equal("other-team-initial");
    (at(after, "groups", 0) as Members).LaunchConfigurationName = "web-initial";
    expect(after).to.deep.equal(before);
  });

  it("changes nothing where nothing is sent", () => {
    const { account, call } = furnished();
    const before = account.snapshotState();
    call("UpdateAutoScalingGroup", { AutoScalingGroupName: "web" });
    expect(account.snapshotState()).to.deep.equal(before);
  });

  it("sets the bounds of the group's size, and keeps the wanted size inside them", () => {
    const { account, call } = furnished();
    const sizes = (params: Members) => {
      call("UpdateAutoScalingGroup", { AutoScalingGroupName: "web", ...params });
      const { MinSize, DesiredCapacity, MaxSize } = account.autoscaling.groups.get("web")!;
      return [MinSize, DesiredCapacity, MaxSize];
    };
    expect(sizes({})).to.deep.equal([1, 3, 6]);
    expect(sizes({ MinSize: 4 })).to.deep.equal([4, 4, 6]);
    expect(sizes({ MinSize: 0, MaxSize: 2 })).to.deep.equal([0, 2, 2]);
    expect(refusal(() => sizes({ MinSize: 3 }))).to.deep.equal(
      validationError("Max bound, 2, must be greater than or equal to min bound, 3"),
    );
    expect(sizes({})).to.deep.equal([0, 2, 2]);
  });

  it("answers ValidationError to an unknown group and to an unknown launch configuration", () => {
    const { account, call } = furnished();
    const before = account.snapshotState();
    expect(
      refusal(() => call("UpdateAutoScalingGroup", { ...update, AutoScalingGroupName: "none" })),
    ).to.deep.equal(validationError("AutoScalingGroup name not found - null"));
    expect(
      refusal(() => call("UpdateAutoScalingGroup", { ...update, LaunchConfigurationName: "none" })),
    ).to.deep.equal(
      validationError("Launch configuration name not found - Launch configuration none not found"),
    );
    expect(account.snapshotState()).to.deep.equal(before);
  });

  describe("permissions", () => {
    const arn = furnished().account.autoscaling.groups.get("web")!.AutoScalingGroupARN;
    itNeeds(
      [
        allow("autoscaling:UpdateAutoScalingGroup", arn, {
          StringEquals: {
            "autoscaling:LaunchConfigurationName": "other-team-initial",
            "autoscaling:ResourceTag/Name": "web",
            "aws:ResourceTag/Name": "web",
          },
        }),
      ],
      () => (caller) => furnished().call("UpdateAutoScalingGroup", update, caller),
      accessDenied,
    );

    it("name a group that there is not with a wildcard", () => {
      const { call } = furnished();
      const params = { AutoScalingGroupName: "none" };
      const resource =
        "arn:aws:autoscaling:ap-northeast-1:111122223333:autoScalingGroup:*:autoScalingGroupName/none";
      const missing = allow("autoscaling:UpdateAutoScalingGroup", resource);
      expect(refusal(() => call("UpdateAutoScalingGroup", params, principal()))).to.deep.equal(
        accessDenied(missing),
      );
    });

    it("tell of the bounds only where they are sent", () => {
      const { call } = furnished();
      for (const bound of ["MinSize", "MaxSize"]) {
        const key = `autoscaling:${bound}`;
        const without = { Null: { [key]: "true" } };
        const caller = principal(allow("autoscaling:UpdateAutoScalingGroup", "*", without));
        call("UpdateAutoScalingGroup", update, caller);
        const params = { ...update, [bound]: 5 };
        expect(refusal(() => call("UpdateAutoScalingGroup", params, caller)).code).to.equal("AccessDenied");
        const five = { StringEquals: { [key]: "5" } };
        call("UpdateAutoScalingGroup", params, principal(allow("autoscaling:*", "*", five)));
      }
    });

    it("tell of the launch configuration only where one is sent", () => {
      const { call } = furnished();
      const without = { Null: { "autoscaling:LaunchConfigurationName": "true" } };
      const caller = principal(allow("autoscaling:UpdateAutoScalingGroup", "*", without));
      call("UpdateAutoScalingGroup", { AutoScalingGroupName: "web" }, caller);
      expect(refusal(() => call("UpdateAutoScalingGroup", update, caller)).code).to.equal("AccessDenied");
    });
  });
});
