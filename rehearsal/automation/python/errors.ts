/** A script ended with an exception, or returned what cannot be returned. */
export class ScriptError extends Error {
  /** The exception's own line, `TYPE: message`. */
  readonly lastLine: string;

  constructor(readonly traceback: string) {
    const lastLine = traceback.trimEnd().split("\n").at(-1) ?? "";
    super(lastLine);
    this.lastLine = lastLine;
  }
}

/** A script took longer than it may, in virtual time. */
export class ScriptTimedOut extends Error {
  constructor(readonly budgetSeconds: number) {
    super(`the script took more than ${budgetSeconds} seconds`);
  }
}
