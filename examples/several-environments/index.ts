// One program, one stack an environment: everything that differs stands in Pulumi.<environment>.yaml.
import * as pulumi from "@pulumi/pulumi";
import { AmiRefresh } from "ami-refresh";

const config = new pulumi.Config();
const environment = pulumi.getStack();

const refresh = new AmiRefresh(`web-${environment}`, {
  instanceId: config.require("goldenInstanceId"),
  autoScalingGroupName: config.require("groupName"),
  // The names of launch configurations are unique in an account and Region, and environments may share one.
  prefix: `web-${environment}`,
  cron: config.require("cron"),
  tags: { Environment: environment },
});

export const startCommand = refresh.startCommand;
export const rollBackCommand = refresh.rollBackCommand;
export const executionsUrl = refresh.executionsUrl;
