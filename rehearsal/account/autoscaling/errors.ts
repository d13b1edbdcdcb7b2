import { AwsError } from "../errors";

/** Auto Scaling's answer to whatever it does not like about a request. */
export function validationError(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

/** Its answer to a launch template with which EC2 would launch nothing, in EC2's words. */
export function invalidTemplate(words: string): AwsError {
  return validationError(`You must use a valid fully-formed launch template. ${words}`);
}
