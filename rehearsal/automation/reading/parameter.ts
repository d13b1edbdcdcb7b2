import { NotModelled, RehearsalError } from "../../errors";
import { javaPattern } from "../pattern";
import type { Parameter } from "../runbook";
import { hasType, isValueType, shown, type Json, type ParameterValue, type ValueType } from "../values";
import { Fields } from "./fields";

/** One entry of the runbook's `parameters`. */
export function readParameter(name: string, value: unknown): Parameter {
  const where = `runbook, parameter "${name}"`;
  if (!/^\w{1,50}$/.test(name)) throw new RehearsalError(`${where}: a name is 1 to 50 letters, digits and _`);
  const fields = new Fields(where, value);
  const type = readType(where, fields.neededText("type"));
  // Only the console looks at it.
  fields.text("displayType");
  const parameter: Parameter = {
    name,
    type,
    description: fields.text("description"),
    default: readDefault(where, type, fields.any("default")),
    allowedValues: readAllowedValues(where, type, fields.list("allowedValues")),
    allowedPattern: fields.text("allowedPattern"),
    minItems: fields.integer("minItems", 0),
    maxItems: fields.integer("maxItems", 0),
    minChars: fields.integer("minChars", 0),
    maxChars: fields.integer("maxChars", 0),
  };
  fields.end();
  checkRules(where, parameter);
  return parameter;
}

function readType(where: string, type: string): ValueType {
  if (isValueType(type)) return type;
  if (/^(List<)?AWS::/.test(type))
    throw new NotModelled(`${where}: the rehearsal does not model the type ${type}`);
  throw new RehearsalError(`${where}: "${type}" is not a type`);
}

function readDefault(where: string, type: ValueType, value: Json | undefined): ParameterValue | undefined {
  if (value === undefined) return undefined;
  if (!hasType(value, type)) {
    throw new RehearsalError(`${where}: the default ${shown(value)} is not of the type ${type}`);
  }
  if (JSON.stringify(value).includes("{{")) {
    throw new NotModelled(`${where}: the rehearsal does not model {{ }} in a default, here ${shown(value)}`);
  }
  return value as ParameterValue;
}

function readAllowedValues(
  where: string,
  type: ValueType,
  values: Json[] | undefined,
): Parameter["allowedValues"] {
  if (values === undefined) return undefined;
  const single = type === "StringList" ? "String" : type;
  if (single === "StringMap" || single === "MapList") {
    throw new NotModelled(`${where}: the rehearsal does not model allowedValues for a ${type}`);
  }
  const wrong = values.find((value) => !hasType(value, single));
  if (wrong !== undefined) {
    throw new RehearsalError(`${where}: the allowed value ${shown(wrong)} is not of the type ${single}`);
  }
  return values as string[] | number[] | boolean[];
}

/** A rule where AWS does not say what it means for the type. */
function checkRules(where: string, parameter: Parameter): void {
  const ofTexts = parameter.type === "String" || parameter.type === "StringList";
  const ofLists = parameter.type === "StringList" || parameter.type === "MapList";
  const refused = (["allowedPattern", "minChars", "maxChars", "minItems", "maxItems"] as const).find(
    (rule) => parameter[rule] !== undefined && !(rule.endsWith("Items") ? ofLists : ofTexts),
  );
  if (refused) {
    throw new NotModelled(`${where}: the rehearsal does not model ${refused} for the type ${parameter.type}`);
  }
  if (parameter.allowedPattern !== undefined) javaPattern(where, parameter.allowedPattern);
}
