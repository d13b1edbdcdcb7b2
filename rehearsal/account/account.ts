import { NotModelled } from "../errors";
import type { Members } from "./api";
import { decide } from "./authorization";
import { advanceRefreshes } from "./autoscaling/instanceRefresh/advancing";
import { autoScalingService } from "./autoscaling/service";
import { cloudWatchService } from "./cloudwatch/service";
import { settleMachines } from "./ec2/power";
import { ec2Service } from "./ec2/service";
import type { Principal } from "./iam";
import { eventsService } from "./events/service";
import { iamService } from "./iam/service";
import { kmsService } from "./kms/service";
import type { Demand, Operation, Service } from "./operation";
import { checkModelled, checkParameters, unknownParameter } from "./parameters";
import { schedulerService } from "./scheduler/service";
import { ssmService } from "./ssm/service";
import { AccountState } from "./state";

const services: Service[] = [
  ec2Service,
  autoScalingService,
  kmsService,
  ssmService,
  cloudWatchService,
  iamService,
  eventsService,
  schedulerService,
];

/** Every API that the account answers, as boto3 spells them. */
export const modelledApis: { service: string; api: string }[] = services.flatMap(({ name, operations }) =>
  operations.map(({ api }) => ({ service: name, api })),
);

/** An AWS account in memory: its state, and the APIs that read and change it. */
export class Account extends AccountState {
  /** One call: its parameters are checked, it is authorised, then it is made. */
  call(principal: Principal, service: string, api: string, params: Members): Members {
    const [known, operation] = find(service, api);
    this.catchUp();
    checkParameters(`${service}:${api}`, operation.input, params);
    const unknown = Object.keys(params).find((parameter) => !this.sdkKnows(service, api, parameter));
    if (unknown !== undefined) {
      throw unknownParameter(unknown, operation.input);
    }
    for (const demand of operation.demands(this, params)) {
      this.authorize(known, principal, demand);
    }
    known.checkConstraints?.(operation.input, params);
    return operation.perform(this, params, principal);
  }

  override catchUp(): void {
    settleMachines(this);
    this.ssm.parameters.settle();
    advanceRefreshes(this);
  }

  /**
   * Whether the boto3 of Automation's machines has an API, or a parameter of it. An API that is merely not modelled is
   * refused when it is called; a parameter right here, because a script that is told that there is none goes on without.
   */
  sdkKnows(service: string, api: string, parameter?: string): boolean {
    if (parameter !== undefined) {
      checkModelled(`${service}:${api}`, find(service, api)[1].input, parameter);
    }
    switch ([service, api, parameter].join(" ").trim()) {
      case "ec2 DescribeImageReferences":
        return this.ec2.knowsImageReferences;
      case "ec2 DeregisterImage DeleteAssociatedSnapshots":
        return this.ec2.knowsAssociatedSnapshots;
      default:
        return true;
    }
  }

  private authorize(service: Service, principal: Principal, demand: Demand): void {
    const decision = decide(this.place, principal, demand);
    if (decision !== "allowed") {
      throw service.denial(principal, demand, decision);
    }
  }
}

function find(service: string, api: string): [Service, Operation] {
  const known = services.find(({ name }) => name === service);
  const operation = known?.operations.find((candidate) => candidate.api === api);
  if (!known || !operation) {
    throw new NotModelled(`The rehearsal does not model ${service}:${api}.`);
  }
  return [known, operation];
}
