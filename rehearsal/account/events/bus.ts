import type { Clock } from "../clock";
import type { Sns } from "../sns";
import { type EventValue, matches, type Pattern } from "./pattern";
import { type InputTransformer, transform } from "./transformer";

/** A rule on events, whose targets are topics. */
export interface PatternRule {
  name: string;
  arn: string;
  pattern: Pattern;
  targets: { topicArn: string; transformer: InputTransformer }[];
}

/** The default event bus, as far as rules on events are concerned. */
export class EventBus {
  readonly rules: PatternRule[] = [];

  constructor(private readonly account: { clock: Clock; sns: Sns }) {}

  /** Every rule that matches the event tells its topics. EventBridge gives a topic's policy no condition key. */
  emit(event: EventValue): void {
    const { clock, sns } = this.account;
    for (const { targets } of this.rules.filter(({ pattern }) => matches(pattern, event))) {
      for (const { topicArn, transformer } of targets) {
        sns.publish(
          {},
          {
            at: clock.now(),
            topicArn,
            by: "events.amazonaws.com",
            subject: "AWS Notification Message",
            text: transform(transformer, event),
            isFirst: false,
          },
        );
      }
    }
  }
}
