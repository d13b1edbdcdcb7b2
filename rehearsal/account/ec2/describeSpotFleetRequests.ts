import type { Place } from "../api";
import { operation } from "../operation";
import { structure } from "../parameters";
import type { Fleet } from "./launchTemplateShapes";
import { page, type PageRequest, pageShapes } from "./paging";

const limits = { least: 1, most: 1000, capped: true };

export const describeSpotFleetRequests = operation<PageRequest>({
  api: "DescribeSpotFleetRequests",
  input: structure(pageShapes()),
  demands: () => [{ action: "ec2:DescribeSpotFleetRequests", resource: "*", context: {} }],
  perform: ({ ec2, place }, request) => {
    const requests = ec2.fleets
      .filter(({ kind }) => kind === "spot")
      .map((fleet) => requestAnswer(place, fleet));
    const { items, NextToken } = page(ec2, requests, request, limits);
    return { SpotFleetRequestConfigs: items, NextToken };
  },
});

function requestAnswer({ partition, accountId }: Place, { id, state, type, specifications }: Fleet): object {
  return {
    SpotFleetRequestId: id,
    SpotFleetRequestState: state,
    SpotFleetRequestConfig: {
      IamFleetRole: `arn:${partition}:iam::${accountId}:role/aws-ec2-spot-fleet-tagging-role`,
      TargetCapacity: 1,
      Type: type,
      LaunchTemplateConfigs: specifications.map((specification) => ({
        LaunchTemplateSpecification: specification,
        Overrides: [],
      })),
    },
    Tags: [],
  };
}
