/** The namespace of the metrics that the runbook watch puts (documents/scripts/shared/measure.py). */
export const METRICS_NAMESPACE = "AmiRefresh";

/** Its metrics, each with the group's name as its dimension. */
export type WatchMetric = "HoursSinceSuccess" | "ImageAgeDays" | "Images" | "Snapshots";

/** The dimension. */
export const METRICS_DIMENSION = "AutoScalingGroupName";

/** CloudWatch looks at a day at a time, because the watch measures once a day. */
export const DAY_SECONDS = 24 * 60 * 60;
