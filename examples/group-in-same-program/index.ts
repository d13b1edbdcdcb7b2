// A launch template, a group that launches from it, and the nightly refresh of both, in one program.
//
// From the first night on two programs change the same things: this one, and the runbook. What a run changes is ignored
// here, property by property, and nothing else is: README.md says which change comes from where.
import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { AmiRefresh } from "ami-refresh";

const config = new pulumi.Config();

const template = new ec2.LaunchTemplate(
  "web",
  {
    // What the group launches until the first run. Every run makes a new version of the template with the image it took.
    imageId: config.require("firstImageId"),
    instanceType: config.require("instanceType"),
    vpcSecurityGroupIds: config.requireObject<string[]>("securityGroupIds"),
  },
  {
    // A refresh reads the template's latest version, and that is the runbook's: its image, and the description that a run
    // gives it. Not ignored, `pulumi up --refresh` would make one more version, with the first image.
    ignoreChanges: ["imageId", "description"],
  },
);

const group = new autoscaling.Group(
  "web",
  {
    vpcZoneIdentifiers: config.requireObject<string[]>("subnetIds"),
    minSize: 1,
    maxSize: 3,
    // By number: the group launches exactly the version that a run has checked, and nothing that somebody else makes. Only
    // from a number can an instance refresh be rolled back.
    launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
  },
  {
    // A run sets the group to its own version. Only the number is ignored: a group whose template was replaced would
    // otherwise stay on one that is deleted.
    ignoreChanges: ["launchTemplate.version"],
  },
);

const refresh = new AmiRefresh("web", {
  instanceId: config.require("goldenInstanceId"),
  // The Output, not the text: the group exists before anything looks for it.
  autoScalingGroupName: group.name,
  prefix: "web",
  cron: "30 5 * * ? *",
});

export const groupName = group.name;
export const launchTemplateId = template.id;
export const startCommand = refresh.startCommand;
