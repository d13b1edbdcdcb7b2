import type { Members } from "../api";
import { constraintReport } from "../constraints";
import { notAuthorized } from "../denial";
import { AwsError } from "../errors";
import type { Demand, Service } from "../operation";
import type { StructureShape } from "../parameters";
import { createLaunchConfiguration } from "./createLaunchConfiguration";
import { deleteLaunchConfiguration } from "./deleteLaunchConfiguration";
import { describeAutoScalingGroups, describeLaunchConfigurations } from "./describe";
import { describeInstanceRefreshes } from "./describeInstanceRefreshes";
import { isOfDryRun } from "./dryRunDemands";
import { validationError } from "./errors";
import { cancelInstanceRefresh } from "./instanceRefresh/cancelInstanceRefresh";
import { rollbackInstanceRefresh } from "./instanceRefresh/rollbackInstanceRefresh";
import { startInstanceRefresh } from "./instanceRefresh/startInstanceRefresh";
import { updateAutoScalingGroup } from "./updateAutoScalingGroup";

export const autoScalingService: Service = {
  name: "autoscaling",
  operations: [
    cancelInstanceRefresh,
    createLaunchConfiguration,
    deleteLaunchConfiguration,
    describeAutoScalingGroups,
    describeInstanceRefreshes,
    describeLaunchConfigurations,
    rollbackInstanceRefresh,
    startInstanceRefresh,
    updateAutoScalingGroup,
  ],
  denial: (principal, demand, decision) =>
    new AwsError(
      "AccessDenied",
      `${templateRefused(demand)}${notAuthorized(principal, demand, decision)}`,
      403,
    ),
  checkConstraints,
};

/** AWS says no more than this of a dry run; what was missing stands behind it for those who rehearse. */
function templateRefused(demand: Demand): string {
  return isOfDryRun(demand)
    ? `You are not authorized to use launch template: ${demand.launchTemplateId}. `
    : "";
}

function checkConstraints(input: StructureShape, params: Members): void {
  const report = constraintReport(input, params);
  if (report !== undefined) {
    throw validationError(report);
  }
}
