import { NotModelled, RehearsalError } from "../errors";
import type { Registered } from "./program";

export function ofType(registered: Registered[], type: string): Registered[] {
  return registered.filter((resource) => resource.type === type);
}

/** One resource's properties, read strictly: what is not modelled is refused, not ignored. */
export class Properties {
  constructor(
    private readonly resource: Registered,
    modelled: string,
  ) {
    const known = [...modelled.split(" "), "arn"];
    const unknown = Object.entries(resource.inputs).find(
      ([key, value]) => value != null && !known.includes(key),
    );
    if (unknown !== undefined) {
      throw new NotModelled(
        `The rehearsal does not model the property ${unknown[0]} of ${resource.type} (${resource.name}).`,
      );
    }
  }

  text(key: string): string {
    return this.needed(key, this.optionalText(key));
  }

  optionalText(key: string): string | undefined {
    const value = this.resource.state[key];
    return typeof value === "string" ? value : undefined;
  }

  /** A default stands for what is not given. */
  number(key: string, otherwise?: number): number {
    const value = this.resource.state[key] ?? undefined;
    return this.needed(
      key,
      this.checked(key, value ?? otherwise, (one) => typeof one === "number"),
    );
  }

  boolean(key: string, otherwise: boolean): boolean {
    const value = this.resource.state[key] ?? otherwise;
    return this.needed(
      key,
      this.checked(key, value, (one) => typeof one === "boolean"),
    );
  }

  /** A list of texts; an empty one where there is none. */
  texts(key: string): string[] {
    const isTexts = (value: unknown): value is string[] =>
      Array.isArray(value) && value.every((one) => typeof one === "string");
    return this.checked(key, this.resource.state[key], isTexts) ?? [];
  }

  /** Texts by name; none where there are none. */
  textMap(key: string): Record<string, string> {
    const isMap = (value: unknown): value is Record<string, string> =>
      typeof value === "object" &&
      value !== null &&
      Object.values(value).every((one) => typeof one === "string");
    return this.checked(key, this.resource.state[key], isMap) ?? {};
  }

  /** What stands inside, read as strictly; undefined where there is nothing. */
  inside(key: string, modelled: string): Properties | undefined {
    const value = this.resource.state[key];
    if (value === undefined || value === null) {
      return undefined;
    }
    const { type, name } = this.resource;
    const inputs = value as Registered["inputs"];
    return new Properties(
      { ...this.resource, type: `${key} of ${type}`, name, inputs, state: inputs },
      modelled,
    );
  }

  /** The same of what has to be there. */
  within(key: string, modelled: string): Properties {
    return this.needed(key, this.inside(key, modelled));
  }

  oneOf<T extends string>(key: string, allowed: readonly T[], otherwise?: T): T {
    const value = this.optionalText(key) ?? otherwise;
    const found = this.needed(
      key,
      this.checked(key, value, (one): one is T => allowed.some((known) => known === one)),
    );
    return found;
  }

  private needed<T>(key: string, value: T | undefined): T {
    if (value === undefined) {
      throw new RehearsalError(`${this.resource.type} (${this.resource.name}) has no ${key}.`);
    }
    return value;
  }

  private checked<T>(key: string, value: unknown, is: (value: unknown) => value is T): T | undefined {
    if (value === undefined || value === null || is(value)) {
      return value ?? undefined;
    }
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    throw new NotModelled(
      `The rehearsal does not model ${key} ${shown} of ${this.resource.type} (${this.resource.name}).`,
    );
  }

  json(key: string): unknown {
    try {
      return JSON.parse(this.text(key));
    } catch (error) {
      throw new RehearsalError(
        `${this.resource.type} (${this.resource.name}) has a ${key} that is not JSON: ${error}.`,
      );
    }
  }
}
