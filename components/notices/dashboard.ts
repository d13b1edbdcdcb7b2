import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "../inputs/checkInputs";
import { Place } from "../place";
import { DAY_SECONDS, METRICS_DIMENSION, METRICS_NAMESPACE, WatchMetric } from "./metrics";
import { StartMetrics } from "./startMetrics";

/** What the dashboard shows. */
export interface Shown {
  readonly place: pulumi.Output<Place>;
  readonly inputs: CheckedInputs;
  readonly starts: pulumi.Output<StartMetrics>;
  /** Of the rule that tells of failures; nothing where nobody is told. */
  readonly failureRuleName: pulumi.Output<string> | undefined;
  readonly alarmArns: pulumi.Output<string[]>;
}

/** One page of the group: its image, its runs, what is kept, its alarms. */
export function createDashboard(name: string, shown: Shown, opts: pulumi.CustomResourceOptions): void {
  const { place, inputs, failureRuleName, alarmArns } = shown;
  const body = pulumi
    .all([place, inputs.autoScalingGroupName, shown.starts, failureRuleName ?? "", alarmArns])
    .apply(([{ region }, groupName, starts, failureRule, alarms]) =>
      dashboardBody({ region, groupName, starts, failureRule, alarms }),
    );
  new cloudwatch.Dashboard(
    `${name}-dashboard`,
    {
      // The provider derives none for a dashboard: two components of one program have two names, and so have two stacks.
      dashboardName:
        inputs.names.dashboard ??
        `${name}-${pulumi.getProject()}-${pulumi.getStack()}`.replace(/[^\w-]/g, "-"),
      dashboardBody: pulumi.jsonStringify(body),
    },
    opts,
  );
}

interface Widget {
  readonly type: "alarm" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Record<string, unknown>;
}

/**
 * The dashboard as CloudWatch reads it. Source:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(of: {
  region: string;
  groupName: string;
  starts: StartMetrics;
  failureRule: string;
  alarms: string[];
}): { widgets: Widget[] } {
  const measured = (name: WatchMetric, label: string) => [
    METRICS_NAMESPACE,
    name,
    METRICS_DIMENSION,
    of.groupName,
    { label },
  ];
  const ofStarts = (metric: string, label: string) => [
    of.starts.namespace,
    metric,
    ...of.starts.dimension,
    { label },
  ];
  const graph = (
    title: string,
    stat: string,
    metrics: unknown[],
    place: Pick<Widget, "x" | "y">,
  ): Widget => ({
    type: "metric",
    ...place,
    width: 12,
    height: 6,
    properties: { title, view: "timeSeries", region: of.region, stat, period: DAY_SECONDS, metrics },
  });
  const failures =
    of.failureRule === ""
      ? []
      : [["AWS/Events", "MatchedEvents", "RuleName", of.failureRule, { label: "ended in a failure" }]];
  return {
    widgets: [
      {
        type: "alarm",
        x: 0,
        y: 0,
        width: 24,
        height: 3,
        properties: { title: `${of.groupName}: alarms`, alarms: of.alarms },
      },
      graph(
        `${of.groupName}: age of the launched image, in days`,
        "Maximum",
        [measured("ImageAgeDays", "days")],
        { x: 0, y: 3 },
      ),
      graph(
        `${of.groupName}: hours since the last success`,
        "Maximum",
        [measured("HoursSinceSuccess", "hours")],
        { x: 12, y: 3 },
      ),
      graph(
        `${of.groupName}: runs`,
        "Sum",
        [
          ofStarts(of.starts.started, "started"),
          ofStarts(of.starts.failed, "could not be started"),
          ...failures,
        ],
        { x: 0, y: 9 },
      ),
      graph(
        `${of.groupName}: images and snapshots that are kept`,
        "Maximum",
        [measured("Images", "images"), measured("Snapshots", "snapshots")],
        { x: 12, y: 9 },
      ),
    ],
  };
}
