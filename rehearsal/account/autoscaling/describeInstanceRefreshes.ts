import { operation } from "../operation";
import { structure } from "../parameters";
import { validationError } from "./errors";
import { name, names } from "./limits";
import { page, type PageRequest, pageShapes } from "./paging";

interface DescribeInstanceRefreshesRequest extends PageRequest {
  AutoScalingGroupName: string;
  InstanceRefreshIds?: string[];
}

const api = "DescribeInstanceRefreshes";

/** The newest comes first. */
export const describeInstanceRefreshes = operation<DescribeInstanceRefreshesRequest>({
  api,
  input: structure({ AutoScalingGroupName: name(), InstanceRefreshIds: names(), ...pageShapes }, [
    "AutoScalingGroupName",
  ]),
  demands: () => [{ action: `autoscaling:${api}`, resource: "*", context: {} }],
  perform: ({ autoscaling }, request) => {
    const { AutoScalingGroupName: groupName, InstanceRefreshIds: ids = [] } = request;
    if (!autoscaling.groups.has(groupName)) {
      throw validationError("AutoScalingGroup name not found - null");
    }
    const refreshes = [...(autoscaling.instanceRefreshes.get(groupName) ?? [])].reverse();
    const wanted = refreshes.filter(
      ({ InstanceRefreshId }) => ids.length === 0 || ids.includes(InstanceRefreshId),
    );
    const { items, NextToken } = page(wanted, request);
    return { InstanceRefreshes: items, NextToken };
  },
});
