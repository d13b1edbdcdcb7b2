/** A look-up that AWS answers with an error, or with nothing: the program may catch it. */
export class LookUpFailure extends Error {
  /** What the SDK takes for the message of a look-up that failed. */
  readonly details: string;

  constructor(token: string, reason: string) {
    const details = `invocation of ${token} returned an error: invoking ${token}: 1 error occurred:\n\t* ${reason}\n\n`;
    super(details);
    this.details = details;
  }
}

/** How a look-up says that there is no such thing; the token is put in front of it. */
export class NotFound extends Error {}
