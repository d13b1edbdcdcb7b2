import { NotModelled, RehearsalError } from "../../errors";
import { isMap, shown, type Json, type JsonMap } from "../values";

/** Reads the members of a map one by one; a member that nobody asked for is an error at the end. */
export class Fields {
  private readonly members: Map<string, unknown>;

  constructor(
    readonly where: string,
    value: unknown,
  ) {
    if (!isMap(value)) throw new RehearsalError(`${where}: a map is needed, not ${shown(value)}`);
    this.members = new Map(Object.entries(value));
  }

  /** Members that AWS knows and the rehearsal does not model. */
  notModelled(...names: string[]): void {
    const found = names.find((name) => this.members.has(name));
    if (found !== undefined) {
      throw new NotModelled(`${this.where}: the rehearsal does not model "${found}"`);
    }
  }

  any(name: string): Json | undefined {
    const value = this.members.get(name);
    this.members.delete(name);
    return value as Json | undefined;
  }

  text(name: string): string | undefined {
    return this.typed(name, "a text", (value): value is string => typeof value === "string");
  }

  neededText(name: string): string {
    return this.needed(name, this.text(name));
  }

  flag(name: string): boolean | undefined {
    return this.typed(name, "true or false", (value): value is boolean => typeof value === "boolean");
  }

  /** A whole number, at least `least`. */
  integer(name: string, least: number): number | undefined {
    return this.typed(
      name,
      `a whole number from ${least} on`,
      (value): value is number => Number.isSafeInteger(value) && (value as number) >= least,
    );
  }

  list(name: string): Json[] | undefined {
    return this.typed(name, "a list", (value): value is Json[] => Array.isArray(value));
  }

  neededList(name: string): Json[] {
    return this.needed(name, this.list(name));
  }

  texts(name: string): string[] | undefined {
    return this.typed(
      name,
      "a list of texts",
      (value): value is string[] => Array.isArray(value) && value.every((item) => typeof item === "string"),
    );
  }

  map(name: string): JsonMap | undefined {
    return this.typed(name, "a map", (value): value is JsonMap => isMap(value));
  }

  /** Whatever is left, for actions that hand their further inputs on. */
  rest(): JsonMap {
    const rest = Object.fromEntries(this.members) as JsonMap;
    this.members.clear();
    return rest;
  }

  end(): void {
    const [unknown] = this.members.keys();
    if (unknown !== undefined) throw new RehearsalError(`${this.where}: "${unknown}" is not known`);
  }

  private needed<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw new RehearsalError(`${this.where}: "${name}" is missing`);
    return value;
  }

  private typed<T>(name: string, what: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.any(name);
    if (value === undefined || is(value)) return value;
    throw new RehearsalError(`${this.where}: "${name}" has to be ${what}, not ${shown(value)}`);
  }
}
