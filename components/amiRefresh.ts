import * as pulumi from "@pulumi/pulumi";
import { AmiRefreshArgs } from "./amiRefreshArgs";
import { executionsUrl, rollBackCommand, startCommand } from "./console";
import { loadRunbooks } from "./document/load";
import { CheckedInputs, checkInputs } from "./inputs/checkInputs";
import { Checker } from "./inputs/checker";
import { Later } from "./later";
import { refuseToShare } from "./inputs/neighbours";
import { LaunchFacts } from "./launch/facts";
import { lookUpLaunch } from "./launch/lookUpLaunch";
import { Scope } from "./permissions/scope";
import { lookUpPlace, Place } from "./place";
import { keepDeletedImages } from "./recycleBin";
import { isWatched, Notices } from "./notices/notices";
import { letPause } from "./pause";
import { createPatch } from "./patch";
import { createCreateImage, createRetire, createWatch } from "./runbooks";
import { createRollOut } from "./rollOut";
import { scheduleRefresh, scheduleWatch } from "./schedules";
import { withoutStacks } from "./withoutStacks";

/**
 * Makes a golden instance's image the launch image of its Auto Scaling group, on a schedule.
 *
 * ```typescript
 * const refresh = new AmiRefresh("web", {
 *   instanceId: "i-0123456789abcdef0",
 *   autoScalingGroupName: "web",
 *   prefix: "web",
 *   cron: "30 5 * * ? *",
 * });
 * ```
 *
 * It creates three Automation runbooks, each with a role that may do its job and no other, and a schedule:
 *
 * - create-image takes an image of the instance and starts the roll-out with it. The schedule starts it.
 * - roll-out makes the image what the group launches: through a launch configuration that names it, a new version of each
 *   launch template that the group uses, or a new value of the parameter that names its template's image. With
 *   `instanceRefresh` it replaces the instances too, by two runbooks that it starts. Started by a person with an older image, or
 *   with the word previous, it rolls back.
 * - retire deletes what earlier runs made, is old, and is used by nothing. The schedule starts it too.
 *
 * With `patch` a runbook of that name runs a command on the golden instance before its image is taken; create-image starts it.
 * With `notifications` a person hears of every way of not getting a fresh image; a fourth runbook, watch, measures once a day.
 *
 * The preview looks up the group, its launch templates, the golden instance and the instance profiles, so that what no run
 * could work with fails there, and the permissions are for what the group launches with and nothing else. The arguments
 * `launchTemplateIds` and `instanceProfileRoleArns` together take the place of looking.
 */
export class AmiRefresh extends pulumi.ComponentResource {
  /** The group, as it was given; with the three that follow what `npm run status` looks with. */
  public readonly autoScalingGroupName: pulumi.Output<string>;
  /** The golden instance. */
  public readonly instanceId: pulumi.Output<string>;
  /** The prefix. */
  public readonly prefix: pulumi.Output<string>;
  /** The Region of the provider. */
  public readonly region: pulumi.Output<string>;
  /** The name of the Automation document that the schedule starts: it takes an image and has it rolled out. */
  public readonly documentName: pulumi.Output<string>;
  /** The ARN of the role that this runbook uses. */
  public readonly automationRoleArn: pulumi.Output<string>;
  /** The name of the Automation document that makes an image what the group launches. */
  public readonly rollOutDocumentName: pulumi.Output<string>;
  /** The name of the Automation document that deletes old images; nothing where `retire` is false. */
  public readonly retireDocumentName: pulumi.Output<string | undefined>;
  /** The name of the Automation document that measures once a day; nothing where nobody asks for its measures. */
  public readonly watchDocumentName: pulumi.Output<string | undefined>;
  /** The URL of the queue for starts that were refused. */
  public readonly deadLetterQueueUrl: pulumi.Output<string>;
  /** The ARN of the topic that is told of failures; nothing without `notifications`. */
  public readonly topicArn: pulumi.Output<string | undefined>;
  /** The names of the alarms. */
  public readonly alarmNames: pulumi.Output<string[]>;
  /** The ARN of the role with which EventBridge starts the runbooks. */
  public readonly eventsRoleArn: pulumi.Output<string>;
  /** The name of the EventBridge rule; nothing with `timeZone`. */
  public readonly ruleName: pulumi.Output<string | undefined>;
  /** With `timeZone` the name of the group of EventBridge Scheduler's schedules `create-image` and `retire`; else nothing. */
  public readonly scheduleGroupName: pulumi.Output<string | undefined>;
  /** The command line that takes and rolls out an image now. */
  public readonly startCommand: pulumi.Output<string>;
  /** The command line that makes the group launch what it launched before. */
  public readonly rollBackCommand: pulumi.Output<string>;
  /** The console address of the executions in this Region; nothing in a partition whose console has no public address. */
  public readonly executionsUrl: pulumi.Output<string | undefined>;

  constructor(name: string, args: AmiRefreshArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ami-refresh:index:AmiRefresh", name, args, opts);

    const parts = withoutStacks(() => createParts(this, name, args));
    const { inputs, place, createImage, rollOut, retire, watch, starts, deadLetterQueue, notices } = parts;

    this.autoScalingGroupName = pulumi.output(inputs.autoScalingGroupName);
    this.instanceId = pulumi.output(inputs.instanceId);
    this.prefix = pulumi.output(inputs.prefix);
    this.region = place.apply(({ region }) => region);
    this.documentName = createImage.documentName;
    this.automationRoleArn = createImage.roleArn;
    this.rollOutDocumentName = rollOut.documentName;
    this.retireDocumentName = pulumi.output(retire?.documentName);
    this.watchDocumentName = pulumi.output(watch?.documentName);
    this.deadLetterQueueUrl = deadLetterQueue.url;
    this.topicArn = pulumi.output(notices.topicArn);
    this.alarmNames = notices.alarmNames;
    this.eventsRoleArn = starts.roleArn;
    this.ruleName = pulumi.output(starts.ruleName);
    this.scheduleGroupName = pulumi.output(starts.scheduleGroupName);
    this.startCommand = pulumi
      .all([place, createImage.documentName])
      .apply(([place, documentName]) => startCommand(place, documentName));
    this.rollBackCommand = pulumi
      .all([place, rollOut.documentName])
      .apply(([place, documentName]) => rollBackCommand(place, documentName));
    this.executionsUrl = place.apply(executionsUrl);
    this.registerOutputs({
      autoScalingGroupName: this.autoScalingGroupName,
      instanceId: this.instanceId,
      prefix: this.prefix,
      region: this.region,
      documentName: this.documentName,
      automationRoleArn: this.automationRoleArn,
      rollOutDocumentName: this.rollOutDocumentName,
      retireDocumentName: this.retireDocumentName,
      watchDocumentName: this.watchDocumentName,
      deadLetterQueueUrl: this.deadLetterQueueUrl,
      topicArn: this.topicArn,
      alarmNames: this.alarmNames,
      eventsRoleArn: this.eventsRoleArn,
      ruleName: this.ruleName,
      scheduleGroupName: this.scheduleGroupName,
      startCommand: this.startCommand,
      rollBackCommand: this.rollBackCommand,
      executionsUrl: this.executionsUrl,
    });
  }
}

/** Checks what was given, looks up what the permissions depend on, and makes the runbooks and what starts them. */
function createParts(component: AmiRefresh, name: string, args: AmiRefreshArgs) {
  const checker = new Checker(name);
  const place = lookUpPlace(checker, component);
  const inputs = checkInputs(checker, name, args, place);
  checker.checkNow(undefined, loadRunbooks);
  const launch = lookUpLaunch({ checker, inputs, place, golden: args.instanceId, component });
  refuseToShare({ component, name, checker, inputs, place, launch });
  const scope = gatherScope(inputs, place, launch);
  const parts = { component, name, checker, inputs, place, scope };

  const paused = new Later<string>();
  const { rollOut, started } = createRollOut(parts, paused.value);
  const patch = createPatch(parts);
  const createImage = createCreateImage(parts, rollOut, patch);
  const retire = inputs.retire ? createRetire(parts, rollOut) : undefined;
  const watch = isWatched(inputs) ? createWatch(parts, createImage) : undefined;
  const runbooks = [createImage, rollOut, retire, watch].filter((one) => one !== undefined);
  const after = [...runbooks, ...started, ...(patch ? [patch] : [])].map(({ policy }) => policy);
  const scheduled = { ...parts, passed: checker.everythingPassed(), after };
  const { starts, deadLetterQueue } = scheduleRefresh(scheduled, createImage, retire);
  paused.become(starts.paused);
  letPause(parts, rollOut, starts);
  if (watch !== undefined) {
    scheduleWatch(scheduled, watch);
  }
  const notices = new Notices(
    `${name}-notices`,
    {
      component: name,
      inputs,
      place,
      notifications: args.notifications,
      starts,
      deadLetterQueue,
      createImage,
      runbooks,
      watch,
    },
    { parent: component },
  );
  if (inputs.recycleBinDays !== undefined) {
    keepDeletedImages(name, inputs, inputs.recycleBinDays, { parent: component });
  }
  return { inputs, place, createImage, rollOut, retire, watch, starts, deadLetterQueue, notices };
}

/** What the permissions are made for. */
function gatherScope(
  inputs: CheckedInputs,
  place: pulumi.Output<Place>,
  launch: pulumi.Output<LaunchFacts>,
): pulumi.Output<Scope> {
  const { instanceId, autoScalingGroupName, prefix, launchConfigurationFrom } = inputs;
  return pulumi
    .output({ place, instanceId, autoScalingGroupName, prefix, launchConfigurationFrom, launch })
    .apply(({ place, ...values }) => ({ ...place, ...values }));
}
