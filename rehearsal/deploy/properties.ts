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
    const value = this.optionalText(key);
    if (value === undefined) {
      throw new RehearsalError(`${this.resource.type} (${this.resource.name}) has no ${key}.`);
    }
    return value;
  }

  optionalText(key: string): string | undefined {
    const value = this.resource.state[key];
    return typeof value === "string" ? value : undefined;
  }

  oneOf<T extends string>(key: string, allowed: T[]): T {
    const value = this.text(key);
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
      throw new NotModelled(
        `The rehearsal does not model ${key} ${value} of ${this.resource.type} (${this.resource.name}).`,
      );
    }
    return found;
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
