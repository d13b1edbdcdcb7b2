import type { Members, Place } from "./api";
import { AutoScaling } from "./autoscaling";
import type { Clock } from "./clock";
import { CloudWatch } from "./cloudwatch";
import { Ec2 } from "./ec2";
import { templateAnswer, versionAnswers } from "./ec2/launchTemplateAnswers";
import { EventBus } from "./events/bus";
import { Iam } from "./iam";
import { Ids } from "./ids";
import { Kms } from "./kms";
import { Scheduler } from "./scheduler/schedule";
import { Sns } from "./sns";
import { Sqs } from "./sqs";
import { Ssm } from "./ssm";

/** What an AWS account holds. It knows nothing of the APIs, which work on it. */
export class AccountState {
  readonly ids = new Ids();
  readonly iam: Iam;
  readonly ec2: Ec2;
  readonly autoscaling: AutoScaling;
  readonly kms: Kms;
  readonly ssm: Ssm;
  readonly sqs = new Sqs();
  readonly sns = new Sns();
  readonly cloudwatch = new CloudWatch();
  readonly eventBus: EventBus;
  readonly scheduler = new Scheduler();

  constructor(
    readonly place: Place,
    readonly clock: Clock,
  ) {
    this.iam = new Iam(place, clock);
    this.ec2 = new Ec2(clock);
    this.autoscaling = new AutoScaling();
    this.kms = new Kms(place, clock, this.ids);
    this.ssm = new Ssm(this);
    this.eventBus = new EventBus(this);
  }

  /**
   * Lets happen what happens without anybody's call, up to now. Who reads the state past the APIs calls
   * this first. What happens is known to what works on the state, so it stands in the account itself.
   */
  catchUp(): void {}

  /** What the account holds, in AWS's own shapes, as the record writes it down. */
  snapshotState(): Members {
    this.catchUp();
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
}
