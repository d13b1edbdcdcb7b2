import { Place } from "./place";

// What a person needs who wants to start a run by hand or to look at one.

const CONSOLE_HOSTS: Record<string, string> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** The console's list of executions in this Region. */
export function executionsUrl(place: Place): string {
  const host = CONSOLE_HOSTS[place.partition] ?? CONSOLE_HOSTS.aws;
  return `https://${place.region}.${host}/systems-manager/automation/executions?region=${place.region}`;
}

/** The command that starts one run now; every parameter has its default in the document. */
export function startCommand(place: Place, documentName: string): string {
  return `aws ssm start-automation-execution --region ${place.region} --document-name ${documentName}`;
}

/** The command that makes the group launch what it launched before. */
export function rollBackCommand(place: Place, rollOutDocumentName: string): string {
  return `${startCommand(place, rollOutDocumentName)} --parameters ImageId=previous`;
}
