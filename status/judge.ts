import { type Names, titleOfSchedule } from "./names";
import type { Place } from "./read/group";
import type { Image } from "./read/images";
import type { Runbook } from "./read/runs";
import type { Status } from "./status";
import { hoursBetween, inUtc } from "./times";

/** One thing that is not as it should be. */
export interface Finding {
  readonly about: FindingKind;
  /** What it is, by name, and what to do. */
  readonly sentence: string;
}

export type FindingKind =
  | "runbook-missing"
  | "run-failed"
  | "no-run"
  | "rule-missing"
  | "rule-disabled"
  | "schedule-over"
  | "target-missing"
  | "queue-missing"
  | "dead-letters"
  | "topic-missing"
  | "no-subscription"
  | "subscription-pending"
  | "alarm-missing"
  | "alarm"
  | "group-missing"
  | "image-missing"
  | "image-not-available"
  | "image-not-ours"
  | "image-not-the-last";

/** What is the matter, the causes before what follows from them. Where nothing is, the stack is healthy. */
export function judge(status: Status): Finding[] {
  return [
    ...judgeRunbooks(status),
    ...judgeRule(status),
    ...judgeFreshness(status),
    ...judgeGroup(status),
    ...judgeQueue(status),
    ...judgeTopic(status),
    ...judgeAlarms(status),
  ];
}

function judgeRunbooks({ names, runbooks }: Status): Finding[] {
  const { createImage, rollOut, retire, watch } = runbooks;
  const all = [createImage, rollOut, retire, watch].filter((one) => one !== undefined);
  const missing = all
    .filter(({ documentMadeAt }) => documentMadeAt === undefined)
    .map(({ documentName }) =>
      find("runbook-missing", `Runbook ${documentName} does not exist: run pulumi up, which makes it again`),
    );
  // A roll-out that create-image started is told of by create-image, and who starts one by hand is there.
  return [
    ...missing,
    ...judgeRun(names, "create-image", createImage),
    ...judgeRun(names, "retire", retire),
    ...judgeRun(names, "watch", watch),
  ];
}

function judgeRun(names: Names, title: string, runbook: Runbook | undefined): Finding[] {
  const run = runbook?.last;
  if (runbook === undefined || run === undefined || run.status === "Success") return [];
  const step = run.failedStep === undefined ? "" : ` in step ${run.failedStep}`;
  const why = run.sentence === undefined ? "AWS does not say why" : run.sentence.replace(/\.$/, "");
  return [
    find(
      "run-failed",
      `The last run of ${title}, ${run.id} of ${inUtc(run.startedAt)}, ended ${run.status}${step}: ${why}; when that is mended, start it again with ${startCommand(names, runbook.documentName)}`,
    ),
  ];
}

function startCommand({ region }: Names, documentName: string): string {
  return `aws ssm start-automation-execution --region ${region} --document-name ${documentName}`;
}

function judgeRule({ names, rule, firings }: Status): Finding[] {
  const title = titleOfSchedule(names);
  if (rule === undefined)
    return [find("rule-missing", `${title} does not exist, and nothing starts by itself: run pulumi up`)];
  const findings: Finding[] = [];
  if (!rule.enabled)
    findings.push(
      find("rule-disabled", `${title} is disabled, and nothing starts by itself: ${enabling(names)}`),
    );
  if (firings !== undefined && firings.next === undefined)
    findings.push(
      find(
        "schedule-over",
        `${title} with ${rule.scheduleExpression} does not fire any more: set cron to a schedule that goes on`,
      ),
    );
  for (const documentName of [names.documentName, names.retireDocumentName])
    if (documentName !== undefined && !rule.targets.some((arn) => isStart(arn, documentName)))
      findings.push(find("target-missing", `${title} does not start runbook ${documentName}: run pulumi up`));
  return findings;
}

function enabling({ scheduleGroupName }: Names): string {
  return scheduleGroupName === undefined
    ? "set enabled to true and run pulumi up, or enable the rule if somebody disabled it by hand"
    : "set enabled to true and run pulumi up --refresh, which also enables what somebody disabled by hand";
}

/** A rule names the runbook by its ARN, a schedule by its name. */
function isStart(arn: string, documentName: string): boolean {
  return (
    arn === documentName ||
    arn.split(":").slice(5).join(":").startsWith(`automation-definition/${documentName}:`)
  );
}

/** EventBridge tries for an hour to deliver a start. */
const GRACE_HOURS = 1;

/** Whether the schedule came to anything since it should have fired for sure. */
function judgeFreshness({ lookedAt, names, rule, firings, runbooks, ownImages }: Status): Finding[] {
  const { atWork, last, documentMadeAt } = runbooks.createImage;
  const gap = firings?.longestGapHours;
  if (!rule?.enabled || firings?.next === undefined || gap === undefined) return [];
  // Of runs that AWS has forgotten the image tells. Before the runbook was made, nothing can have run.
  const signs = [atWork?.startedAt, last?.startedAt, ownImages[0]?.createdAt, documentMadeAt];
  const newest = signs
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);
  if (newest === undefined || hoursBetween(newest, lookedAt) <= gap + GRACE_HOURS) return [];
  const seen = last ?? ownImages[0];
  const what =
    atWork !== undefined
      ? `Run ${atWork.id} of create-image has been at work since ${inUtc(atWork.startedAt)}, and later ones make nothing`
      : seen === undefined
        ? `No run of create-image is known`
        : `create-image has made nothing since ${inUtc(newest)}`;
  const todo =
    atWork !== undefined
      ? "look at what it waits for, and stop it if that does not come"
      : `look at the dead-letter queue and at the rule, and start a run with ${startCommand(names, names.documentName)}`;
  return [
    find(
      "no-run",
      `${what}, although ${lower(titleOfSchedule(names))} fires at least every ${Math.ceil(gap)} hours: ${todo}`,
    ),
  ];
}

function judgeGroup(status: Status): Finding[] {
  const { names, group, launchedImages, expected, runbooks } = status;
  const name = names.autoScalingGroupName;
  if (group === undefined)
    return [
      find(
        "group-missing",
        `Auto Scaling group ${name} does not exist, or is being deleted: set autoScalingGroupName to a group in ${names.region} and run pulumi up`,
      ),
    ];
  const findings = group.places.flatMap((place) => judgePlace(status, place));
  // While a run is at work it may be rolling out.
  if (findings.length > 0 || expected === undefined || runbooks.createImage.atWork !== undefined)
    return findings;
  const others = launchedImages.filter(
    (image) => image.id !== expected.imageId && !isLeftAlone(status, image),
  );
  if (others.length === 0) return [];
  return [
    find(
      "image-not-the-last",
      `Auto Scaling group ${name} launches image ${others.map(title).join(", ")} and not ${expected.imageId} (${expected.imageName}), which was rolled out last: if nobody rolled back on purpose, roll it out with ${rollOutCommand(names, expected.imageId)}`,
    ),
  ];
}

function judgePlace(status: Status, place: Place): Finding[] {
  const { names, launchedImages } = status;
  const where = `Auto Scaling group ${names.autoScalingGroupName} refers to ${place.name}`;
  const again = adviseImage(status);
  const image = launchedImages.find(({ id }) => id === place.imageId);
  if (place.imageId === undefined)
    return [find("image-missing", `${where}, which does not exist or names no image: ${again}`)];
  // Of one template a parameter's bare name was followed to the image; a roll-out refuses all else.
  if (place.imageId.startsWith("resolve:"))
    return [
      find(
        "image-not-ours",
        `${where}, which takes its image from ${place.imageId}: let the group use a version with an image id`,
      ),
    ];
  if (image === undefined)
    return [
      find(
        "image-missing",
        `${where} with image ${place.imageId}, which does not exist, so that the group can launch nothing: ${again}`,
      ),
    ];
  if (image.state !== "available")
    return [
      find(
        "image-not-available",
        `${where} with image ${title(image)}, which is ${image.state} and not available, so that the group can launch nothing: ${again}`,
      ),
    ];
  if (image.ours || isLeftAlone(status, image)) return [];
  return [
    find(
      "image-not-ours",
      `${where} with image ${title(image)}, which create-image did not make for this group: start a run with ${startCommand(names, names.documentName)}, or wait for the schedule`,
    ),
  ];
}

/** What can be launched instead of an image that cannot. */
function adviseImage({ names, ownImages }: Status): string {
  const good = ownImages.find(({ state }) => state === "available");
  return good === undefined
    ? `make a new image with ${startCommand(names, names.documentName)}`
    : `roll out ${title(good)} with ${rollOutCommand(names, good.id)}`;
}

function rollOutCommand(names: Names, imageId: string): string {
  return `${startCommand(names, names.rollOutDocumentName)} --parameters ImageId=${imageId}`;
}

/** In a mixed instances policy what has another architecture than the new image keeps its own. */
function isLeftAlone({ group, expected, launchedImages }: Status, image: Image): boolean {
  return (
    group?.kind === "mixed instances policy" &&
    launchedImages.some(({ id }) => id === expected?.imageId) &&
    expected?.image?.architecture !== image.architecture
  );
}

function title({ id, name }: Image): string {
  return `${id} (${name})`;
}

function judgeQueue({ names, deadLetters }: Status): Finding[] {
  const queue = `Dead-letter queue ${names.deadLetterQueueUrl}`;
  if (deadLetters === undefined)
    return [find("queue-missing", `${queue} does not exist, and starts that fail are lost: run pulumi up`)];
  if (deadLetters === 0) return [];
  return [
    find(
      "dead-letters",
      `${queue} has ${deadLetters} ${deadLetters === 1 ? "start" : "starts"} that EventBridge could not deliver: look at attribute ERROR_MESSAGE of the messages with aws sqs receive-message, mend what it names, and purge the queue`,
    ),
  ];
}

function judgeTopic({ topic }: Status): Finding[] {
  if (topic === undefined || topic.foreign) return [];
  const { arn, subscriptions } = topic;
  if (subscriptions === undefined)
    return [
      find("topic-missing", `Topic ${arn} does not exist, and failures are told to nobody: run pulumi up`),
    ];
  const { confirmed, pending } = subscriptions;
  if (confirmed + pending.length === 0)
    return [
      find(
        "no-subscription",
        `Nobody has subscribed to topic ${arn}, and failures are told to nobody: subscribe an address, or give notifications.emails`,
      ),
    ];
  return pending.map((address) =>
    find(
      "subscription-pending",
      `The subscription of ${address} to topic ${arn} is not confirmed, and nothing is sent there: open the link in AWS's mail, or where it is older than two days subscribe the address anew`,
    ),
  );
}

function judgeAlarms({ alarms }: Status): Finding[] {
  return alarms.flatMap(({ name, state, since, description }) => {
    if (state === undefined) return [find("alarm-missing", `Alarm ${name} does not exist: run pulumi up`)];
    if (state !== "ALARM") return [];
    const from = since === undefined ? "" : ` since ${inUtc(since)}`;
    const meaning = description?.trim().replace(/\.$/, "") ?? "look at what it measures in CloudWatch";
    return [find("alarm", `Alarm ${name} is in ALARM${from}: ${meaning}`)];
  });
}

function lower(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function find(about: FindingKind, sentence: string): Finding {
  return { about, sentence: `${sentence}.` };
}
