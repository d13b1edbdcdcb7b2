import { Place } from "../place";
import { instanceArn } from "./arns";
import { lookStatements } from "./looks";
import { Statement } from "./policy";
import { Scope } from "./scope";

// What patch's role may do: run one command document on the golden instance, and start and stop it where that is wanted. It may
// take no image and change nothing of the group.

export function patchStatements(scope: Scope, documentName: string, startsStopped = false): Statement[] {
  return [
    ...lookStatements(scope, [
      "ec2:DescribeInstances",
      // Whether Systems Manager reaches its agent.
      "ssm:DescribeInstanceInformation",
      // What became of the command, and what the instance said.
      "ssm:GetCommandInvocation",
      "ssm:ListCommandInvocations",
      "ssm:ListCommands",
    ]),
    {
      // SendCommand is authorised on the document and on the instance.
      Sid: "RunTheCommandOnTheGoldenInstance",
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: [documentArn(scope, documentName), instanceArn(scope)],
    },
    {
      // AWS gives it no resource level.
      Sid: "CancelTheCommand",
      Effect: "Allow",
      Action: "ssm:CancelCommand",
      Resource: "*",
    },
    ...(startsStopped ? startStatements(scope) : []),
  ];
}

/** Documents of AWS's own have no account in their ARN. */
function documentArn(place: Place, name: string): string {
  const account = /^(aws|amazon|amzn)/i.test(name) ? "" : place.accountId;
  return name.startsWith("arn:")
    ? name
    : `arn:${place.partition}:ssm:${place.region}:${account}:document/${name}`;
}

function startStatements(scope: Scope): Statement[] {
  const { keyArns } = scope.launch;
  return [
    {
      Sid: "StartAndStopTheGoldenInstance",
      Effect: "Allow",
      Action: ["ec2:StartInstances", "ec2:StopInstances"],
      Resource: instanceArn(scope),
    },
    // Who starts an instance lets EC2 use the keys of its volumes.
    // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
    ...(keyArns.length === 0
      ? []
      : [
          {
            Sid: "LetEc2UseTheKeysOfItsVolumes",
            Effect: "Allow" as const,
            Action: "kms:CreateGrant",
            Resource: keyArns,
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
          },
        ]),
  ];
}
