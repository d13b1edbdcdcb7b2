import * as pulumi from "@pulumi/pulumi";

/**
 * An Output that is not known: what is applied to it does not run, and what depends on it shows as unknown. The SDK makes
 * none on demand; the answer of a look-up whose argument is not known is one, and asks nobody.
 */
export function makeUnknown<T>(): pulumi.Output<T> {
  return pulumi.runtime.invokeOutput<T>("ami-refresh:index:nothing", { not: pulumi.runtime.unknownValue });
}
