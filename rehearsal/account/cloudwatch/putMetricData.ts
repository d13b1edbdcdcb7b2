import { operation } from "../operation";
import { list, number, string, structure } from "../parameters";

interface PutMetricDataRequest {
  Namespace: string;
  MetricData: { MetricName: string; Value: number; Dimensions?: { Name: string; Value: string }[] }[];
}

export const putMetricData = operation<PutMetricDataRequest>({
  api: "PutMetricData",
  input: structure(
    {
      Namespace: string({ min: 1, max: 255, pattern: /^[^:].*$/ }),
      MetricData: list(
        structure(
          {
            MetricName: string({ min: 1, max: 255 }),
            Value: number(),
            Dimensions: list(
              structure({ Name: string({ min: 1, max: 255 }), Value: string({ min: 1, max: 1024 }) }, [
                "Name",
                "Value",
              ]),
              { max: 30 },
            ),
          },
          ["MetricName"],
        ),
      ),
    },
    ["Namespace"],
  ),
  demands: (_, { Namespace: namespace }) => [
    { action: "cloudwatch:PutMetricData", resource: "*", context: { "cloudwatch:namespace": namespace } },
  ],
  perform: ({ cloudwatch, clock }, { Namespace: namespace, MetricData: data }) => {
    for (const { MetricName: name, Value: value, Dimensions = [] } of data) {
      const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
      cloudwatch.put({ namespace, name, dimensions }, clock.now(), value);
    }
    return {};
  },
});
