import type { Members } from "../account/api";
import type { CallRecord, Night } from "../nights/run";
import { isChange } from "./calls";
import { type Check, faultless } from "./check";
import { PREVIOUS, ROLLED_OUT } from "./ours";

/** Where instances are replaced, it starts the runbooks that do it; and who rolls back may switch the schedule off. */
const ROLL_OUT_WITH_REFRESH = [
  "autoscaling:CancelInstanceRefresh",
  "autoscaling:RollbackInstanceRefresh",
  "events:DisableRule",
  "scheduler:UpdateSchedule",
  "ssm:StartAutomationExecution",
];

/** The calls with which a runbook changes anything: no role makes and deletes, and the one that makes images touches no group. */
const dutiesOf: Record<string, string[]> = {
  "create-image": ["ec2:CreateImage", "ssm:StartAutomationExecution"],
  patch: ["ec2:StartInstances", "ec2:StopInstances", "ssm:CancelCommand", "ssm:SendCommand"],
  // Versions it may take back that it made itself, which is judged where they are deleted.
  "roll-out": [
    "autoscaling:CreateLaunchConfiguration",
    "autoscaling:UpdateAutoScalingGroup",
    "ec2:CreateLaunchTemplateVersion",
    "ec2:CreateTags",
    "ec2:DeleteLaunchTemplateVersions",
    "ec2:ModifyLaunchTemplate",
    "ssm:PutParameter",
    ...ROLL_OUT_WITH_REFRESH,
  ],
  prepare: [
    "autoscaling:CreateLaunchConfiguration",
    "ec2:CreateLaunchTemplateVersion",
    "ec2:DeleteLaunchTemplateVersions",
  ],
  refresh: [
    "autoscaling:CancelInstanceRefresh",
    "autoscaling:RollbackInstanceRefresh",
    "autoscaling:StartInstanceRefresh",
    "autoscaling:UpdateAutoScalingGroup",
    "ec2:CreateTags",
    "ec2:DeleteLaunchTemplateVersions",
    "ec2:ModifyLaunchTemplate",
  ],
  retire: [
    "autoscaling:DeleteLaunchConfiguration",
    "ec2:DeleteLaunchTemplateVersions",
    "ec2:DeleteSnapshot",
    "ec2:DeregisterImage",
  ],
  watch: ["cloudwatch:PutMetricData"],
};

const TAG_KEYS = [ROLLED_OUT, PREVIOUS];

/** Whether each run of a night did, or tried, nothing that is another runbook's work. */
export function eachKeptToItsWork({ runs }: Night): Check {
  const judged = runs.filter(({ runbook }) => Object.hasOwn(dutiesOf, runbook));
  const faults = judged.flatMap(({ runbook, calls }) => {
    const outside = calls.flatMap((call) => outsideOf(dutiesOf[runbook], call));
    return [...new Set(outside)].map((what) => `${runbook} called ${what}`);
  });
  const names = new Set(judged.map(({ runbook }) => runbook));
  return faultless("each runbook kept to its own work", faults, [...names].join(", ") || "there is none");
}

function outsideOf(duties: string[], call: CallRecord): string[] {
  const { service, api, params } = call;
  if (!isChange(call)) {
    return [];
  }
  if (!duties.includes(`${service}:${api}`)) {
    return [api];
  }
  const others = api === "CreateTags" ? keysOf(params).filter((key) => !TAG_KEYS.includes(key)) : [];
  return others.map((key) => `${api} with the key ${key}`);
}

function keysOf({ Tags: tags }: Members): string[] {
  return Array.isArray(tags) ? tags.map((tag) => String((tag as Members).Key)) : [];
}
