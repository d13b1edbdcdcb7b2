import type { Members, Value } from "./api";
import type { IntegerShape, Shape, StringShape } from "./parameters";

/** A value that a service's own model does not take, found where boto3 does not look: upper limits and forms. */
export interface ConstraintFault {
  value: string;
  /** The parameter's name as the service writes it in its answers: `blockDeviceMappings.1.member.ebs.iops`. */
  path: string;
  constraint: string;
}

export function constraintFaults(shape: Shape, value: Value, path = ""): ConstraintFault[] {
  switch (shape.kind) {
    case "structure":
      return Object.entries(value as Members).flatMap(([member, content]) =>
        constraintFaults(shape.members[member], content, joined(path, lowerFirst(member))),
      );
    case "list":
      return (value as Value[]).flatMap((item, index) =>
        constraintFaults(shape.of, item, joined(path, `${index + 1}.member`)),
      );
    case "boolean":
      return [];
    default:
      return brokenConstraints(shape, value as string | number).map((constraint) => ({
        value: String(value),
        path,
        constraint,
      }));
  }
}

function brokenConstraints(shape: StringShape | IntegerShape, value: string | number): string[] {
  const broken: string[] = [];
  if (shape.max !== undefined && (typeof value === "string" ? value.length : value) > shape.max) {
    const what = typeof value === "string" ? "length" : "value";
    broken.push(`Member must have ${what} less than or equal to ${shape.max}`);
  }
  if (shape.kind === "string" && shape.enum && !shape.enum.includes(value as string)) {
    broken.push(`Member must satisfy enum value set: [${shape.enum.join(", ")}]`);
  }
  if (shape.kind === "string" && shape.pattern && !shape.pattern.test(value as string)) {
    broken.push(`Member must satisfy regular expression pattern: ${shape.pattern.source}`);
  }
  return broken;
}

function joined(path: string, member: string): string {
  return path === "" ? member : `${path}.${member}`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
