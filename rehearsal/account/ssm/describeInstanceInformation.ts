import { NotModelled } from "../../errors";
import { operation } from "../operation";
import { list, string, structure } from "../parameters";

interface DescribeInstanceInformationRequest {
  Filters?: { Key: string; Values: string[] }[];
}

const api = "DescribeInstanceInformation";

export const describeInstanceInformation = operation<DescribeInstanceInformationRequest>({
  api,
  input: structure({
    Filters: list(
      structure({ Key: string({ min: 1 }), Values: list(string({ min: 1 }), { min: 1, max: 100 }) }, [
        "Key",
        "Values",
      ]),
    ),
  }),
  demands: () => [{ action: `ssm:${api}`, resource: "*", context: {} }],
  perform: ({ ssm }, { Filters: filters = [] }) => {
    const [{ Key: key, Values: ids }, ...others] =
      filters.length > 0 ? filters : [{ Key: "none", Values: [] }];
    if (key !== "InstanceIds" || others.length > 0) {
      throw new NotModelled(`The rehearsal models ssm:${api} with the one filter InstanceIds alone.`);
    }
    return {
      InstanceInformationList: ids.flatMap((InstanceId) => {
        const agent = ssm.runCommand.agent(InstanceId);
        return agent === undefined
          ? []
          : [{ InstanceId, ...agent, PlatformType: "Linux", ResourceType: "EC2Instance" }];
      }),
    };
  },
});
