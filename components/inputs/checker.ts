import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";

/** A checked value: plain where a plain one was given, which spares Pulumi much of the work. */
export type Checked<T> = T | pulumi.Output<T>;

/** Turns a value that may be anything into one that can be used, or throws an InputError that says why not. */
export type Check<T> = (value: unknown) => T;

/**
 * Checks the inputs of one component. A plain value is checked at once, so that a mistake fails in the constructor. A
 * value that is known only later is checked when it is known, and only what passed goes on to the resources.
 */
export class Checker {
  private readonly passed: pulumi.Output<unknown>[] = [];

  constructor(private readonly component: string) {}

  /** The checked value of one input. */
  check<T>(value: unknown, check: Check<T>): Checked<T> {
    if (!isLater(value)) {
      return this.checkNow(value, check);
    }
    if (!isLaterItself(value)) {
      // A list or map of which only some entries are known later: the others need not wait for them.
      this.checkNow(withoutLater(value as object), check);
    }
    return this.checkLater(pulumi.output(value), check);
  }

  /** The checked value of what is known later as a whole. */
  checkLater<T>(value: pulumi.Output<unknown>, check: Check<T>): pulumi.Output<T> {
    const checked = value.apply((known) => this.hideSecrets(value, known, () => check(known)));
    return this.mustPass(checked) as pulumi.Output<T>;
  }

  /**
   * What follows from the answer of a look-up, or one sentence where the answer will not do. `asked` is what it was asked
   * with, and what the sentence quotes.
   */
  conclude<Q, A, C>(
    asked: Checked<Q>,
    answer: pulumi.Output<A>,
    conclusion: (asked: Q, answer: A) => C,
  ): pulumi.Output<C> {
    return pulumi
      .all([asked, answer])
      .apply(([known, answered]) =>
        this.hideSecrets(asked, known, () => conclusion(known as Q, answered as A)),
      ) as pulumi.Output<C>;
  }

  /** What sets the refresh off waits for this value too. */
  mustPass<T>(value: pulumi.Output<T>): pulumi.Output<T> {
    this.passed.push(value);
    return value;
  }

  /**
   * Resolves when every input so far has passed. What sets the refresh off depends on it, so that nothing runs on a
   * schedule while any input is wrong.
   */
  everythingPassed(): pulumi.Output<unknown> {
    return pulumi.all(this.passed);
  }

  /** Checks a plain value. */
  checkNow<T>(value: unknown, check: Check<T>): T {
    try {
      return check(value);
    } catch (error) {
      // A program may hold many components: the sentence says which one is meant.
      throw error instanceof InputError
        ? new InputError(`AmiRefresh "${this.component}": ${error.message}`)
        : error;
    }
  }

  /** Runs a check whose sentence quotes a value that may be secret. Whether it is one is known later than the sentence. */
  private hideSecrets<T>(quoted: unknown, known: unknown, run: () => T): T | Promise<T> {
    try {
      return this.checkNow(undefined, run);
    } catch (error) {
      return pulumi.isSecret(pulumi.output(quoted)).then((secret) => {
        throw error instanceof InputError && secret ? withoutSecret(error, known) : error;
      });
    }
  }
}

/** Whether a value, or anything inside it, is known only later. */
export function isLater(value: unknown): boolean {
  return (
    isLaterItself(value) ||
    (typeof value === "object" && value !== null && Object.values(value).some(isLater))
  );
}

/** Whether a value as a whole is known only later. */
export function isLaterItself(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

function withoutLater(value: object): unknown {
  const known = Object.entries(value).filter(([, entry]) => !isLater(entry));
  return Array.isArray(value) ? known.map(([, entry]) => entry as unknown) : Object.fromEntries(known);
}

/** A sentence quotes the value that it refuses; a secret is not to be read in a log. */
function withoutSecret(error: InputError, value: unknown): InputError {
  const quotedTexts = texts(value).map((text) => JSON.stringify(text).slice(1, -1));
  return new InputError(
    quotedTexts.reduce((message, text) => message.replaceAll(text, "[secret]"), error.message),
  );
}

function texts(value: unknown): string[] {
  if (typeof value === "string") {
    return value === "" ? [] : [value];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const parts: unknown[] = Array.isArray(value) ? value : Object.entries(value).flat();
  return parts.flatMap(texts);
}
