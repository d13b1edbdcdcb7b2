import type { Account } from "../../rehearsal/account/account";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import { Fault } from "../../rehearsal/faults";
import { type Night, type NightsOptions, type Run, runNights, type Start } from "../../rehearsal/nights";
import { furnished, goldenId } from "./account/support";
import { sharedPython } from "./python";

/** A small runbook, whatever becomes of the real one: it looks, makes an image, waits for it, and has two more calls to make. */
const content = `
schemaVersion: "0.3"
assumeRole: arn:aws:iam::111122223333:role/nightly
parameters:
  InstanceId: { type: String, default: ${goldenId} }
  AutoScalingGroupName: { type: String, default: web }
mainSteps:
  - name: look
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: handler
      Script: |
        import boto3
        def handler(events, context):
            boto3.client("ec2").describe_images(Owners=["self"])
  - name: createImage
    action: aws:executeAwsApi
    inputs: { Service: ec2, Api: CreateImage, InstanceId: "{{ InstanceId }}", Name: "made {{ global:DATE_TIME }}" }
    outputs: [{ Name: ImageId, Selector: $.ImageId, Type: String }]
  - name: find
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: handler
      InputPayload: { ImageId: "{{ createImage.ImageId }}" }
      Script: |
        import time
        import boto3
        from botocore.exceptions import ClientError
        def handler(events, context):
            for attempt in range(100):
                try:
                    return boto3.client("ec2").describe_images(ImageIds=[events["ImageId"]])["Images"][0]["State"]
                except ClientError as error:
                    if error.response["Error"]["Code"] != "InvalidAMIID.NotFound":
                        raise
                    time.sleep(5)
  - name: waitForImage
    action: aws:waitForAwsResourceProperty
    timeoutSeconds: 43200
    inputs:
      Service: ec2
      Api: DescribeImages
      ImageIds: ["{{ createImage.ImageId }}"]
      PropertySelector: $.Images[0].State
      DesiredValues: [available, failed]
  - name: finish
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: handler
      Script: |
        import boto3
        def handler(events, context):
            autoscaling = boto3.client("autoscaling")
            found = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=["web"])
            autoscaling.describe_launch_configurations()
            return len(found["AutoScalingGroups"])
`;

export interface NightlyWanted {
  /** Told of what happens. */
  hooks?: (account: Account) => Hooks;
  launchSource?: SourceKind;
  /** Another runbook instead. */
  runbook?: (account: Account) => string;
  /** Runbooks beside it, by name: their documents have these names too. */
  further?: Record<string, string>;
  faults?: string[];
  /** When the runs start, in seconds; one at once unless told otherwise. */
  starts?: number[];
  /** What starts then; the small runbook unless told otherwise. */
  byHand?: Start["byHand"];
  /** Changes the account before the first night. */
  world?: (account: Account) => void;
}

export interface Nightly {
  account: Account;
  nights: Night[];
  /** All runs of all nights. */
  runs: Run[];
  faults: Fault[];
}

type Hooks = Partial<Pick<NightsOptions, "onNight" | "onRun" | "onStep" | "onStepBegins" | "watch">>;

/** Lets the small runbook run. */
export async function nightly({
  launchSource,
  runbook = () => content,
  faults: texts = [],
  further = {},
  starts = [0],
  byHand = [{ runbook: "nightly" }],
  world,
  hooks,
}: NightlyWanted = {}): Promise<Nightly> {
  const { account, clock } = furnished(launchSource);
  account.iam.putRole({
    name: "nightly",
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "ssm.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
  });
  account.iam.putRolePolicy("nightly", "everything", {
    Statement: { Effect: "Allow", Action: "*", Resource: "*" },
  });
  const contents: Record<string, string> = { nightly: runbook(account), ...further };
  for (const [name, content] of Object.entries(contents)) {
    account.ssm.putDocument({ name, content, format: "YAML" });
  }
  world?.(account);
  const faults = texts.map((text) => Fault.read(text));
  const begin = clock.now().getTime();
  const nights = [
    ...runNights({
      account,
      deployment: {
        ssm: account.ssm,
        documents: Object.keys(contents).map((name) => ({ runbook: name, name })),
        timer: { title: "nothing", scheduleExpression: "", starts: [] },
        binRules: [],
      },
      python: await sharedPython(),
      faults,
      starts: starts.map((seconds) => ({ at: new Date(begin + seconds * 1000), byHand })),
      ...hooks?.(account),
    }),
  ];
  return { account, nights, runs: nights.flatMap((night) => night.runs), faults };
}

/** `NAME STATUS` of each step. */
export function steps({ steps: records }: Run): string[] {
  return records.map(({ name, status }) => `${name} ${status}`);
}

/** The names of the calls, in order. */
export function apis({ calls }: Run): string[] {
  return calls.map(({ api }) => api);
}

/** From the start of a run to its end, in seconds. */
export function seconds({ startedAt, endedAt }: Run): number {
  return (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
}
