import { titleOfSchedule } from "./names";
import type { Place } from "./read/group";
import type { Run, Runbook } from "./read/runs";
import type { Report } from "./report";
import { inUtc, inZone, since } from "./times";

/** The report as a person reads it. */
export function print(report: Report, timeZone?: string): string {
  const { names, lookedAt, healthy, findings, verification } = report;
  const verdict = healthy ? "healthy" : "not healthy";
  return [
    `Auto Scaling group ${names.autoScalingGroupName} in ${names.region}, ${inUtc(lookedAt)}: ${verdict}`,
    ...section(
      "What is the matter",
      findings.map(({ sentence }) => `- ${sentence}`),
    ),
    ...section("Runs", listRuns(report)),
    ...section("Image", listPlaces(report)),
    ...section("Kept by retention", listKept(report)),
    ...section("Schedule", listSchedule(report, timeZone)),
    ...section("Notices", listNotices(report)),
    ...section(
      "The article's verification",
      verification.map(
        ({ line, holds }) => `${holds === undefined ? "?  " : holds ? "yes" : "no "}  ${line}`,
      ),
    ),
    "",
  ].join("\n");
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function listRuns({ runbooks, lookedAt }: Report): string[] {
  const named: [string, Runbook | undefined, number][] = [
    ["create-image", runbooks.createImage, 5],
    ["roll-out", runbooks.rollOut, 1],
    ["retire", runbooks.retire, 1],
    ["watch", runbooks.watch, 1],
  ];
  return named.flatMap(([title, runbook, most]) => {
    if (runbook === undefined) return [];
    const runs = runbook.recent.slice(0, most);
    if (runs.length === 0) return [`${title.padEnd(12)}  no run is known`];
    return runs.map((run) => {
      const explained = run.id === runbook.last?.id ? runbook.last : run;
      return `${title.padEnd(12)}  ${inUtc(run.startedAt)}, ${since(run.startedAt, lookedAt)} ago  ${run.id}  ${describe(explained)}`;
    });
  });
}

function describe({ status, yieldedTo, failedStep, sentence, outputs }: Run): string {
  if (yieldedTo !== undefined) return `made nothing, because run ${yieldedTo} was at work`;
  if (status === "Success") return [status, ...(outputs.Summary ?? [])].join(": ");
  const step = failedStep === undefined ? status : `${status} in step ${failedStep}`;
  return sentence === undefined ? step : `${step}: ${sentence}`;
}

function listPlaces(report: Report): string[] {
  const { group, names, instances, ownImages } = report;
  if (group === undefined) return [`Auto Scaling group ${names.autoScalingGroupName} does not exist`];
  const { running, older, newer } = instances;
  const after = newer === 0 ? "" : `, ${newer} of a newer one`;
  return [
    ...group.places.map((place) => describePlace(report, place)),
    `${running} running ${running === 1 ? "instance" : "instances"}, ${older} of an older image${after}`,
    `${ownImages.length} ${ownImages.length === 1 ? "image of this group exists" : "images of this group exist"}`,
  ];
}

function describePlace({ launchedImages, lookedAt }: Report, { where, name, imageId }: Place): string {
  const image = launchedImages.find(({ id }) => id === imageId);
  const place = name.startsWith(where) ? name : `${where}, ${name}`;
  if (image === undefined) return `${place}: ${imageId ?? "no image"}, which does not exist`;
  const ours = image.ours ? "" : ", not made by create-image";
  return `${place}: ${image.id} (${image.name}), ${image.state}, ${since(image.createdAt, lookedAt)} old${ours}`;
}

function listKept({ runbooks }: Report): string[] {
  const { retire } = runbooks;
  if (retire === undefined) return [];
  const kept = retire.lastSuccess?.outputs.Kept ?? [];
  if (retire.lastSuccess === undefined) return ["no run of retire is known"];
  return kept.length === 0 || kept[0] === "none" ? ["nothing against its age"] : [...kept];
}

function listSchedule({ rule, names, firings }: Report, timeZone?: string): string[] {
  const title = titleOfSchedule(names).replace(/^./, (letter) => letter.toLowerCase());
  if (rule === undefined) return [`${title} does not exist`];
  const on = rule.enabled ? "on" : "off";
  const zone = rule.timeZone === undefined ? "" : `, ${rule.timeZone}`;
  return [
    `${title} is ${on}: ${rule.scheduleExpression}${zone}`,
    describeNext(firings, timeZone ?? rule.timeZone),
  ];
}

function describeNext(firings: Report["firings"], timeZone: string | undefined): string {
  if (firings === undefined) return "when it fires next is not known, because of the form of its schedule";
  const { next } = firings;
  if (next === undefined) return "it does not fire any more";
  const zones = [inUtc(next), `${inZone(next)} (here)`];
  if (timeZone !== undefined) zones.push(inZone(next, timeZone));
  return `the next time: ${zones.join(", ")}`;
}

function listNotices({ deadLetters, topic, alarms }: Report): string[] {
  return [
    deadLetters === undefined ? "the dead-letter queue does not exist" : `${deadLetters} dead letters`,
    describeTopic(topic),
    ...alarms.map(({ name, state }) => `alarm ${name}: ${state ?? "does not exist"}`),
  ];
}

function describeTopic(topic: Report["topic"]): string {
  if (topic === undefined) return "failures are told to nobody: no notifications are configured";
  if (topic.foreign) return `topic ${topic.arn} is another account's, its subscriptions are not looked at`;
  if (topic.subscriptions === undefined) return `topic ${topic.arn} does not exist`;
  const { confirmed, pending } = topic.subscriptions;
  return `topic ${topic.arn}: ${confirmed} subscribed, ${pending.length} not confirmed`;
}
