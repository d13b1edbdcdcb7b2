import * as pulumi from "@pulumi/pulumi";
import { Account } from "../rehearsal/account/account";
import type { Place } from "../rehearsal/account/api";
import { Clock } from "../rehearsal/account/clock";
import { furnish, type WorldWanted } from "../rehearsal/account/world";
import { Provider } from "../rehearsal/deploy/provider";

export const TOKYO: Place = { partition: "aws", region: "ap-northeast-1", accountId: "123456789012" };
export const BEIJING: Place = { partition: "aws-cn", region: "cn-north-1", accountId: "210987654321" };
/** A Region of every partition that botocore 1.44.8 has. */
export const PLACES: Place[] = [
  TOKYO,
  BEIJING,
  { partition: "aws-us-gov", region: "us-gov-west-1", accountId: "111122223333" },
  { partition: "aws-eusc", region: "eusc-de-east-1", accountId: "111122223333" },
  { partition: "aws-iso", region: "us-iso-east-1", accountId: "111122223333" },
  { partition: "aws-iso-b", region: "us-isob-east-1", accountId: "111122223333" },
  { partition: "aws-iso-e", region: "eu-isoe-west-1", accountId: "111122223333" },
  { partition: "aws-iso-f", region: "us-isof-south-1", accountId: "111122223333" },
];

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

/** One look-up as the engine would receive it. */
export interface LookedUp {
  token: string;
  inputs: Record<string, unknown>;
  provider: string | undefined;
}

export interface Program<T> {
  value: T;
  resources: Recorded[];
  lookUps: LookedUp[];
  /** Parent types and own type of every resource, by its own type and its name: `TYPE::NAME`. */
  urns: Map<string, string>;
  /** What went wrong later than in the constructor, each error once. */
  rejections: unknown[];
  /** What the program remarked through pulumi.log.info. */
  remarks: string[];
}

export interface MockOptions {
  place?: Place;
  /** Answers the look-ups. Without one, an account at `place` that has what the tests' programs name. */
  account?: Account;
  preview?: boolean;
  project?: string;
  /** Answers a look-up otherwise than the account does, or fails it; undefined leaves the answer to the account. */
  answer?: (token: string, inputs: Record<string, unknown>) => Record<string, unknown> | undefined;
  /** The Region of an explicit provider; the account answers there as it does here. */
  elsewhere?: string;
  /** How many milliseconds the registration of a name takes, or the look-up of a token. */
  takes?: Record<string, number>;
}

/** An account with the golden instance and the group that the tests name, under both of the group's names. */
export function furnishedAccount(place: Place = TOKYO, wanted: Partial<WorldWanted> = {}): Account {
  const account = new Account(place, new Clock(new Date("2026-11-24T00:00:00Z")));
  furnish(account, { instanceId: "i-0123456789abcdef0", groupName: "web-group", ...wanted });
  const { groups } = account.autoscaling;
  const group = groups.get("web-group");
  if (group !== undefined) {
    groups.set("web", { ...group, AutoScalingGroupName: "web" });
  }
  return account;
}

/** Runs a piece of program under Pulumi's mocks, with the same answers that the rehearsal gives. */
export async function underMocks<T>(
  build: () => T,
  {
    place = TOKYO,
    account = furnishedAccount(place),
    answer = () => undefined,
    preview = false,
    project = "project",
    elsewhere,
    takes = {},
  }: MockOptions = {},
): Promise<Program<T>> {
  const provider = new Provider(account);
  const resources: Recorded[] = [];
  const lookUps: Program<T>["lookUps"] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: async ({ type, name, inputs, custom, provider: chosen }) => {
        await milliseconds(takes[name]);
        const made = type.startsWith("aws:")
          ? provider.create(type, name, inputs)
          : { id: `${name}-id`, state: inputs };
        const { id, state } = made;
        resources.push({ type, name, inputs, custom: custom === true, state, provider: chosen || undefined });
        // In a preview a provider knows names but neither ids nor ARNs.
        return preview ? { id: "", state: { ...state, arn: undefined } } : { id, state };
      },
      call: async ({ token, inputs, provider: chosen }) => {
        await milliseconds(takes[token]);
        lookUps.push({ token, inputs, provider: chosen || undefined });
        if (chosen && elsewhere !== undefined && token === "aws:index/getRegion:getRegion") {
          return { region: elsewhere };
        }
        return answer(token, inputs) ?? provider.lookUp(token, inputs);
      },
    },
    project,
    "stack",
    preview,
  );
  const { log } = console;
  const remarks: string[] = [];
  // Without an engine the SDK writes remarks to the console.
  console.log = (line: unknown, ...more: unknown[]) => {
    const remark = /^info: \[runtime\] (.*)$/s.exec(String(line))?.[1];
    return remark === undefined ? log(line, ...more) : void remarks.push(remark);
  };
  try {
    const { value, rejections } = await settled(build, () => resources.length + lookUps.length);
    return { value, resources, lookUps, urns: registeredUrns(), rejections, remarks };
  } finally {
    console.log = log;
  }
}

function milliseconds(count = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count));
}

/**
 * Builds, and waits until everything is registered or until an Output was rejected, after which the rest never is. Like
 * the engine's host it collects each rejection once; tests/setup.ts would throw at the first.
 */
async function settled<T>(build: () => T, asked: () => number): Promise<{ value: T; rejections: unknown[] }> {
  const rejections = new Set<unknown>();
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  const rejected = new Promise<void>((resolve) => {
    process.on("unhandledRejection", (error) => {
      rejections.add(error);
      resolve();
    });
  });
  // Pulumi writes down a stack for each of its promises, which costs more than all the rest. STACKS=1 has them written.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = process.env.STACKS === "1" ? stackTraceLimit : 0;
  try {
    const value = build();
    await Promise.race([pulumi.runtime.disconnect(), rejected]);
    // Rejections arrive some turns after everything else, and after the first of them the rest still goes on for a while.
    for (let quiet = 0, seen = -1; quiet < 3;) {
      await milliseconds(10);
      const now = asked() + rejections.size;
      quiet = now === seen ? quiet + 1 : 0;
      seen = now;
    }
    return { value, rejections: [...rejections] };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    process.removeAllListeners("unhandledRejection");
    others.forEach((other) => process.on("unhandledRejection", other));
  }
}

function registeredUrns(): Map<string, string> {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    getRegisteredResources(): Map<string, unknown>;
  };
  const urns = [...monitor.getRegisteredResources().keys()].map((urn) => {
    const [, , types, name] = urn.split("::");
    const [type, parent] = types.split("$").reverse();
    return { type, name, parent };
  });
  // The mocks' own URNs have the type of the parent and not what that stands under.
  const chain = (type: string, parent: string | undefined): string =>
    parent === undefined ? type : `${chain(parent, urns.find((one) => one.type === parent)?.parent)}$${type}`;
  return new Map(urns.map(({ type, name, parent }) => [`${type}::${name}`, chain(type, parent)]));
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
