import * as pulumi from "@pulumi/pulumi";

/**
 * An input that cannot be used. Its message is one sentence: the input's name, the value, what is allowed and the
 * likely repair.
 *
 * The engine prints a plain `Error` with ten lines of stack. Three things make it print the sentence alone, tried with
 * Pulumi 3.248: it extends RunError (its stack is hidden where the program's host reports it), `stack` is undefined
 * (other reporters print `stack` when there is one), and `message` is a getter with an empty setter (the SDK appends
 * the place of the failing resource to the message of an error that passes through it).
 */
export class InputError extends pulumi.RunError {
  constructor(sentence: string) {
    super();
    this.name = "InputError";
    Object.defineProperty(this, "stack", { value: undefined });
    Object.defineProperty(this, "message", { get: () => sentence, set: () => undefined, enumerable: true });
  }
}
