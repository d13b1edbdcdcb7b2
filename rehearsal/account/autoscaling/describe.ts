import { type Demand, operation } from "../operation";
import { structure } from "../parameters";
import { names } from "./limits";
import { page, type PageRequest, pageShapes } from "./paging";

/** Auto Scaling's reading APIs have no resource level. */
const readable = (api: string) => (): Demand[] => [
  { action: `autoscaling:${api}`, resource: "*", context: {} },
];

export const describeAutoScalingGroups = operation<{ AutoScalingGroupNames?: string[] } & PageRequest>({
  api: "DescribeAutoScalingGroups",
  input: structure({ AutoScalingGroupNames: names(), ...pageShapes }),
  demands: readable("DescribeAutoScalingGroups"),
  perform: ({ autoscaling }, request) => {
    const { items, NextToken } = page(named(autoscaling.groups, request.AutoScalingGroupNames), request);
    return { AutoScalingGroups: items, NextToken };
  },
});

export const describeLaunchConfigurations = operation<{ LaunchConfigurationNames?: string[] } & PageRequest>({
  api: "DescribeLaunchConfigurations",
  input: structure({ LaunchConfigurationNames: names(), ...pageShapes }),
  demands: readable("DescribeLaunchConfigurations"),
  perform: ({ autoscaling }, request) => {
    const wanted = named(autoscaling.launchConfigurations, request.LaunchConfigurationNames);
    const { items, NextToken } = page(wanted, request);
    return { LaunchConfigurations: items, NextToken };
  },
});

/** What has one of the names, or everything without names; a name that nothing has is no error here. */
function named<T>(items: Map<string, T>, wanted: string[] = []): T[] {
  return [...items].filter(([name]) => wanted.length === 0 || wanted.includes(name)).map(([, item]) => item);
}
