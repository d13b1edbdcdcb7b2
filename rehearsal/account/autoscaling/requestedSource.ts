import { NotModelled } from "../../errors";
import type { AccountState } from "../state";
import { imageNotFound } from "../ec2/describeImages";
import { architecturesOf } from "./architectures";
import { invalidTemplate, validationError } from "./errors";
import { completeSpecification, resolveRequested } from "./launchTemplateSpecification";
import { checkPolicy } from "./mixedInstancesPolicy";
import type { LaunchSource, MixedInstancesPolicy } from "./shapes";
import { type TemplateLaunch, templateLaunches } from "./templateLaunches";

/** What a group is to launch from, as it keeps it, and what that launches from templates. */
export interface RequestedSource {
  source: LaunchSource;
  launches: TemplateLaunch[];
}

/**
 * The launch source that a request sends, checked as Auto Scaling checks it: with a dry run of what would be launched.
 * Without any there is nothing to change.
 */
export function requestedSource(account: AccountState, request: LaunchSource): RequestedSource | undefined {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy: policy } = request;
  const sent = [LaunchConfigurationName, LaunchTemplate, policy].filter((one) => one !== undefined);
  if (sent.length > 1) {
    throw validationError(
      "Valid requests must contain either LaunchTemplate, LaunchConfigurationName or MixedInstancesPolicy parameter.",
    );
  }
  if (LaunchConfigurationName !== undefined) {
    checkLaunchConfiguration(account, LaunchConfigurationName);
    return { source: { LaunchConfigurationName }, launches: [] };
  }
  if (LaunchTemplate !== undefined) {
    const launches = checkedLaunches(account, { LaunchTemplate });
    return { source: { LaunchTemplate: completeSpecification(account.ec2, LaunchTemplate) }, launches };
  }
  if (policy !== undefined) {
    checkPolicy(policy);
    const launches = checkedLaunches(account, { MixedInstancesPolicy: policy });
    return { source: { MixedInstancesPolicy: keptPolicy(account, policy) }, launches };
  }
  return undefined;
}

function checkLaunchConfiguration({ autoscaling }: AccountState, wanted: string): void {
  if (!autoscaling.launchConfigurations.has(wanted)) {
    throw validationError(`Launch configuration name not found - Launch configuration ${wanted} not found`);
  }
}

/**
 * AWS does not say whether the members that an update leaves out of a policy stay as they were. Here they do not: a
 * runbook that does not send the policy back whole loses the rest of it, and that can be seen.
 */
function keptPolicy(
  { ec2 }: AccountState,
  { LaunchTemplate, ...rest }: MixedInstancesPolicy,
): MixedInstancesPolicy {
  const { LaunchTemplateSpecification: base = {}, Overrides } = LaunchTemplate ?? {};
  const overrides = Overrides?.map(({ LaunchTemplateSpecification: own, ...override }) =>
    own === undefined
      ? override
      : { ...override, LaunchTemplateSpecification: completeSpecification(ec2, own) },
  );
  return {
    ...rest,
    LaunchTemplate: {
      LaunchTemplateSpecification: completeSpecification(ec2, base),
      ...(overrides ? { Overrides: overrides } : {}),
    },
  };
}

/** A base may lack an image where every override has one, because then it is never launched as it is. */
function checkedLaunches(account: AccountState, source: LaunchSource): TemplateLaunch[] {
  const [base, ...overrides] = templateLaunches(source, (specification) =>
    resolveRequested(account.ec2, specification),
  );
  for (const launch of overrides.length > 0 ? overrides : [base]) {
    if (launch.imageId === undefined) {
      throw invalidTemplate("The request must contain the parameter ImageId");
    }
  }
  const launches = [base, ...overrides];
  launches.forEach((launch) => checkLaunch(account, launch));
  return launches;
}

function checkLaunch(account: AccountState, { imageId, instanceType, version }: TemplateLaunch): void {
  if (imageId !== undefined) {
    checkImage(account, imageId, instanceType);
  }
  const { Arn, Name } = version.LaunchTemplateData.IamInstanceProfile ?? {};
  const profile = Arn ?? Name;
  if (profile !== undefined && !account.iam.instanceProfile(profile)) {
    const by = Arn === undefined ? "name" : "arn";
    throw invalidTemplate(
      `Value (${profile}) for parameter iamInstanceProfile.${by} is invalid. Invalid IAM Instance Profile ${by}`,
    );
  }
}

function checkImage({ ec2 }: AccountState, imageId: string, instanceType: string | undefined): void {
  if (imageId.startsWith("resolve:")) {
    throw new NotModelled(`The rehearsal does not model the image ${imageId} of a launch template.`);
  }
  // Auto Scaling looks the image up where everybody does, so a new one is not there for a while.
  const image = ec2.visibleImage(imageId);
  if (!image) {
    throw invalidTemplate(imageNotFound([imageId]));
  }
  const architectures = architecturesOf(instanceType);
  if (architectures !== undefined && !architectures.includes(image.Architecture)) {
    throw invalidTemplate(
      `The architecture '${architectures.join()}' of the specified instance type does not match the architecture ` +
        `'${image.Architecture}' of the specified AMI. Specify an instance type and an AMI that have matching ` +
        "architectures, and try again.",
    );
  }
}
