import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";
import { Place } from "../place";
import { quote } from "../quote";
import { Check, Checker, isLaterItself } from "./checker";
import { checkKeys } from "./keys";

const KEYS = ["topicArn", "emails", "kmsKeyArn"] as const;
/** More people are reached by a topic of one's own. */
const EMAILS_MAX = 20;
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[\w/-]+$/;

/** Notifications that were given, the values in them not checked yet. */
export interface GivenNotifications {
  readonly topicArn?: unknown;
  readonly emails?: readonly unknown[];
  readonly kmsKeyArn?: unknown;
}

/** Where notices are sent, checked. */
export type Notifications =
  | { readonly topicArn: pulumi.Output<string> }
  | { readonly emails: pulumi.Input<string>[]; readonly kmsKeyArn: pulumi.Input<string> | undefined };

const checkMap: Check<Partial<Record<(typeof KEYS)[number], unknown>>> = checkKeys(
  "notifications",
  KEYS,
  "give topicArn or emails in it, or leave it out and nobody is told",
);

/** Checks which of them are given: one of topic and addresses, and a key only for the topic that is made. */
export function checkNotificationKeys(value: unknown): GivenNotifications {
  const map = checkMap(value);
  const { emails, ...given } = map;
  if ("topicArn" in map === "emails" in map) {
    throw new InputError(
      `notifications ${quote(Object.keys(map))} must name one of topicArn and emails: give the ARN of your own topic, or ` +
        `e-mail addresses and a topic is made.`,
    );
  }
  if ("topicArn" in map && "kmsKeyArn" in map) {
    throw new InputError(
      `notifications.kmsKeyArn encrypts the topic that is made for emails, and topicArn names your own: encrypt that one ` +
        `where it is made, and leave kmsKeyArn out.`,
    );
  }
  return emails === undefined ? given : { ...given, emails: checkList(emails) };
}

function checkList(emails: unknown): readonly unknown[] {
  if (isLaterItself(emails) || !Array.isArray(emails) || emails.length === 0 || emails.length > EMAILS_MAX) {
    const found = isLaterItself(emails)
      ? "is known only later as a whole"
      : `${quote(emails)} cannot be used`;
    throw new InputError(
      `notifications.emails ${found}: give a plain list of 1 to ${EMAILS_MAX} addresses, or topicArn.`,
    );
  }
  return emails;
}

/** The values in them, checked when they are known. */
export function checkNotifications(
  checker: Checker,
  given: GivenNotifications | undefined,
  place: pulumi.Output<Place>,
): Notifications | undefined {
  if (given === undefined) {
    return undefined;
  }
  if (given.emails === undefined) {
    const topicArn = checker.check(given.topicArn, checkTopicArn);
    return { topicArn: checker.checkLater(pulumi.output({ arn: topicArn, place }), checkTopicPlace) };
  }
  const emails = given.emails.map((email) => checker.check(email, checkEmail));
  checker.check(given.emails, refuseTwins);
  return {
    emails,
    kmsKeyArn: given.kmsKeyArn === undefined ? undefined : checker.check(given.kmsKeyArn, checkKeyArn),
  };
}

function checkTopicArn(value: unknown): string {
  if (typeof value !== "string" || !TOPIC_ARN.test(value)) {
    throw new InputError(
      `notifications.topicArn ${quote(value)} is not the ARN of a topic: it reads ` +
        `arn:<partition>:sns:<region>:<account>:<name>; copy it from the SNS console.`,
    );
  }
  if (value.endsWith(".fifo")) {
    throw new InputError(
      `notifications.topicArn ${quote(value)} is a FIFO topic, to which CloudWatch and EventBridge do not publish as ` +
        `they do here: give a standard topic.`,
    );
  }
  return value;
}

/** An alarm's action is in the alarm's Region. */
function checkTopicPlace(value: unknown): string {
  const { arn, place } = value as { arn: string; place: Place };
  const here = `arn:${place.partition}:sns:${place.region}:${place.accountId}:`;
  if (!arn.startsWith(here)) {
    throw new InputError(
      `notifications.topicArn ${quote(arn)} is of another Region or account: give a topic whose ARN begins with ${here}.`,
    );
  }
  return arn;
}

function checkEmail(value: unknown): string {
  if (typeof value !== "string" || value.length > 254 || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value)) {
    throw new InputError(
      `notifications.emails ${quote(value)} is not an e-mail address: give one such as team@example.com.`,
    );
  }
  return value;
}

function refuseTwins(value: unknown): void {
  const emails = (value as unknown[]).map((email) => String(email).toLowerCase());
  const twin = emails.find((email, index) => emails.indexOf(email) < index);
  if (twin !== undefined) {
    throw new InputError(`notifications.emails ${quote(twin)} is there twice: leave one of them out.`);
  }
}

function checkKeyArn(value: unknown): string {
  const text = typeof value === "string" ? value : "";
  if (/alias\/aws\//.test(text)) {
    throw new InputError(
      `notifications.kmsKeyArn ${quote(value)} is a key of AWS's own, with which neither EventBridge nor CloudWatch can ` +
        `publish: give the ARN of a customer managed key whose policy allows both, or leave it out.`,
    );
  }
  if (!KEY_ARN.test(text)) {
    throw new InputError(
      `notifications.kmsKeyArn ${quote(value)} is not the ARN of a KMS key: it reads ` +
        `arn:<partition>:kms:<region>:<account>:key/<id>; copy it from the KMS console, or leave it out.`,
    );
  }
  return text;
}
