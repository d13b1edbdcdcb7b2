import { expect } from "chai";
import { Account, modelledApis } from "../../../rehearsal/account/account";
import { Clock } from "../../../rehearsal/account/clock";
import type { Members } from "../../../rehearsal/account/api";
import { NotModelled } from "../../../rehearsal/errors";
import { administrator, allow, at, furnished, goldenId, place, principal, refusal, start } from "./support";

describe("an account in memory", () => {
  it("lists the APIs that it answers", () => {
    expect(modelledApis.map(({ service, api }) => `${service}:${api}`)).to.have.members([
      "ec2:DescribeInstances",
      "ec2:DescribeImages",
      "ec2:DescribeImageAttribute",
      "ec2:DescribeImageReferences",
      "ec2:CreateImage",
      "ec2:CreateTags",
      "ec2:DeregisterImage",
      "ec2:DeleteSnapshot",
      "ec2:DescribeVolumes",
      "ec2:DescribeSnapshots",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:CreateLaunchTemplateVersion",
      "ec2:ModifyLaunchTemplate",
      "ec2:DeleteLaunchTemplateVersions",
      "ec2:DescribeFleets",
      "ec2:DescribeSpotFleetRequests",
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeInstanceRefreshes",
      "autoscaling:CreateLaunchConfiguration",
      "autoscaling:DeleteLaunchConfiguration",
      "autoscaling:UpdateAutoScalingGroup",
      "kms:DescribeKey",
      "ssm:DescribeAutomationExecutions",
      "ssm:GetAutomationExecution",
      "ssm:GetParameter",
      "ssm:PutParameter",
      "cloudwatch:PutMetricData",
      "iam:GetRole",
      "events:DisableRule",
      "scheduler:GetSchedule",
      "scheduler:UpdateSchedule",
      "cloudwatch:DescribeAlarms",
      "autoscaling:CancelInstanceRefresh",
      "autoscaling:RollbackInstanceRefresh",
      "autoscaling:StartInstanceRefresh",
      "ec2:StartInstances",
      "ec2:StopInstances",
      "ssm:CancelCommand",
      "ssm:DescribeInstanceInformation",
      "ssm:GetCommandInvocation",
      "ssm:ListCommandInvocations",
      "ssm:ListCommands",
      "ssm:SendCommand",
    ]);
  });

  describe("refuses by name what it does not model", () => {
    const cases: [string, string, Members, string][] = [
      ["ec2", "FooBar", {}, "ec2:FooBar"],
      ["s3", "ListBuckets", {}, "s3:ListBuckets"],
      ["ec2", "createImage", {}, "ec2:createImage"],
      [
        "ec2",
        "CreateImage",
        { BlockDeviceMappings: [{ Ebs: {} }] },
        "ec2:CreateImage BlockDeviceMappings[0].Ebs.",
      ],
      ["ec2", "CreateImage", { Name: 5, DryRun: true }, "ec2:CreateImage DryRun."],
      [
        "ec2",
        "CreateImage",
        { TagSpecifications: [{ Tags: [{ Key: "k" }, { Colour: "red" }] }] },
        "ec2:CreateImage TagSpecifications[0].Tags[1].Colour.",
      ],
      ["ec2", "DescribeImages", { toString: "x" }, "ec2:DescribeImages toString."],
      [
        "autoscaling",
        "UpdateAutoScalingGroup",
        { AutoScalingGroupName: "web", DesiredCapacity: 1 },
        "autoscaling:UpdateAutoScalingGroup DesiredCapacity.",
      ],
    ];
    for (const [service, api, params, name] of cases) {
      it(name, () => {
        const { account } = furnished();
        expect(() => account.call(administrator, service, api, params)).to.throw(NotModelled, name);
      });
    }
  });

  describe("checks parameters as boto3 does before it sends them", () => {
    const cases: [string, Members, string[]][] = [
      [
        "CreateImage",
        {},
        ['Missing required parameter in input: "InstanceId"', 'Missing required parameter in input: "Name"'],
      ],
      [
        "CreateImage",
        { InstanceId: goldenId, Name: 5 },
        ["Invalid type for parameter Name, value: 5, type: <class 'int'>, valid types: <class 'str'>"],
      ],
      [
        "CreateImage",
        { InstanceId: null, Name: "ab", NoReboot: "true" },
        [
          "Invalid type for parameter InstanceId, value: None, type: <class 'NoneType'>, valid types: <class 'str'>",
          "Invalid length for parameter Name, value: 2, valid min length: 3",
          "Invalid type for parameter NoReboot, value: true, type: <class 'str'>, valid types: <class 'bool'>",
        ],
      ],
      [
        "DescribeImages",
        { ImageIds: "ami-1", Owners: [true], Filters: [["name"]] },
        [
          "Invalid type for parameter ImageIds, value: ami-1, type: <class 'str'>, valid types: <class 'list'>, <class 'tuple'>",
          "Invalid type for parameter Owners[0], value: True, type: <class 'bool'>, valid types: <class 'str'>",
          "Invalid type for parameter Filters[0], value: ['name'], type: <class 'list'>, valid types: <class 'dict'>",
        ],
      ],
      [
        "DescribeInstances",
        { InstanceIds: [{ a: [1.5, null, "b", new Date(0)] }] },
        [
          "Invalid type for parameter InstanceIds[0], value: {'a': [1.5, None, 'b', '1970-01-01T00:00:00.000Z']}, type: <class 'dict'>, valid types: <class 'str'>",
        ],
      ],
      [
        "DescribeInstances",
        { InstanceIds: [new Date(0)] },
        [
          "Invalid type for parameter InstanceIds[0], value: '1970-01-01T00:00:00.000Z', type: <class 'datetime.datetime'>, valid types: <class 'str'>",
        ],
      ],
      [
        "CreateLaunchConfiguration",
        {
          LaunchConfigurationName: "",
          BlockDeviceMappings: [{ Ebs: { VolumeSize: 0, Iops: 1.5 } }],
          MetadataOptions: { HttpPutResponseHopLimit: 0 },
        },
        [
          "Invalid length for parameter LaunchConfigurationName, value: 0, valid min length: 1",
          'Missing required parameter in BlockDeviceMappings[0]: "DeviceName"',
          "Invalid value for parameter BlockDeviceMappings[0].Ebs.VolumeSize, value: 0, valid min value: 1",
          "Invalid type for parameter BlockDeviceMappings[0].Ebs.Iops, value: 1.5, type: <class 'float'>, valid types: <class 'int'>",
          "Invalid value for parameter MetadataOptions.HttpPutResponseHopLimit, value: 0, valid min value: 1",
        ],
      ],
    ];
    cases.push([
      "DescribeImageReferences",
      { ImageIds: [], MaxResults: 4 },
      [
        "Invalid length for parameter ImageIds, value: 0, valid min length: 1",
        "Invalid value for parameter MaxResults, value: 4, valid min value: 5",
      ],
    ]);
    for (const [api, params, report] of cases) {
      it(`${api} ${JSON.stringify(params)}`, () => {
        const { call } = furnished();
        expect(refusal(() => call(api, params, principal()))).to.deep.equal({
          code: "ParamValidationError",
          message: ["Parameter validation failed:", ...report].join("\n"),
          status: 400,
        });
      });
    }
  });

  it("tells policies where the call is made and by whom", () => {
    const { call } = furnished();
    const condition = {
      StringEquals: {
        "aws:RequestedRegion": place.region,
        "ec2:Region": place.region,
        "aws:PrincipalAccount": place.accountId,
      },
      Bool: { "aws:SecureTransport": "true" },
    };
    call("DescribeImages", {}, principal(allow("ec2:DescribeImages", "*", condition)));
    const elsewhere = principal(allow("ec2:*", "*", { StringEquals: { "ec2:Region": "eu-west-1" } }));
    expect(refusal(() => call("DescribeImages", {}, elsewhere)).code).to.equal("UnauthorizedOperation");
    const ec2Only = principal(allow("*", "*", { StringEquals: { "ec2:Region": place.region } }));
    expect(refusal(() => call("DescribeLaunchConfigurations", {}, ec2Only)).code).to.equal("AccessDenied");
  });

  it("says which denials are explicit", () => {
    const { call } = furnished();
    const denied = principal(allow("*"), { Effect: "Deny", Action: "ec2:CreateImage", Resource: "*" });
    expect(
      refusal(() => call("CreateImage", { InstanceId: goldenId, Name: "one" }, denied)).message,
    ).to.equal(
      `You are not authorized to perform this operation. User: ${denied.arn} is not authorized to perform: ec2:CreateImage on resource: arn:aws:ec2:ap-northeast-1:111122223333:instance/${goldenId} with an explicit deny in an identity-based policy`,
    );
  });

  it("authorises before it looks whether a call can be made", () => {
    const { call } = furnished();
    const nobody = principal();
    expect(refusal(() => call("CreateImage", { InstanceId: "nonsense", Name: "?:?" }, nobody)).code).to.equal(
      "UnauthorizedOperation",
    );
    const params = { LaunchConfigurationName: "new", InstanceId: "i-".padEnd(40, "0") };
    expect(refusal(() => call("CreateLaunchConfiguration", params, nobody)).code).to.equal("AccessDenied");
  });

  it("shares nothing with its callers", () => {
    const { account, call } = furnished();
    const groups = () => call("DescribeAutoScalingGroups", { AutoScalingGroupNames: ["web"] });
    const before = groups();
    (at(groups(), "AutoScalingGroups", 0) as Members).DesiredCapacity = 99;
    expect(groups()).to.deep.equal(before);

    const securityGroups = ["sg-1"];
    const params = {
      LaunchConfigurationName: "new",
      InstanceId: goldenId,
      SecurityGroups: securityGroups,
    };
    call("CreateLaunchConfiguration", params);
    securityGroups.push("sg-2");
    expect(account.autoscaling.launchConfigurations.get("new")?.SecurityGroups).to.deep.equal(["sg-1"]);
  });

  it("writes its state down as plain JSON in AWS's shapes", () => {
    const { account, call } = furnished();
    call("CreateImage", { InstanceId: goldenId, Name: "new" });
    const state = account.snapshotState();
    expect(JSON.parse(JSON.stringify(state))).to.deep.equal(state);
    expect(Object.keys(state)).to.deep.equal([
      "images",
      "snapshots",
      "launchConfigurations",
      "launchTemplates",
      "groups",
      "instances",
    ]);
    const { LaunchTemplateName } = at(state, "launchTemplates", 0, "Versions", 0) as Members;
    expect(at(state, "launchTemplates", 0)).to.deep.include({ LaunchTemplateName });
    expect((state.images as Members[]).at(-1)).to.include({ Name: "new", State: "pending" });
    expect((state.snapshots as Members[]).at(-1)).to.include({ State: "pending" });
    expect(at(state, "groups", 0)).to.include({ AutoScalingGroupName: "web" });
    expect(at(state, "instances", 0)).to.include({ InstanceId: goldenId });
    expect(at(state, "instances", 0, "LaunchTime")).to.equal("2026-09-24T05:30:00.000Z");
    expect(at(state, "launchConfigurations", 0)).to.include({ LaunchConfigurationName: "web-initial" });
  });

  it("is the same account again when it is made again", () => {
    const run = () => {
      const { account, call } = furnished();
      call("CreateImage", { InstanceId: goldenId, Name: "new" });
      return account.snapshotState();
    };
    expect(run()).to.deep.equal(run());
  });

  it("has nothing in it before it is furnished", () => {
    const account = new Account(place, new Clock(start));
    for (const list of Object.values(account.snapshotState())) {
      expect(list).to.deep.equal([]);
    }
  });
});
