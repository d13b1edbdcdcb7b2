/** An error answer of an AWS service: its code, its message and the HTTP status, as the service words them. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** A call to which no answer came: the request was lost, or the answer was, and who called cannot tell which. */
export class NoAnswer extends Error {}
