import { AwsError } from "../errors";

/** Auto Scaling's answer to whatever it does not like about a request. */
export function validationError(message: string): AwsError {
  return new AwsError("ValidationError", message);
}
