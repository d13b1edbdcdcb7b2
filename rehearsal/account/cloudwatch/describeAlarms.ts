import { operation } from "../operation";
import { list, string, structure } from "../parameters";

interface DescribeAlarmsRequest {
  AlarmNames: string[];
  AlarmTypes?: string[];
}

const api = "DescribeAlarms";

/** There are no composite alarms here. An alarm that does not exist is left out. */
export const describeAlarms = operation<DescribeAlarmsRequest>({
  api,
  input: structure(
    {
      AlarmNames: list(string({ min: 1, max: 255 }), { max: 100 }),
      AlarmTypes: list(string({ enum: ["MetricAlarm", "CompositeAlarm"] })),
    },
    ["AlarmNames"],
  ),
  demands: ({ place: { partition, region, accountId } }, { AlarmNames: names }) =>
    names.map((name) => ({
      action: `cloudwatch:${api}`,
      resource: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`,
      context: {},
    })),
  perform: ({ cloudwatch }, { AlarmNames: names }) => ({
    MetricAlarms: cloudwatch.alarms
      .filter(({ name }) => names.includes(name))
      .map(({ name, arn, state }) => ({ AlarmName: name, AlarmArn: arn, StateValue: state })),
    CompositeAlarms: [],
  }),
});
