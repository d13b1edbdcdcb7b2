import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../rehearsal/aws/api";
import { Provider } from "../rehearsal/deploy/provider";

export const TOKYO: Place = { partition: "aws", region: "ap-northeast-1", accountId: "123456789012" };
export const BEIJING: Place = { partition: "aws-cn", region: "cn-north-1", accountId: "210987654321" };
export const GOVCLOUD: Place = {
  partition: "aws-us-gov",
  region: "us-gov-west-1",
  accountId: "111122223333",
};

/** One registration as the engine would receive it. Mocks tell neither the parent nor what it depends on. */
export interface Recorded {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  custom: boolean;
  /** What the provider gave back. */
  state: Record<string, unknown>;
  provider: string | undefined;
}

export interface Program<T> {
  value: T;
  resources: Recorded[];
  lookUps: { token: string; provider: string | undefined }[];
  /** Parent types and own type of every resource, by its name. */
  urns: Map<string, string>;
  /** What went wrong later than in the constructor, each error once. */
  rejections: unknown[];
}

export interface MockOptions {
  place?: Place;
  preview?: boolean;
  project?: string;
  /** How many milliseconds the registration of a name takes. */
  takes?: Record<string, number>;
}

/** Runs a piece of program under Pulumi's mocks, with the same answers that the rehearsal gives. */
export async function underMocks<T>(
  build: () => T,
  { place = TOKYO, preview = false, project = "project", takes = {} }: MockOptions = {},
): Promise<Program<T>> {
  const provider = new Provider(place);
  const resources: Recorded[] = [];
  const lookUps: Program<T>["lookUps"] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: async ({ type, name, inputs, custom, provider: chosen }) => {
        await new Promise((resolve) => setTimeout(resolve, takes[name] ?? 0));
        const made = type.startsWith("aws:")
          ? provider.create(type, name, inputs)
          : { id: `${name}-id`, state: inputs };
        const { id, state } = made;
        resources.push({ type, name, inputs, custom: custom === true, state, provider: chosen || undefined });
        // In a preview a provider knows names but neither ids nor ARNs.
        return preview ? { id: "", state: { ...state, arn: undefined } } : { id, state };
      },
      call: ({ token, inputs, provider: chosen }) => {
        lookUps.push({ token, provider: chosen || undefined });
        return provider.lookUp(token, inputs);
      },
    },
    project,
    "stack",
    preview,
  );
  const { value, rejections } = await settled(build);
  return { value, resources, lookUps, urns: registeredUrns(), rejections };
}

/**
 * Builds, and waits until everything is registered or until an Output was rejected, after which the rest never is. Like
 * the engine's host it collects each rejection once; tests/setup.ts would throw at the first.
 */
async function settled<T>(build: () => T): Promise<{ value: T; rejections: unknown[] }> {
  const rejections = new Set<unknown>();
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  const rejected = new Promise<void>((resolve) => {
    process.on("unhandledRejection", (error) => {
      rejections.add(error);
      resolve();
    });
  });
  try {
    const value = build();
    await Promise.race([pulumi.runtime.disconnect(), rejected]);
    // Rejections arrive some turns after everything else.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { value, rejections: [...rejections] };
  } finally {
    process.removeAllListeners("unhandledRejection");
    others.forEach((other) => process.on("unhandledRejection", other));
  }
}

function registeredUrns(): Map<string, string> {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    getRegisteredResources(): Map<string, unknown>;
  };
  return new Map(
    [...monitor.getRegisteredResources().keys()].map((urn) => [urn.split("::")[3], urn.split("::")[2]]),
  );
}

/** The value of an Output. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** The message of what a function throws. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}
