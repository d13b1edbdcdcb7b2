import { InputError } from "../errors";
import { TEMPLATES_MAX } from "../launch/facts";
import { quote } from "../quote";
import { sortUnique } from "../sortUnique";
import { requireText } from "./text";

export function checkTemplateIds(value: unknown): string[] {
  if (!Array.isArray(value)) {
    throw new InputError(
      `launchTemplateIds ${quote(value)} is not a list: give a list of launch template ids, an empty one for a launch ` +
        `configuration, or leave it out.`,
    );
  }
  if (value.length > TEMPLATES_MAX) {
    throw new InputError(
      `launchTemplateIds has ${value.length} entries: at most ${TEMPLATES_MAX} are allowed; name only the templates that ` +
        `this group launches with.`,
    );
  }
  return sortUnique(value.map((id, index) => checkTemplateId(id, index)));
}

function checkTemplateId(value: unknown, index: number): string {
  const id = requireText(
    `launchTemplateIds[${index}]`,
    value,
    "the id of a launch template, such as lt-0123456789abcdef0",
  );
  if (!/^lt-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new InputError(
      `launchTemplateIds ${quote(id)} is not the id of a launch template: it is "lt-" and 8 or 17 lower-case hexadecimal ` +
        `digits, such as lt-0123456789abcdef0; copy it from the EC2 console.`,
    );
  }
  return id;
}
