import { type Clients, createClients } from "./clients";
import type { Names } from "./names";
import { type Alarm, readAlarms } from "./read/alarms";
import { countDeadLetters } from "./read/deadLetters";
import { type Group, readGroup } from "./read/group";
import { type Image, readImages, readOwnImages } from "./read/images";
import { countInstances } from "./read/instances";
import { readRule, type Rule } from "./read/rule";
import { readSchedules } from "./read/schedules";
import { readRunbook, type Runbook } from "./read/runs";
import { readSubscriptions, type Subscriptions } from "./read/subscriptions";
import { findFirings } from "./schedule/firings";
import { type Expected, readExpected } from "./expected";

/** Everything that was seen. Times are ISO 8601 in UTC. */
export interface Status {
  readonly lookedAt: string;
  readonly names: Names;
  readonly runbooks: Runbooks;
  /** The rule, or the schedules in its place; nothing where they do not exist. */
  readonly rule?: Rule;
  /** When it fires, were it on; nothing where its expression is none that the component registers. */
  readonly firings?: { readonly next?: string; readonly longestGapHours?: number };
  /** Nothing where the group does not exist. */
  readonly group?: Group;
  /** The images that create-image made for the group and that still exist, the newest in front. */
  readonly ownImages: readonly Image[];
  /** Of the images that the group refers to, those that exist. */
  readonly launchedImages: readonly Image[];
  /** What the group should launch: what was rolled out last. Nothing where nothing is known of any roll-out. */
  readonly expected?: Expected;
  readonly instances: Instances;
  /** How many starts could not be delivered; nothing where the queue does not exist. */
  readonly deadLetters?: number;
  /** Nothing where notices are sent to nobody. */
  readonly topic?: Topic;
  readonly alarms: readonly Alarm[];
}

export interface Runbooks {
  readonly createImage: Runbook;
  readonly rollOut: Runbook;
  readonly retire?: Runbook;
  readonly watch?: Runbook;
}

/** The group's running instances, by the image that they were launched from. */
export interface Instances {
  readonly running: number;
  /** Of an image older than what the group refers to, or of one that is gone. */
  readonly older: number;
  /** Of a newer one, after a roll-back. */
  readonly newer: number;
}

export interface Topic {
  readonly arn: string;
  /** Another account has it, and its subscriptions are not ours to look at. */
  readonly foreign: boolean;
  /** Nothing where it does not exist, or is another account's. */
  readonly subscriptions?: Subscriptions;
}

export interface ReadOptions {
  /** With what AWS is asked; by default with the SDK's own credentials, in the stack's Region. */
  readonly clients?: Clients;
  readonly now?: Date;
}

/**
 * Looks at everything that a stack has to do with. It only reads.
 *
 * @throws StatusError with one sentence where something could not be looked at
 */
export async function readStatus(names: Names, options: ReadOptions = {}): Promise<Status> {
  const { clients = createClients(names.region), now = new Date() } = options;
  const { autoScalingGroupName: groupName } = names;
  const [runbooks, rule, group, ownImages, counts, deadLetters, topic, alarms] = await Promise.all([
    readRunbooks(clients, names),
    readStarter(clients, names),
    readGroup(clients, groupName),
    readOwnImages(clients.ec2, groupName),
    countInstances(clients.ec2, groupName),
    countDeadLetters(clients.sqs, names.deadLetterQueueUrl),
    readTopic(clients, names),
    readAlarms(clients.cloudWatch, names.alarmNames),
  ]);
  const launched = [...new Set(group?.places.flatMap(({ imageId }) => imageId ?? []))];
  const known = new Map(ownImages.map((image) => [image.id, image]));
  const asked = [...new Set([...launched, ...counts.keys()])].filter((id) => !known.has(id));
  for (const image of await readImages(clients.ec2, groupName, asked)) known.set(image.id, image);
  const launchedImages = launched.flatMap((id) => known.get(id) ?? []);
  const firings = rule && findFirings(rule.scheduleExpression, now, rule.timeZone);
  return {
    lookedAt: now.toISOString(),
    names,
    runbooks,
    rule,
    firings: firings && { ...firings, next: firings.next?.toISOString() },
    group,
    ownImages,
    launchedImages,
    expected: await readExpected(clients, names, {
      success: runbooks.createImage.lastSuccess,
      group,
      ownImages,
      launchedImages,
    }),
    instances: compareInstances(counts, launchedImages, known),
    deadLetters,
    topic,
    alarms,
  };
}

async function readRunbooks({ ssm }: Clients, names: Names): Promise<Runbooks> {
  const read = (name: string | undefined) =>
    name === undefined ? Promise.resolve(undefined) : readRunbook(ssm, name);
  const [createImage, rollOut, retire, watch] = await Promise.all([
    readRunbook(ssm, names.documentName),
    readRunbook(ssm, names.rollOutDocumentName),
    read(names.retireDocumentName),
    read(names.watchDocumentName),
  ]);
  return { createImage, rollOut, retire, watch };
}

function readStarter({ eventBridge, scheduler }: Clients, names: Names): Promise<Rule | undefined> {
  const { ruleName, scheduleGroupName, retireDocumentName } = names;
  return scheduleGroupName === undefined
    ? readRule(eventBridge, ruleName ?? "")
    : readSchedules(scheduler, scheduleGroupName, [
        "create-image",
        ...(retireDocumentName === undefined ? [] : ["retire"]),
      ]);
}

async function readTopic({ sns }: Clients, names: Names): Promise<Topic | undefined> {
  const { topicArn: arn, deadLetterQueueUrl } = names;
  if (arn === undefined) return undefined;
  const account = arn.split(":")[4];
  if (!deadLetterQueueUrl.split("/").includes(account)) return { arn, foreign: true };
  return { arn, foreign: false, subscriptions: await readSubscriptions(sns, arn) };
}

function compareInstances(
  counts: ReadonlyMap<string, number>,
  launched: readonly Image[],
  known: ReadonlyMap<string, Image>,
): Instances {
  const current = new Set(launched.map(({ id }) => id));
  const newest =
    launched
      .map(({ createdAt }) => createdAt)
      .sort()
      .at(-1) ?? "";
  const others = [...counts].filter(([id]) => !current.has(id));
  const newer = others.filter(([id]) => (known.get(id)?.createdAt ?? "") > newest);
  const sum = (some: [string, number][]) => some.reduce((total, [, count]) => total + count, 0);
  return { running: sum([...counts]), older: sum(others) - sum(newer), newer: sum(newer) };
}
