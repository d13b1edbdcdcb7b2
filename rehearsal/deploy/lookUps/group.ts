import type { AccountState } from "../../account/state";
import type {
  AutoScalingGroup,
  LaunchTemplateSpecification,
  MixedInstancesPolicy,
} from "../../account/autoscaling/shapes";
import type { Inputs } from "../messages";
import { NotFound } from "./failure";

/** aws.autoscaling.getGroup: neither its instances nor its overrides' image ids are in the answer. */
export function getGroup({ autoscaling, place }: AccountState, { name }: Inputs): Inputs {
  const group = autoscaling.groups.get(String(name));
  if (group === undefined) {
    throw new NotFound(`reading Auto Scaling Group (${String(name)}): empty result`);
  }
  return {
    id: group.AutoScalingGroupName,
    arn: group.AutoScalingGroupARN,
    availabilityZones: group.AvailabilityZones,
    defaultCooldown: group.DefaultCooldown,
    desiredCapacity: group.DesiredCapacity,
    desiredCapacityType: "",
    enabledMetrics: group.EnabledMetrics.map(({ Metric }) => Metric),
    healthCheckGracePeriod: group.HealthCheckGracePeriod,
    healthCheckType: group.HealthCheckType,
    instanceMaintenancePolicies: [],
    ...launchSource(group),
    loadBalancers: group.LoadBalancerNames,
    maxInstanceLifetime: 0,
    maxSize: group.MaxSize,
    minSize: group.MinSize,
    name: group.AutoScalingGroupName,
    newInstancesProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn,
    placementGroup: group.PlacementGroup ?? "",
    predictedCapacity: 0,
    region: place.region,
    serviceLinkedRoleArn: group.ServiceLinkedRoleARN,
    status: "",
    suspendedProcesses: group.SuspendedProcesses.map(({ ProcessName }) => ProcessName),
    tags: group.Tags.map(({ Key, Value, PropagateAtLaunch }) => ({
      key: Key,
      value: Value,
      propagateAtLaunch: PropagateAtLaunch,
    })),
    targetGroupArns: group.TargetGroupARNs,
    terminationPolicies: group.TerminationPolicies,
    trafficSources: [],
    vpcZoneIdentifier: group.VPCZoneIdentifier,
    warmPoolSize: 0,
    warmPools: [],
  };
}

function launchSource({ LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup) {
  return {
    launchConfiguration: LaunchConfigurationName ?? "",
    launchTemplates: LaunchTemplate === undefined ? [] : [launchTemplate(LaunchTemplate)],
    mixedInstancesPolicies: MixedInstancesPolicy === undefined ? [] : [mixedInstances(MixedInstancesPolicy)],
  };
}

/** A group's own template has other member names than those of a mixed instances policy. */
function launchTemplate(specification: LaunchTemplateSpecification): Inputs {
  const { LaunchTemplateId = "", LaunchTemplateName = "", Version = "" } = specification;
  return { id: LaunchTemplateId, name: LaunchTemplateName, version: Version };
}

function mixedInstances({ LaunchTemplate, InstancesDistribution }: MixedInstancesPolicy): Inputs {
  return {
    instancesDistributions: [
      {
        onDemandAllocationStrategy: InstancesDistribution?.OnDemandAllocationStrategy ?? "",
        onDemandBaseCapacity: InstancesDistribution?.OnDemandBaseCapacity ?? 0,
        onDemandPercentageAboveBaseCapacity:
          InstancesDistribution?.OnDemandPercentageAboveBaseCapacity ?? 100,
        spotAllocationStrategy: InstancesDistribution?.SpotAllocationStrategy ?? "",
        spotInstancePools: InstancesDistribution?.SpotInstancePools ?? 0,
        spotMaxPrice: InstancesDistribution?.SpotMaxPrice ?? "",
      },
    ],
    launchTemplates: [
      {
        launchTemplateSpecifications: specifications(LaunchTemplate?.LaunchTemplateSpecification),
        overrides: (LaunchTemplate?.Overrides ?? []).map((override) => ({
          instanceType: override.InstanceType ?? "",
          weightedCapacity: override.WeightedCapacity ?? "",
          launchTemplateSpecifications: specifications(override.LaunchTemplateSpecification),
          // What they require is not modelled: nothing here reads it.
          instanceRequirements: [],
        })),
      },
    ],
  };
}

function specifications(specification: LaunchTemplateSpecification | undefined): Inputs[] {
  if (specification === undefined) {
    return [];
  }
  const { LaunchTemplateId = "", LaunchTemplateName = "", Version = "" } = specification;
  return [{ launchTemplateId: LaunchTemplateId, launchTemplateName: LaunchTemplateName, version: Version }];
}
