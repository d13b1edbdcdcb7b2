import type { Clock } from "../clock";
import type { Sns } from "../sns";
import type { BusEvent } from "./busEvent";
import type { Pattern } from "./pattern";
import type { Rule } from "./rule";
import type { Transformer } from "./transformer";

/** A rule on events, whose targets are topics. */
export interface PatternRule {
  name: string;
  arn: string;
  pattern: Pattern;
  /** Without a transformer a topic gets the whole event. */
  targets: { topicArn: string; transformer?: Transformer }[];
}

/** The default event bus, as far as rules on events are concerned. */
export class EventBus {
  readonly rules: PatternRule[] = [];
  /** The rules with a schedule, by their names. */
  readonly schedules = new Map<string, Rule>();

  constructor(private readonly account: { clock: Clock; sns: Sns }) {}

  /**
   * Every rule that matches the event tells its topics. EventBridge tells a topic's policy nothing:
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
   */
  emit(event: BusEvent): void {
    const { clock, sns } = this.account;
    for (const rule of this.rules.filter(({ pattern }) => pattern(event))) {
      for (const { topicArn, transformer } of rule.targets) {
        sns.publish(undefined, {
          at: clock.now(),
          topicArn,
          by: "events.amazonaws.com",
          subject: "AWS Notification Message",
          text: asText(transformer?.(event, rule) ?? JSON.stringify(event)),
          isFirst: false,
        });
      }
    }
  }
}

/** A JSON text as a person reads it. AWS's examples show it in its quotation marks, and do not say what an e-mail shows. */
function asText(json: string): string {
  return /^"([^"\\]|\\.)*"$/s.test(json) ? (JSON.parse(json) as string) : json;
}
