import { NotModelled } from "../errors";
import type { Members, Value } from "./api";
import { AwsError } from "./errors";
import { pythonText, pythonType } from "./pythonWords";

/** The parameters that the rehearsal models, with the limits that AWS's API model gives them. */
export type Shape =
  StringShape | IntegerShape | NumberShape | BooleanShape | ListShape | MapShape | StructureShape;

interface StringLimits {
  min?: number;
  max?: number;
  pattern?: RegExp;
  enum?: readonly string[];
}

interface IntegerLimits {
  min?: number;
  max?: number;
}

/** How many items there may be. */
interface ListLimits {
  min?: number;
  max?: number;
}

export type StringShape = { kind: "string" } & StringLimits;
export type IntegerShape = { kind: "integer" } & IntegerLimits;
/** With or without a fraction. */
export type NumberShape = { kind: "number" };
export type BooleanShape = { kind: "boolean" };
export type ListShape = { kind: "list"; of: Shape } & ListLimits;
/** Of any keys. */
export type MapShape = { kind: "map"; of: Shape };
export type StructureShape = { kind: "structure"; members: Record<string, Shape>; required: string[] };

export const string = (limits: StringLimits = {}): StringShape => ({ kind: "string", ...limits });
export const integer = (limits: IntegerLimits = {}): IntegerShape => ({ kind: "integer", ...limits });
export const number = (): NumberShape => ({ kind: "number" });
export const boolean = (): BooleanShape => ({ kind: "boolean" });
export const map = (of: Shape): MapShape => ({ kind: "map", of });
export const list = (of: Shape, limits: ListLimits = {}): ListShape => ({ kind: "list", of, ...limits });

export function structure(members: Record<string, Shape>, required: string[] = []): StructureShape {
  return { kind: "structure", members, required };
}

/**
 * What boto3 checks before it sends anything: types, required members and lower limits. A member that the rehearsal
 * does not model is refused first, whatever boto3 would say to it.
 */
export function checkParameters(api: string, shape: StructureShape, params: Members): void {
  const report: string[] = [];
  check(shape, params, "", { api, report });
  if (report.length > 0) {
    throw new AwsError("ParamValidationError", ["Parameter validation failed:", ...report].join("\n"));
  }
}

/** Refuses a member that the rehearsal does not model. */
export function checkModelled(api: string, shape: StructureShape, member: string, path = member): void {
  if (!Object.hasOwn(shape.members, member)) {
    throw new NotModelled(`The rehearsal does not model ${api} ${path}.`);
  }
}

/** What boto3 says to a parameter that it does not know. */
export function unknownParameter(name: string, { members }: StructureShape): AwsError {
  const known = Object.keys(members).filter((member) => member !== name);
  return new AwsError(
    "ParamValidationError",
    `Parameter validation failed:\nUnknown parameter in input: "${name}", must be one of: ${known.join(", ")}`,
  );
}

/** What is checked goes to the report in botocore's words. */
interface Checking {
  api: string;
  report: string[];
}

/** The Python types that botocore takes for each kind of value. */
const pythonTypes = {
  string: ["str"],
  integer: ["int"],
  number: ["float", "decimal.Decimal", "int"],
  boolean: ["bool"],
  list: ["list", "tuple"],
  map: ["dict"],
  structure: ["dict"],
};

function check(shape: Shape, value: Value, path: string, checking: Checking): void {
  if (!isOfKind(shape.kind, value)) {
    const valid = pythonTypes[shape.kind].map((type) => `<class '${type}'>`).join(", ");
    checking.report.push(
      `Invalid type for parameter ${path || "input"}, value: ${pythonText(value)}, type: <class '${pythonType(value)}'>, valid types: ${valid}`,
    );
  } else if (shape.kind === "structure") {
    checkMembers(shape, value as Members, path, checking);
  } else if (shape.kind === "map") {
    Object.entries(value as Members).forEach(([key, one]) =>
      check(shape.of, one, `${path}.${key}`, checking),
    );
  } else if (shape.kind === "list") {
    checkMinimum(shape, value as Value[], path, checking);
    (value as Value[]).forEach((item, index) => check(shape.of, item, `${path}[${index}]`, checking));
  } else if (shape.kind !== "boolean" && shape.kind !== "number") {
    checkMinimum(shape, value as string | number, path, checking);
  }
}

function checkMembers(shape: StructureShape, value: Members, path: string, checking: Checking): void {
  const inside = (member: string) => (path === "" ? member : `${path}.${member}`);
  for (const member of Object.keys(value)) {
    checkModelled(checking.api, shape, member, inside(member));
  }
  for (const member of shape.required.filter((name) => !Object.hasOwn(value, name))) {
    checking.report.push(`Missing required parameter in ${path || "input"}: "${member}"`);
  }
  for (const [member, content] of Object.entries(value)) {
    check(shape.members[member], content, inside(member), checking);
  }
}

function checkMinimum(
  shape: StringShape | IntegerShape | ListShape,
  value: string | number | Value[],
  path: string,
  { report }: Checking,
): void {
  const size = typeof value === "number" ? value : value.length;
  if (shape.min !== undefined && size < shape.min) {
    const [what, limit] = typeof value === "number" ? ["value", "min value"] : ["length", "min length"];
    report.push(`Invalid ${what} for parameter ${path}, value: ${size}, valid ${limit}: ${shape.min}`);
  }
}

function isOfKind(kind: Shape["kind"], value: Value): boolean {
  switch (kind) {
    case "list":
      return Array.isArray(value);
    case "map":
    case "structure":
      return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === kind;
  }
}
