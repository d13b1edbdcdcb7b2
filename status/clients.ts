import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";

/** A client of each service that is asked. */
export interface Clients {
  readonly autoScaling: AutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly ec2: EC2Client;
  readonly eventBridge: EventBridgeClient;
  readonly scheduler: SchedulerClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
}

/** Clients with the credentials that the AWS SDK finds: of the environment, a profile, single sign-on, a role. */
export function createClients(region: string, endpoint?: string): Clients {
  // Without these, what does not answer would be waited for without an end.
  const requestHandler = { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true };
  const shared = { region, requestHandler, ...(endpoint === undefined ? {} : { endpoint }) };
  return {
    autoScaling: new AutoScalingClient(shared),
    cloudWatch: new CloudWatchClient(shared),
    ec2: new EC2Client(shared),
    eventBridge: new EventBridgeClient(shared),
    scheduler: new SchedulerClient(shared),
    sns: new SNSClient(shared),
    // Otherwise the address of the queue would be asked, and not the endpoint.
    sqs: new SQSClient({ ...shared, useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(shared),
  };
}
