import { AwsError } from "../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";
import { type Filter, filtered, filtersShape } from "./filters";
import { type InstanceTypeInfo, instanceTypes } from "./instanceTypes";
import { page, type PageRequest, pageShapes } from "./paging";

interface DescribeInstanceTypesRequest extends PageRequest {
  InstanceTypes?: string[];
  Filters?: Filter[];
}

const api = "ec2:DescribeInstanceTypes";
const limits = { least: 5, most: 100 };

export const describeInstanceTypes = operation<DescribeInstanceTypesRequest>({
  api: "DescribeInstanceTypes",
  input: structure({
    InstanceTypes: list(string()),
    Filters: filtersShape,
    ...pageShapes(limits.least),
  }),
  demands: () => [{ action: api, resource: "*", context: {} }],
  perform: ({ ec2 }, request) => {
    // A type that only a filter names and that EC2 does not know is no error: it is simply not there.
    const passed = filtered(api, wantedTypes(request.InstanceTypes), request.Filters, {
      "instance-type": ({ InstanceType }) => [InstanceType],
    });
    const { items, NextToken } = page(ec2, passed, request, limits);
    return { InstanceTypes: items, NextToken };
  },
});

function wantedTypes(names: string[] = []): InstanceTypeInfo[] {
  if (names.length > limits.most) {
    throw new AwsError("InvalidParameterValue", `At most ${limits.most} instance types can be asked for.`);
  }
  const unknown = names.filter((name) => !instanceTypes.some(({ InstanceType }) => InstanceType === name));
  if (unknown.length > 0) {
    throw new AwsError(
      "InvalidInstanceType",
      `The following supplied instance types do not exist: [${unknown.join(", ")}]`,
    );
  }
  return instanceTypes.filter(({ InstanceType }) => names.length === 0 || names.includes(InstanceType));
}
