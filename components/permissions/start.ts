import { Place } from "../place";
import { startArns } from "./arns";
import { passedTo, Statement } from "./policy";

/** A runbook that is started by the schedule, or by another runbook. */
export interface StartedRunbook {
  readonly documentName: string;
  readonly roleArn: string;
}

/** What it takes to start runbooks: all that the events role may do, and the last thing that some runbooks' roles may. */
export function startStatements(place: Place, runbooks: StartedRunbook[]): Statement[] {
  return [
    {
      Sid: "StartTheRunbooks",
      Effect: "Allow",
      Action: "ssm:StartAutomationExecution",
      Resource: startArns(
        place,
        runbooks.map(({ documentName }) => documentName),
      ),
    },
    {
      // Who starts a run must be allowed to pass it the role that it will use.
      Sid: "PassTheirRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: runbooks.map(({ roleArn }) => roleArn),
      Condition: passedTo("ssm", place.partition),
    },
  ];
}
