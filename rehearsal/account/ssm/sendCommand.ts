import { AwsError } from "../errors";
import { instanceResource } from "../ec2/resources";
import { operation } from "../operation";
import { integer, list, map, string, structure } from "../parameters";
import { ssmArn } from "./arns";

interface SendCommandRequest {
  InstanceIds: string[];
  DocumentName: string;
  Parameters?: Record<string, string[]>;
  Comment?: string;
  TimeoutSeconds?: number;
}

const api = "SendCommand";

/** Of AWS's own documents the rehearsal knows this one's parameters; any other document is taken to be there. */
const BASELINE = "AWS-RunPatchBaseline";

export const sendCommand = operation<SendCommandRequest>({
  api,
  input: structure(
    {
      InstanceIds: list(string({ pattern: /(^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)/ }), { min: 0, max: 50 }),
      DocumentName: string({ pattern: /^[a-zA-Z0-9_\-.:/]{3,128}$/ }),
      Parameters: map(list(string())),
      Comment: string({ max: 100 }),
      TimeoutSeconds: integer({ min: 30, max: 2592000 }),
    },
    ["DocumentName", "InstanceIds"],
  ),
  // It is authorised on the document and on each instance.
  demands: (account, { DocumentName: name, InstanceIds: ids }) => [
    { action: `ssm:${api}`, resource: documentArn(account.place, name), context: {} },
    ...ids.map((id) => ({ action: `ssm:${api}`, ...instanceResource(account, id) })),
  ],
  perform: ({ ids, ssm }, request) => {
    const { DocumentName, InstanceIds, Parameters = {}, Comment = "", TimeoutSeconds = 3600 } = request;
    const [instanceId] = InstanceIds;
    if (InstanceIds.length !== 1 || !ssm.runCommand.isManaged(instanceId)) {
      throw new AwsError("InvalidInstanceId", `Instances not in a valid state for account`);
    }
    if (DocumentName === BASELINE && !["Scan", "Install"].includes(Parameters.Operation?.join() ?? "")) {
      throw new AwsError("InvalidParameters", "Operation is required, and is Scan or Install.");
    }
    const CommandId = ids.uuid();
    const command = { CommandId, DocumentName, Comment, Parameters, InstanceIds, TimeoutSeconds };
    return { Command: ssm.runCommand.send(command) };
  },
});

/** Documents of AWS's own have no account in their ARN. */
function documentArn(place: Parameters<typeof ssmArn>[0], name: string): string {
  if (name.startsWith("arn:")) {
    return name;
  }
  return ssmArn(/^(aws|amazon|amzn)/i.test(name) ? { ...place, accountId: "" } : place, `document/${name}`);
}
