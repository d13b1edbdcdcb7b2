import * as pulumi from "@pulumi/pulumi";

/**
 * An input that cannot be used. Its message is one sentence: the input's name, the value, what is allowed and the
 * likely repair.
 *
 * The engine prints a plain `Error` with ten lines of stack. Three things make it print the sentence alone, tried with
 * Pulumi 3.248: it extends RunError (its stack is hidden where the program's host reports it), `stack` is undefined
 * (other reporters print `stack` when there is one), and `message` is a getter with an empty setter (the SDK appends
 * the place of the failing resource to the message of an error that passes through it).
 *
 * Without a stack the host is also done at once. It gives every error, shown or not, to util.inspect with colours (cmd/run/run,
 * cmd/run/error), and Node 20 and 22 go round in circles there (markNodeModules, until the string is too long: 20 to 50 seconds
 * and 4 GB) at a frame such as `node_modules/@pulumi/config.ts`, which is how source maps name the SDK's own files. So no error
 * of the SDK's own, such as those of pulumi.Config, may be thrown either.
 */
export class InputError extends pulumi.RunError {
  constructor(sentence: string) {
    super();
    this.name = "InputError";
    Object.defineProperty(this, "stack", { value: undefined });
    Object.defineProperty(this, "message", { get: () => sentence, set: () => undefined, enumerable: true });
  }
}
