import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { lookFor } from "../look";

/** The bare name of a parameter, which alone is what a roll-out changes: no version, no label, no ARN. */
const NAMED = /^resolve:ssm:([\w./-]+)$/;

/** The parameter from which a launch template takes its image; nothing where the image is an id, or is none that is handled. */
export function parameterOf(imageId: string | undefined): string | undefined {
  return NAMED.exec(imageId ?? "")?.[1];
}

/** The image that a parameter names now; nothing where it does not exist. */
export async function readNamedImage(ssm: SSMClient, name: string): Promise<string | undefined> {
  const answer = await lookFor(
    { what: `Parameter ${name}`, permission: "ssm:GetParameter" },
    /^ParameterNotFound/,
    () => ssm.send(new GetParameterCommand({ Name: name })),
  );
  return answer?.Parameter?.Value;
}
