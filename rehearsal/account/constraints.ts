import type { Members, Value } from "./api";
import type { IntegerShape, ListShape, Shape, StringShape } from "./parameters";

/** A value that a service's own model does not take, found where boto3 does not look: upper limits and forms. */
interface ConstraintFault {
  value: string;
  /** The parameter's name as the service writes it in its answers: `blockDeviceMappings.1.member.ebs.iops`. */
  path: string;
  constraint: string;
}

/** All of them in one sentence, if there are any. */
export function constraintReport(shape: Shape, value: Value): string | undefined {
  const faults = constraintFaults(shape, value).map(
    (fault) => `Value '${fault.value}' at '${fault.path}' failed to satisfy constraint: ${fault.constraint}`,
  );
  const count = `${faults.length} validation error${faults.length > 1 ? "s" : ""} detected`;
  return faults.length > 0 ? `${count}: ${faults.join("; ")}` : undefined;
}

function constraintFaults(shape: Shape, value: Value, path = ""): ConstraintFault[] {
  switch (shape.kind) {
    case "structure":
      return Object.entries(value as Members).flatMap(([member, content]) =>
        constraintFaults(shape.members[member], content, joined(path, lowerFirst(member))),
      );
    case "map":
      return Object.entries(value as Members).flatMap(([key, content]) =>
        constraintFaults(shape.of, content, joined(path, key)),
      );
    case "list":
      return [
        ...ofItself(shape, value as Value[], path),
        ...(value as Value[]).flatMap((item, index) =>
          constraintFaults(shape.of, item, joined(path, `${index + 1}.member`)),
        ),
      ];
    case "boolean":
    case "number":
      return [];
    default:
      return ofItself(shape, value as string | number, path);
  }
}

type Limited = string | number | Value[];

function ofItself(
  shape: StringShape | IntegerShape | ListShape,
  value: Limited,
  path: string,
): ConstraintFault[] {
  const told = Array.isArray(value) ? JSON.stringify(value) : String(value);
  return brokenConstraints(shape, value).map((constraint) => ({ value: told, path, constraint }));
}

function brokenConstraints(shape: StringShape | IntegerShape | ListShape, value: Limited): string[] {
  const broken: string[] = [];
  if (shape.max !== undefined && (typeof value === "number" ? value : value.length) > shape.max) {
    const what = typeof value === "number" ? "value" : "length";
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
