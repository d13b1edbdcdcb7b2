import type { Message, Sns } from "./account/sns";

/** A message, and the night in which it was sent; 0 before the first, and for what an alarm tells of its first state. */
export interface SentMessage extends Message {
  night: number;
}

/** Every message that subscribers received, in the order in which they were sent. */
export class MessageLog {
  private readonly nights: { number: number; at: Date }[] = [];
  private told = 0;

  constructor(private readonly sns: Sns) {}

  nightBegins(number: number, at: Date): void {
    this.nights.push({ number, at });
  }

  all(): SentMessage[] {
    return this.sns.messages.map((message) => ({ ...message, night: this.nightOf(message) }));
  }

  /** Those that were sent since they were last taken. */
  take(): SentMessage[] {
    const taken = this.sns.messages.slice(this.told);
    this.told = this.sns.messages.length;
    return taken.map((message) => ({ ...message, night: this.nightOf(message) }));
  }

  private nightOf({ at, isFirst }: Message): number {
    return isFirst ? 0 : (this.nights.filter((night) => night.at <= at).at(-1)?.number ?? 0);
  }
}
