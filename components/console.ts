import { consoleHost } from "./partitions";
import { Place } from "./place";

// What a person needs who wants to start a run by hand or to look at one.

/** The console's list of executions in this Region, or nothing where the partition's console has no public address. */
export function executionsUrl({ partition, region }: Place): string | undefined {
  const host = consoleHost(partition);
  return host && `https://${region}.${host}/systems-manager/automation/executions?region=${region}`;
}

/** The console's page of one execution, or nothing where the partition's console has no public address. */
export function executionUrl({ partition, region }: Place, executionId: string): string | undefined {
  const host = consoleHost(partition);
  return (
    host && `https://${region}.${host}/systems-manager/automation/execution/${executionId}?region=${region}`
  );
}

/** The command that starts one run now; every parameter has its default in the document. */
export function startCommand(place: Place, documentName: string): string {
  return `aws ssm start-automation-execution --region ${place.region} --document-name ${documentName}`;
}

/** The command that makes the group launch what it launched before. */
export function rollBackCommand(place: Place, rollOutDocumentName: string): string {
  return `${startCommand(place, rollOutDocumentName)} --parameters ImageId=previous`;
}
