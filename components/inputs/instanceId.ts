import { InputError } from "../errors";
import { quote } from "../quote";
import { requireText } from "./text";

/** The id of an EC2 instance. */
export function checkInstanceId(value: unknown): string {
  const id = requireText("instanceId", value, "the id of the golden instance, such as i-0123456789abcdef0");
  if (!/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new InputError(
      `instanceId ${quote(id)} is not an EC2 instance id: it is "i-" and 8 or 17 lower-case hexadecimal digits, ` +
        `such as i-0123456789abcdef0; copy it from the EC2 console.`,
    );
  }
  return id;
}
