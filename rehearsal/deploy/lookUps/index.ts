import type { AccountState } from "../../account/state";
import { NotModelled } from "../../errors";
import type { Inputs } from "../messages";
import { LookUpFailure, NotFound } from "./failure";
import { getGroup } from "./group";
import { getInstance, getInstances } from "./instance";
import { getInstanceProfile } from "./instanceProfile";
import { getLaunchConfiguration } from "./launchConfiguration";
import { getLaunchTemplate } from "./launchTemplate";
import { getCallerIdentity, getPartition, getRegion } from "./place";

export { LookUpFailure } from "./failure";

interface LookUp {
  /** The arguments that are modelled. */
  takes: string[];
  answer: (account: AccountState, inputs: Inputs) => Inputs;
}

const LOOK_UPS: Record<string, LookUp> = {
  "aws:index/getPartition:getPartition": { takes: [], answer: getPartition },
  "aws:index/getRegion:getRegion": { takes: [], answer: getRegion },
  "aws:index/getCallerIdentity:getCallerIdentity": { takes: [], answer: getCallerIdentity },
  "aws:autoscaling/getGroup:getGroup": { takes: ["name"], answer: getGroup },
  "aws:ec2/getInstance:getInstance": { takes: ["instanceId"], answer: getInstance },
  "aws:ec2/getInstances:getInstances": {
    takes: ["filters", "instanceStateNames"],
    answer: getInstances,
  },
  "aws:ec2/getLaunchConfiguration:getLaunchConfiguration": {
    takes: ["name"],
    answer: getLaunchConfiguration,
  },
  "aws:ec2/getLaunchTemplate:getLaunchTemplate": { takes: ["id"], answer: getLaunchTemplate },
  "aws:iam/getInstanceProfile:getInstanceProfile": { takes: ["name"], answer: getInstanceProfile },
};

/** Answers a look-up from the account as Pulumi's AWS provider would, and fails where it does. */
export function lookUp(account: AccountState, token: string, inputs: Inputs): Inputs {
  const known = LOOK_UPS[token];
  if (known === undefined) {
    throw new NotModelled(`The rehearsal does not model the look-up ${token} (${JSON.stringify(inputs)}).`);
  }
  const unknown = Object.keys(inputs).find((key) => inputs[key] != null && !known.takes.includes(key));
  if (unknown !== undefined) {
    throw new NotModelled(`The rehearsal does not model the argument ${unknown} of the look-up ${token}.`);
  }
  try {
    return known.answer(account, inputs);
  } catch (error) {
    throw error instanceof NotFound ? new LookUpFailure(token, error.message) : error;
  }
}
