import { Condition } from "./policy";
import { LaunchFacts } from "../launch/facts";

// What of a group a request of UpdateAutoScalingGroup may change, by every condition key that the Service Authorization
// Reference lists for it. Beside the launch source a request of ours has nothing. Without a condition stay `ImageId`, because
// AWS does not say of which image it speaks, and the group's tags. What has no key at all, such as the desired capacity or the
// health checks, IAM cannot tell from the rest.

/** Of sizes, subnets and reservations. A key with several values is absent, too, where the request does not have it. */
const NEVER_SENT = [
  "CapacityReservationIds",
  "CapacityReservationResourceGroupArns",
  "MaxSize",
  "MinSize",
  "VPCZoneIdentifiers",
];

/** What an override of a mixed instances policy, or its distribution, may name. */
const OF_A_POLICY = ["InstanceTypes", "TargetCapacityTypes"];

const VERSION_SPECIFIED = "LaunchTemplateVersionSpecified";

/** The condition under which a group's launch source is all that changes, and its kind stays. */
export function updatesLaunchSource(kind: LaunchFacts["kind"]): Condition {
  switch (kind) {
    case "configuration":
      return {
        Null: {
          ...absent(...NEVER_SENT, ...OF_A_POLICY, VERSION_SPECIFIED),
          [key("LaunchConfigurationName")]: "false",
        },
      };
    case "parameter":
    case "template":
      // Never where a parameter names the image. Else the group is updated only where it names a numbered version, and to another number.
      return {
        Null: absent(...NEVER_SENT, ...OF_A_POLICY, "LaunchConfigurationName"),
        Bool: { [key(VERSION_SPECIFIED)]: "true" },
      };
    case "mixed":
      // The policy is sent back whole, with the types and the distribution that people gave it, and its templates may be
      // named both by a number and not.
      return { Null: absent(...NEVER_SENT, "LaunchConfigurationName") };
  }
}

function absent(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [key(name), "true"]));
}

function key(name: string): string {
  return `autoscaling:${name}`;
}
