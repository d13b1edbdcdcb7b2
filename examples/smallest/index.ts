// The smallest use: what is refreshed, from what, and when.
import { AmiRefresh } from "ami-refresh";

const refresh = new AmiRefresh("web", {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web",
  prefix: "web",
  cron: "30 5 * * ? *",
});

/** Starts one run by hand. */
export const startCommand = refresh.startCommand;
/** Makes the group launch what it launched before. */
export const rollBackCommand = refresh.rollBackCommand;
/** Where to look at the runs. */
export const executionsUrl = refresh.executionsUrl;
