import { Place } from "../place";
import { startArns } from "./arns";
import { passedTo, Statement } from "./policy";

/** A runbook that is started by the schedule, or by another runbook. */
export interface StartedRunbook {
  readonly documentName: string;
  readonly roleArn: string;
}

/** What Scheduler's role needs beside that: unlike a rule, a schedule fills its queue with the role. */
export function sendStatements(queueArn: string): Statement[] {
  return [{ Sid: "KeepWhatDidNotStart", Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn }];
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
