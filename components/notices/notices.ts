import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { AmiRefreshNotifications } from "../amiRefreshArgs";
import { CheckedInputs } from "../inputs/checkInputs";
import { Place } from "../place";
import { Runbook } from "../runbook";
import { Starts } from "../starts";
import { alarmOnDeadLetters, alarmOnWatch } from "./alarms";
import { createDashboard } from "./dashboard";
import { tellOfFailures } from "./failures";
import { createTopic, letServicesPublish } from "./topic";

export interface NoticesArgs {
  /** The component's name, which its children's names begin with. */
  readonly component: string;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** As they were given: only plain addresses name their subscriptions. */
  readonly notifications: AmiRefreshNotifications | undefined;
  readonly starts: Starts;
  readonly deadLetterQueue: sqs.Queue;
  /** The runbook whose failure tells of the roll-out's too. */
  readonly createImage: Runbook;
  /** All of them, whose failures are told. */
  readonly runbooks: Runbook[];
  /** The runbook that measures; nothing where nobody asks for its measures. */
  readonly watch: Runbook | undefined;
}

/** Whether anybody asks for what the runbook watch measures. */
export function isWatched({ notifications, maxImageAgeDays, dashboard }: CheckedInputs): boolean {
  return notifications !== undefined || maxImageAgeDays !== undefined || dashboard;
}

/** Everything by which a person hears that something is wrong. */
export class Notices extends pulumi.ComponentResource {
  /** The ARN of the topic; nothing where nobody is told. */
  readonly topicArn: pulumi.Output<string> | undefined;
  readonly alarmNames: pulumi.Output<string[]>;

  constructor(name: string, args: NoticesArgs, opts: pulumi.ComponentResourceOptions) {
    super("ami-refresh:index:Notices", name, {}, opts);
    const { component, inputs, place, starts } = args;
    const child = { parent: this };
    const topic = createTopic(component, inputs, args.notifications, child);
    const alarmsArgs = { name: component, inputs, topic };
    const alarms = [
      ...alarmOnDeadLetters(alarmsArgs, args.deadLetterQueue.name, starts.metrics, child),
      ...(args.watch === undefined ? [] : alarmOnWatch(alarmsArgs, child)),
    ];
    const alarmArns = pulumi.all(alarms.map(({ arn }) => arn));
    if (topic?.made !== undefined) {
      letServicesPublish(component, { topic: topic.made, alarmArns }, child);
    }
    const failures =
      topic &&
      tellOfFailures(
        component,
        {
          place,
          inputs,
          documentNames: pulumi.all(args.runbooks.map(({ documentName }) => documentName)),
          createImageRoleName: args.createImage.roleName,
        },
        topic.arn,
        child,
      );
    if (inputs.dashboard) {
      const shown = {
        place,
        inputs,
        starts: starts.metrics,
        failureRuleName: failures?.name,
        alarmArns,
      };
      createDashboard(component, shown, child);
    }
    if (topic === undefined && pulumi.runtime.isDryRun()) {
      void pulumi.log.info(
        "Without notifications nobody is told of runs that fail or do not start: give notifications a topicArn or emails.",
        opts.parent,
      );
    }
    this.topicArn = topic?.arn;
    this.alarmNames = pulumi.all(alarms.map((alarm) => alarm.name));
    this.registerOutputs();
  }
}
