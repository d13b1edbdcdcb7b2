import * as pulumi from "@pulumi/pulumi";

/**
 * An Output that is not known: what is applied to it does not run, and what depends on it shows as unknown. The SDK makes
 * none on demand; the answer of a look-up whose argument is not known is one, and asks nobody.
 */
export function makeUnknown<T>(): pulumi.Output<T> {
  return pulumi.runtime.invokeOutput<T>("ami-refresh:index:nothing", { not: pulumi.runtime.unknownValue });
}

/**
 * The answer of a look-up. A provider that cannot be configured yet, because its role is made by the same program, answers
 * every look-up of a preview with an empty map: then the answer is not known.
 */
export function unknownIfEmpty<T extends object>(answer: pulumi.Output<T>): pulumi.Output<T> {
  return answer.apply((given) => {
    const known: pulumi.Output<unknown> =
      Object.keys(given).length === 0 ? makeUnknown() : pulumi.output(given);
    return known as pulumi.Output<T>;
  });
}
