import type { AccountState } from "../../state";
import { AwsError } from "../../errors";
import { requestedSource, type RequestedSource } from "../requestedSource";
import type { AutoScalingGroup, LaunchSource } from "../shapes";
import { templateParts } from "../templateLaunches";
import { checkPreferences, invalid } from "./checkPreferences";
import { checkRootVolumes } from "./checkRootVolumes";
import { irreversibleFor } from "./reversible";
import type { DesiredConfiguration, RefreshPreferences, Strategy } from "./shapes";
import { activeRefresh } from "./status";

export interface StartRequest {
  AutoScalingGroupName: string;
  Strategy?: Strategy;
  DesiredConfiguration?: DesiredConfiguration;
  Preferences?: RefreshPreferences;
}

/** Refuses what AWS refuses, and gives the desired configuration as it is kept. */
export function checkedStart(
  account: AccountState,
  group: AutoScalingGroup,
  request: StartRequest,
): RequestedSource | undefined {
  const { AutoScalingGroupName: name, DesiredConfiguration: desired, Preferences = {} } = request;
  checkProcesses(group);
  if (activeRefresh(account.autoscaling, name)) {
    throw new AwsError(
      "InstanceRefreshInProgress",
      "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.",
    );
  }
  checkPreferences(account, Preferences);
  checkDesired(group, desired);
  if (Preferences.AutoRollback) {
    checkAutoRollback(group, desired);
  }
  if (Preferences.SkipMatching) {
    checkSkipMatching(group);
  }
  const wanted = desired && requestedSource(account, desired);
  if (request.Strategy === "ReplaceRootVolume") {
    checkRootVolumes(account, wanted?.source);
  }
  return wanted;
}

/** A refresh launches and terminates: with either suspended it would stand still. */
function checkProcesses({ SuspendedProcesses: suspended }: AutoScalingGroup): void {
  const needed = suspended.find(({ ProcessName }) => ["Launch", "Terminate"].includes(ProcessName));
  if (needed) {
    throw invalid(`The ${needed.ProcessName} process of the Auto Scaling group is suspended.`);
  }
}

function checkDesired(group: AutoScalingGroup, desired: DesiredConfiguration | undefined): void {
  if (desired === undefined) {
    return;
  }
  if (desired.LaunchTemplate === undefined && desired.MixedInstancesPolicy === undefined) {
    throw invalid("DesiredConfiguration must have either a LaunchTemplate or a MixedInstancesPolicy.");
  }
  if (group.LaunchConfigurationName !== undefined) {
    throw invalid(
      "DesiredConfiguration cannot be specified for an Auto Scaling group that uses a launch configuration.",
    );
  }
  if (isAttributeBased(group) || isAttributeBased(desired)) {
    throw invalid("DesiredConfiguration cannot be specified with attribute-based instance type selection.");
  }
}

function checkAutoRollback(group: AutoScalingGroup, desired: DesiredConfiguration | undefined): void {
  switch (irreversibleFor(group, desired)) {
    case "noDesiredConfiguration":
      // Seen in terraform-provider-aws#29830.
      throw invalid(
        "The AutoRollback parameter cannot be set to true when the DesiredConfiguration parameter is empty. " +
          "Set AutoRollback to false or specify a desired configuration and try again.",
      );
    case "movingVersion":
      throw invalid(
        "The AutoRollback parameter cannot be set to true when the Auto Scaling group uses the $Latest or $Default " +
          "version of a launch template.",
      );
  }
}

function checkSkipMatching(group: AutoScalingGroup): void {
  if (group.LaunchConfigurationName !== undefined) {
    throw invalid("SkipMatching cannot be set to true for a group that uses a launch configuration.");
  }
  if (isAttributeBased(group)) {
    throw invalid("SkipMatching cannot be set to true with attribute-based instance type selection.");
  }
}

function isAttributeBased(source: LaunchSource): boolean {
  return templateParts(source).overrides.some(
    ({ InstanceRequirements }) => InstanceRequirements !== undefined,
  );
}
