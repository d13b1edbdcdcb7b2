import { operation } from "../operation";
import { structure } from "../parameters";
import { type Filter, filtered, filtersShape } from "./filters";
import type { Fleet } from "./launchTemplateShapes";
import { page, type PageRequest, pageShapes } from "./paging";

const api = "ec2:DescribeFleets";
const limits = { least: 1, most: 1000, capped: true };

export const describeFleets = operation<{ Filters?: Filter[] } & PageRequest>({
  api: "DescribeFleets",
  input: structure({ Filters: filtersShape, ...pageShapes() }),
  demands: () => [{ action: api, resource: "*", context: {} }],
  perform: ({ ec2 }, request) => {
    const fleets = ec2.fleets.filter(({ kind }) => kind === "ec2").map(fleetAnswer);
    const passed = filtered(api, fleets, request.Filters, {
      // An answer says deleted_running, a filter deleted-running.
      "fleet-state": ({ FleetState }) => [FleetState.replaceAll("_", "-")],
      type: ({ Type }) => [Type],
    });
    const { items, NextToken } = page(ec2, passed, request, limits);
    return { Fleets: items, NextToken };
  },
});

function fleetAnswer({ id, state, type, specifications }: Fleet) {
  return {
    FleetId: id,
    FleetState: state,
    Type: type,
    LaunchTemplateConfigs: specifications.map((specification) => ({
      LaunchTemplateSpecification: specification,
      Overrides: [],
    })),
  };
}
