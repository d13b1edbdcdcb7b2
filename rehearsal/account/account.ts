import { NotModelled } from "../errors";
import type { Members } from "./api";
import { autoScalingService } from "./autoscaling/service";
import { ec2Service } from "./ec2/service";
import type { Principal } from "./iam";
import { kmsService } from "./kms/service";
import type { Demand, Operation, Service } from "./operation";
import { checkParameters } from "./parameters";
import { evaluate } from "./policy";
import { ssmService } from "./ssm/service";
import { AccountState } from "./state";

const services: Service[] = [ec2Service, autoScalingService, kmsService, ssmService];

/** Every API that the account answers, as boto3 spells them. */
export const modelledApis: { service: string; api: string }[] = services.flatMap(({ name, operations }) =>
  operations.map(({ api }) => ({ service: name, api })),
);

/** An AWS account in memory: its state, and the APIs that read and change it. */
export class Account extends AccountState {
  /** One call: its parameters are checked, it is authorised, then it is made. */
  call(principal: Principal, service: string, api: string, params: Members): Members {
    const [known, operation] = find(service, api);
    checkParameters(`${service}:${api}`, operation.input, params);
    for (const demand of operation.demands(this, params)) {
      this.authorize(known, principal, demand);
    }
    known.checkConstraints?.(operation.input, params);
    return operation.perform(this, params, principal);
  }

  /** Whether the boto3 of Automation's machines has an API. What is merely not modelled is refused when it is called. */
  sdkKnows(service: string, api: string): boolean {
    return service !== "ec2" || api !== "DescribeImageReferences" || this.ec2.knowsImageReferences;
  }

  private authorize(service: Service, principal: Principal, demand: Demand): void {
    const context = { ...this.globalContext(demand), ...demand.context };
    const decision = evaluate(principal.policies, { ...demand, context });
    if (decision !== "allowed") {
      throw service.denial(principal, demand, decision);
    }
  }

  /** The condition keys that IAM knows at every call. */
  private globalContext({ action }: Demand): Demand["context"] {
    const { region, accountId } = this.place;
    return {
      "aws:RequestedRegion": region,
      "aws:PrincipalAccount": accountId,
      "aws:SecureTransport": true,
      ...(action.startsWith("ec2:") ? { "ec2:Region": region } : {}),
    };
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
