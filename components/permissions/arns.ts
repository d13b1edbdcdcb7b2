import { Place } from "../place";
import { Scope } from "./scope";

export function instanceArn(scope: Scope): string {
  return ec2Arn(scope, `instance/${scope.instanceId}`);
}

export function templateArns(scope: Scope): string[] {
  return scope.launch.templates.map(({ id }) => templateArn(scope, id));
}

export function templateArn(place: Place, id: string): string {
  return ec2Arn(place, `launch-template/${id}`);
}

export function ec2Arn({ partition, region, accountId }: Place, resource: string): string {
  return `arn:${partition}:ec2:${region}:${accountId}:${resource}`;
}

/** All of a type that AWS Resource Access Manager may share with this account: the ARN has the account of the owner. */
export function sharedArn(place: Place, type: string): string {
  return ec2Arn({ ...place, accountId: "*" }, `${type}/*`);
}

/** A role's ARN from its parts, because a preview knows these and not the ARN. */
export function roleArn({ partition, accountId }: Place, path: string, name: string): string {
  return `arn:${partition}:iam::${accountId}:role${path}${name}`;
}

/** All images: they have no account in their ARN, and a new one has no id yet. */
export function imagesArn({ partition, region }: Place): string {
  return `arn:${partition}:ec2:${region}::image/*`;
}

/** All snapshots, as all images. */
export function snapshotsArn({ partition, region }: Place): string {
  return `arn:${partition}:ec2:${region}::snapshot/*`;
}

/** The group's ARN, whose id nobody knows beforehand; names are unique in an account and Region. */
export function groupArn({ partition, region, accountId, autoScalingGroupName }: Scope): string {
  return `arn:${partition}:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/${autoScalingGroupName}`;
}

/** The launch configurations with the names that the runbooks give them. */
export function launchConfigurationArns({ partition, region, accountId, prefix }: Scope): string[] {
  const all = `arn:${partition}:autoscaling:${region}:${accountId}:launchConfiguration:*:launchConfigurationName`;
  return launchConfigurationNames(prefix).map((name) => `${all}/${name}`);
}

/**
 * The names that the runbooks give to launch configurations, as IAM patterns: the prefix and exactly a date, or a date and a
 * time. `prefix_*` would also match the names of another component whose prefix is `prefix_api`.
 */
export function launchConfigurationNames(prefix: string): string[] {
  const date = `${prefix}_20??-??-??`;
  return [date, `${date}_??.??.??`];
}

/** All executions of this account and Region: their ids nobody knows beforehand. */
export function executionsArn(place: Place): string {
  return ssmArn(place, "automation-execution/*");
}

/**
 * What AWS authorises the start of a runbook on: the document and the execution; older reports show denials that name the
 * automation definition. The id of the execution cannot be known: the other two do the limiting.
 */
export function startArns(place: Place, documentNames: string[]): string[] {
  return [
    ...documentNames.flatMap((name) => [
      ssmArn(place, `automation-definition/${name}:*`),
      ssmArn(place, `document/${name}`),
    ]),
    executionsArn(place),
  ];
}

/**
 * What a rule's target names to start a runbook. It is built from its parts: the ARN that the provider gives for an
 * Automation document changes its form between versions, `document/` in it would mean Run Command, and without a version
 * at its end a rule fires and nothing starts.
 */
export function automationDefinitionArn(place: Place, documentName: string): string {
  return ssmArn(place, `automation-definition/${documentName}:$DEFAULT`);
}

/** A schedule of EventBridge Scheduler, of which the name is group/name. */
export function scheduleArn({ partition, region, accountId }: Place, name: string): string {
  return `arn:${partition}:scheduler:${region}:${accountId}:schedule/${name}`;
}

/** A parameter, in whose ARN a name that begins with a slash has that one only. */
export function parameterArn(place: Place, name: string): string {
  return ssmArn(place, `parameter/${name.replace(/^\//, "")}`);
}

function ssmArn({ partition, region, accountId }: Place, resource: string): string {
  return `arn:${partition}:ssm:${region}:${accountId}:${resource}`;
}
