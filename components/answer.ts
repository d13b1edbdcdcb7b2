import * as pulumi from "@pulumi/pulumi";
import { InputError } from "./errors";
import { Checker } from "./inputs/checker";
import { makeUnknown } from "./unknown";

/** A look-up, and what its answer must have: at least one of these members, as every answer of the provider does. */
export interface LookUp<A> {
  readonly token: string;
  readonly anyOf: (keyof A & string)[];
}

/**
 * The answer, if it has what it must have. A provider that cannot be configured yet, because its role is made by the same
 * program, answers every look-up of a preview with an empty map: then the answer is not known. Anything else that is
 * incomplete comes from the mocks of a unit test. `cause` is what fails for the same reason where it does, and tells it alone.
 */
export function requireAnswer<A extends object>(
  checker: Checker,
  { token, anyOf }: LookUp<A>,
  answer: pulumi.Output<A>,
  cause: pulumi.Output<unknown>,
): pulumi.Output<A> {
  const complete = answer.apply((given): pulumi.Output<unknown> => {
    if (pulumi.runtime.isDryRun() && Object.keys(given).length === 0) {
      return makeUnknown();
    }
    return anyOf.some((member) => given[member] !== undefined)
      ? pulumi.output(given)
      : checker.conclude(cause, pulumi.output(undefined), () => {
          throw new InputError(
            `the look-up ${token} was answered without ${anyOf.join(", ")}: in a unit test let the mocks answer it, with ` +
              `answerLookUps of ami-refresh/testing; elsewhere make sure that the AWS provider is of version 7.`,
          );
        });
  });
  return complete as pulumi.Output<A>;
}
