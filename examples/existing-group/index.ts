// A group that another program or a person owns: this program only refreshes what it launches.
import * as pulumi from "@pulumi/pulumi";
import { AmiRefresh, LaunchConfigurationFrom } from "ami-refresh";

const config = new pulumi.Config();

const refresh = new AmiRefresh("web", {
  instanceId: config.require("goldenInstanceId"),
  // Where the owner is a Pulumi program too, its output serves as well:
  // new pulumi.StackReference("organization/project/stack").requireOutput("groupName")
  autoScalingGroupName: config.require("groupName"),
  prefix: config.require("groupName"),
  cron: "30 5 * * ? *",
  // Off until the owner has seen a run that was started by hand, and leaves alone what the runs change.
  enabled: config.requireBoolean("enabled"),
  // The owner chose instance type, key and security groups: in a new launch configuration only the image is new. A
  // new version of a launch template is always so.
  launchConfigurationFrom: LaunchConfigurationFrom.Group,
  tags: { Owner: config.require("owner") },
});

export const documentName = refresh.documentName;
export const startCommand = refresh.startCommand;
export const rollBackCommand = refresh.rollBackCommand;
export const executionsUrl = refresh.executionsUrl;
