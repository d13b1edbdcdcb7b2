import type { AccountState } from "../state";
import { instanceResource } from "../ec2/resources";
import type { Demand } from "../operation";
import type { Context } from "../policyConditions";
import { launchConfigurationArn } from "./arns";
import type { CreateLaunchConfigurationRequest } from "./launchConfigurationSource";
import { demandsToPass } from "./passRole";

/** What Auto Scaling looks up in EC2 with the caller's own permissions, whatever the request says. */
const lookUps = [
  "ec2:DescribeImages",
  "ec2:DescribeKeyPairs",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSpotInstanceRequests",
  "ec2:DescribeVpcClassicLink",
];

/** What CreateLaunchConfiguration needs: the action itself, and all that Auto Scaling does on the caller's behalf. */
export function launchConfigurationDemands(
  account: AccountState,
  request: CreateLaunchConfigurationRequest,
): Demand[] {
  return [
    {
      action: "autoscaling:CreateLaunchConfiguration",
      resource: launchConfigurationArn(account.place, request.LaunchConfigurationName),
      context: requestContext(request),
    },
    ...lookUps.map(lookUp),
    ...demandsToReadInstance(account, request.InstanceId),
    ...demandsToPassRole(account, request),
  ];
}

function lookUp(action: string): Demand {
  return { action, resource: "*", context: {} };
}

function demandsToReadInstance(account: AccountState, instanceId: string | undefined): Demand[] {
  return instanceId === undefined
    ? []
    : [
        lookUp("ec2:DescribeInstances"),
        { action: "ec2:DescribeInstanceAttribute", ...instanceResource(account, instanceId) },
      ];
}

function demandsToPassRole(account: AccountState, request: CreateLaunchConfigurationRequest): Demand[] {
  const source = account.ec2.instances.get(request.InstanceId ?? "");
  const profile = request.IamInstanceProfile ?? source?.instance.IamInstanceProfile?.Arn;
  return demandsToPass(profile === undefined ? undefined : account.iam.instanceProfile(profile)?.roleArn);
}

/** The condition keys that Auto Scaling documents, each only where the request has the parameter. */
function requestContext({
  MetadataOptions: imds = {},
  ...request
}: CreateLaunchConfigurationRequest): Context {
  const keys = {
    "autoscaling:ImageId": request.ImageId,
    "autoscaling:InstanceType": request.InstanceType,
    "autoscaling:SpotPrice": request.SpotPrice,
    "autoscaling:MetadataHttpTokens": imds.HttpTokens,
    "autoscaling:MetadataHttpEndpoint": imds.HttpEndpoint,
    "autoscaling:MetadataHttpPutResponseHopLimit": imds.HttpPutResponseHopLimit,
  };
  const sent = Object.entries(keys).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent.map(([key, value]) => [key, String(value)]));
}
