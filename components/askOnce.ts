import * as pulumi from "@pulumi/pulumi";
import { ofProgram } from "./program";

/** Answers by the look-up's token, and by what it was asked about. */
type Answers = Map<string, Map<unknown, pulumi.Output<unknown>>>;

/** By provider: two of them may be in different accounts. */
const answered = ofProgram(() => new WeakMap<object, Answers>());

/** Stands for the one that Pulumi makes itself. */
const DEFAULT_PROVIDER = {};

/**
 * The answer of a look-up that another component of the program may have made already, with the same provider and about the
 * same: a text, or the very same Output.
 */
export function askOnce<A>(
  component: pulumi.Resource,
  token: string,
  about: unknown,
  ask: () => pulumi.Output<A>,
): pulumi.Output<A> {
  const ofProvider = entry<object, Answers>(
    answered(),
    component.getProvider(token) ?? DEFAULT_PROVIDER,
    () => new Map(),
  );
  const ofToken = entry(ofProvider, token, () => new Map<unknown, pulumi.Output<unknown>>());
  return entry(ofToken, about, ask) as pulumi.Output<A>;
}

function entry<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
