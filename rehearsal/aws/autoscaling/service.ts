import type { Members } from "../api";
import { constraintFaults } from "../constraints";
import { AwsError } from "../errors";
import { notAuthorized, type Service } from "../operation";
import type { StructureShape } from "../parameters";
import { createLaunchConfiguration } from "./createLaunchConfiguration";
import { describeAccountLimits, describeAutoScalingGroups, describeLaunchConfigurations } from "./describe";
import { validationError } from "./errors";
import { updateAutoScalingGroup } from "./updateAutoScalingGroup";

export const autoScalingService: Service = {
  name: "autoscaling",
  operations: [
    createLaunchConfiguration,
    describeAccountLimits,
    describeAutoScalingGroups,
    describeLaunchConfigurations,
    updateAutoScalingGroup,
  ],
  denial: (...denied) => new AwsError("AccessDenied", notAuthorized(...denied), 403),
  checkConstraints,
};

function checkConstraints(input: StructureShape, params: Members): void {
  const faults = constraintFaults(input, params).map(
    ({ value, path, constraint }) =>
      `Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`,
  );
  if (faults.length > 0) {
    const count = `${faults.length} validation error${faults.length > 1 ? "s" : ""} detected`;
    throw validationError(`${count}: ${faults.join("; ")}`);
  }
}
