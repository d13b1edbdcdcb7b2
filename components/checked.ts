import * as pulumi from "@pulumi/pulumi";
import { InputError } from "./errors";

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
  input<T>(value: unknown, check: Check<T>): pulumi.Output<T> {
    const checked = isLater(value)
      ? (pulumi.output(value) as pulumi.Output<unknown>).apply((known) => this.now(known, check))
      : (pulumi.output(this.now(value, check)) as pulumi.Output<T>);
    this.passed.push(checked);
    return checked;
  }

  /**
   * Resolves when every input so far has passed. What sets the refresh off depends on it, so that nothing runs on a
   * schedule while any input is wrong.
   */
  everythingPassed(): pulumi.Output<unknown> {
    return pulumi.all(this.passed);
  }

  /** Checks a plain value. */
  now<T>(value: unknown, check: Check<T>): T {
    try {
      return check(value);
    } catch (error) {
      // A program may hold many components: the sentence says which one is meant.
      throw error instanceof InputError
        ? new InputError(`AmiRefresh "${this.component}": ${error.message}`)
        : error;
    }
  }
}

/** Whether a value, or anything inside it, is known only later. */
function isLater(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    return true;
  }
  return typeof value === "object" && value !== null && Object.values(value).some(isLater);
}
