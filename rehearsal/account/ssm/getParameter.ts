import { NotModelled } from "../../errors";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { boolean, string, structure } from "../parameters";
import { parameterArn } from "./arns";

const api = "GetParameter";

/** The name may be followed by a version; labels are not modelled. */
export const getParameter = operation<{ Name: string; WithDecryption?: boolean }>({
  api,
  input: structure({ Name: string({ min: 1 }), WithDecryption: boolean() }, ["Name"]),
  demands: ({ place }, { Name }) => [
    { action: `ssm:${api}`, resource: parameterArn(place, Name.split(":")[0]), context: {} },
  ],
  perform: ({ place, ssm }, { Name: asked }) => {
    const [name, selector] = asked.split(":");
    if (selector !== undefined && !/^[0-9]+$/.test(selector)) {
      throw new NotModelled(`The rehearsal does not model labels of parameters, such as ${asked}.`);
    }
    const latest = ssm.parameters.latest(name);
    if (latest === undefined) {
      throw parameterNotFound(name);
    }
    const found = selector === undefined ? latest : ssm.parameters.version(name, Number(selector));
    if (found === undefined) {
      throw new AwsError(
        "ParameterVersionNotFound",
        `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
      );
    }
    return { Parameter: { ...found, Type: "String", ARN: parameterArn(place, name) } };
  },
});

/** Systems Manager gives no reason beside the code. */
export function parameterNotFound(name: string): AwsError {
  return new AwsError("ParameterNotFound", `Parameter ${name} not found.`);
}
