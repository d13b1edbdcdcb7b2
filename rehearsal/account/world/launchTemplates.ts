import type { AccountState } from "../state";
import type { LaunchTemplateSpecification } from "../autoscaling/shapes";
import type { LaunchTemplateData } from "../ec2/launchTemplateShapes";
import { daysAgo, keyName, rootDevice, securityGroup, usualType } from "./machines";

export interface LaunchTemplateWanted {
  name: string;
  daysOld: number;
  /** The contents of the versions 1, 2, … */
  versions: LaunchTemplateData[];
  defaultVersion: number;
}

/** Adds a launch template, and gives what refers to one of its versions. */
export function addLaunchTemplate(
  account: AccountState,
  { name, daysOld, versions, defaultVersion }: LaunchTemplateWanted,
): (version: string) => Required<LaunchTemplateSpecification> {
  const { partition, accountId } = account.place;
  const id = account.ids.next("lt");
  const made = {
    CreateTime: daysAgo(account, daysOld),
    CreatedBy: `arn:${partition}:iam::${accountId}:user/operations`,
  };
  account.ec2.launchTemplates.set(id, {
    LaunchTemplateId: id,
    LaunchTemplateName: name,
    ...made,
    DefaultVersionNumber: defaultVersion,
    lastNumber: versions.length,
    versions: new Map(
      versions.map((LaunchTemplateData, index) => [
        index + 1,
        { VersionNumber: index + 1, ...made, LaunchTemplateData },
      ]),
    ),
    Tags: [],
  });
  return (Version) => ({ LaunchTemplateId: id, LaunchTemplateName: name, Version });
}

export interface ContentsWanted {
  imageId: string;
  instanceType?: string;
  /** Ends up in what can be told apart: user data and tags. */
  role: string;
  profile?: { Name: string } | { Arn: string };
  volumeSize?: number;
}

/** What a careful person writes into a launch template. */
export function contents(wanted: ContentsWanted): LaunchTemplateData {
  const { imageId, instanceType = usualType.x86_64, role, profile, volumeSize = 8 } = wanted;
  const tags = [
    { Key: "Name", Value: role },
    { Key: "managed-by", Value: "operations" },
  ];
  return {
    ImageId: imageId,
    InstanceType: instanceType,
    KeyName: keyName,
    SecurityGroupIds: [securityGroup.GroupId],
    UserData: Buffer.from(`#!/bin/sh\necho ${role} > /etc/role\n`).toString("base64"),
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
    Monitoring: { Enabled: true },
    EbsOptimized: true,
    IamInstanceProfile: profile,
    BlockDeviceMappings: [
      {
        DeviceName: rootDevice,
        Ebs: { VolumeSize: volumeSize, VolumeType: "gp3", DeleteOnTermination: true },
      },
    ],
    TagSpecifications: [
      { ResourceType: "instance", Tags: tags },
      { ResourceType: "volume", Tags: tags },
    ],
  };
}
