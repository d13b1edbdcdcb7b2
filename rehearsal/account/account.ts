import { NotModelled } from "../errors";
import type { Members, Place } from "./api";
import { AutoScaling } from "./autoscaling";
import { autoScalingService } from "./autoscaling/service";
import type { Clock } from "./clock";
import { Ec2 } from "./ec2";
import { templateAnswer, versionAnswers } from "./ec2/launchTemplateAnswers";
import { ec2Service } from "./ec2/service";
import { Iam, type Principal } from "./iam";
import { Ids } from "./ids";
import { Kms } from "./kms";
import { kmsService } from "./kms/service";
import type { Demand, Operation, Service } from "./operation";
import { checkParameters } from "./parameters";
import { evaluate } from "./policy";
import { Ssm } from "./ssm";
import { ssmService } from "./ssm/service";

const services: Service[] = [ec2Service, autoScalingService, kmsService, ssmService];

/** Every API that the account answers, as boto3 spells them. */
export const modelledApis: { service: string; api: string }[] = services.flatMap(({ name, operations }) =>
  operations.map(({ api }) => ({ service: name, api })),
);

/** An AWS account in memory: its state, and the APIs that read and change it. */
export class Account {
  readonly ids = new Ids();
  readonly iam: Iam;
  readonly ec2: Ec2;
  readonly autoscaling: AutoScaling;
  readonly kms: Kms;
  readonly ssm: Ssm;

  constructor(
    readonly place: Place,
    readonly clock: Clock,
  ) {
    this.iam = new Iam(place);
    this.ec2 = new Ec2(clock);
    this.autoscaling = new AutoScaling();
    this.kms = new Kms(place, clock, this.ids);
    this.ssm = new Ssm(this);
  }

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

  /** What the account holds, in AWS's own shapes, as the record writes it down. */
  snapshotState(): Members {
    const state = {
      images: this.ec2.allImages(),
      snapshots: this.ec2.allSnapshots(),
      launchConfigurations: [...this.autoscaling.launchConfigurations.values()],
      launchTemplates: [...this.ec2.launchTemplates.values()].map((template) => ({
        ...templateAnswer(template),
        Versions: versionAnswers(template),
      })),
      groups: [...this.autoscaling.groups.values()],
      instances: [...this.ec2.instances.values()].map(({ instance }) => instance),
    };
    return JSON.parse(JSON.stringify(state)) as Members;
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
