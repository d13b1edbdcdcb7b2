import { createHash } from "node:crypto";
import type { AccountState } from "../account/state";
import type { Place } from "../account/api";
import { NotModelled } from "../errors";
import { lookUp } from "./lookUps";
import type { Inputs } from "./messages";

/** What the AWS provider gives back for a resource that was registered. */
export interface Created {
  id: string;
  state: Inputs;
}

type Kind = (name: string, inputs: Inputs, place: Place) => Created;

/** Answers the program's registrations and look-ups as Pulumi's AWS provider would. */
export class Provider {
  constructor(private readonly account: AccountState) {}

  create(type: string, name: string, inputs: Inputs): Created {
    const kind = KINDS[type];
    if (kind === undefined) {
      throw new NotModelled(`The rehearsal does not model the resource type ${type} (${name}).`);
    }
    const { id, state } = kind(name, inputs, this.account.place);
    return { id, state: { ...inputs, ...state } };
  }

  lookUp(token: string, inputs: Inputs): Inputs {
    return lookUp(this.account, token, inputs);
  }
}

const KINDS: Record<string, Kind> = {
  "aws:iam/role:Role": (name, inputs, { partition, accountId }) => {
    const physical = physicalName(name, inputs);
    const path = typeof inputs.path === "string" ? inputs.path : "/";
    return {
      id: physical,
      state: { name: physical, arn: `arn:${partition}:iam::${accountId}:role${path}${physical}` },
    };
  },
  "aws:iam/rolePolicy:RolePolicy": (name, inputs) => {
    const physical = physicalName(name, inputs);
    return { id: `${String(inputs.role)}:${physical}`, state: { name: physical } };
  },
  "aws:ssm/document:Document": (name, inputs, { partition, region, accountId }) => {
    const physical = physicalName(name, inputs);
    const arn = `arn:${partition}:ssm:${region}:${accountId}:automation-definition/${physical}`;
    return { id: physical, state: { name: physical, arn, defaultVersion: "1", latestVersion: "1" } };
  },
  "aws:cloudwatch/eventRule:EventRule": (name, inputs, { partition, region, accountId }) => {
    const physical = physicalName(name, inputs);
    return {
      id: physical,
      state: { name: physical, arn: `arn:${partition}:events:${region}:${accountId}:rule/${physical}` },
    };
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": (name, inputs, place) => {
    const physical = physicalName(name, inputs);
    return {
      id: physical,
      state: { name: physical, arn: arnOf(place, "scheduler", `schedule-group/${physical}`) },
    };
  },
  "aws:scheduler/schedule:Schedule": (name, inputs, place) => {
    const physical = physicalName(name, inputs);
    const id = `${String(inputs.groupName)}/${physical}`;
    return { id, state: { name: physical, arn: arnOf(place, "scheduler", `schedule/${id}`) } };
  },
  "aws:rbin/rule:Rule": (name, _inputs, { partition, region, accountId }) => {
    // Its id is AWS's, eleven letters and digits.
    const id = createHash("sha256").update(name).digest("hex").slice(0, 11);
    return { id, state: { arn: `arn:${partition}:rbin:${region}:${accountId}:rule/${id}` } };
  },
  "aws:sqs/queue:Queue": (name, inputs, place) => {
    const physical = physicalName(name, inputs);
    const url = `https://sqs.${place.region}.amazonaws.com/${place.accountId}/${physical}`;
    return { id: url, state: { name: physical, url, arn: arnOf(place, "sqs", physical) } };
  },
  "aws:sqs/queuePolicy:QueuePolicy": (_name, inputs) => ({ id: String(inputs.queueUrl), state: {} }),
  "aws:sns/topic:Topic": (name, inputs, place) => {
    const physical = physicalName(name, inputs);
    const arn = arnOf(place, "sns", physical);
    return { id: arn, state: { name: physical, arn } };
  },
  "aws:sns/topicPolicy:TopicPolicy": (_name, inputs) => ({ id: String(inputs.arn), state: {} }),
  "aws:sns/topicSubscription:TopicSubscription": (name, inputs) => ({
    id: `${String(inputs.topic)}:${name}`,
    state: { arn: "pending confirmation", pendingConfirmation: true },
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name, inputs, place) => {
    const physical = physicalName(name, inputs);
    return { id: physical, state: { name: physical, arn: arnOf(place, "cloudwatch", `alarm:${physical}`) } };
  },
  "aws:cloudwatch/dashboard:Dashboard": (_name, inputs, { partition, accountId }) => ({
    id: String(inputs.dashboardName),
    state: {
      dashboardArn: `arn:${partition}:cloudwatch::${accountId}:dashboard/${String(inputs.dashboardName)}`,
    },
  }),
  "aws:cloudwatch/eventTarget:EventTarget": (_name, inputs) => ({
    id: `${String(inputs.rule)}-${String(inputs.targetId)}`,
    state: {},
  }),
};

function arnOf({ partition, region, accountId }: Place, service: string, name: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${name}`;
}

/** The name that was given, or one as Pulumi derives it: the logical name and seven digits, here always the same. */
function physicalName(name: string, inputs: Inputs): string {
  return typeof inputs.name === "string"
    ? inputs.name
    : `${name}-${createHash("sha256").update(name).digest("hex").slice(0, 7)}`;
}
