import type { AccountState } from "../../state";
import { AwsError } from "../../errors";
import { resolveSpecification } from "../launchTemplateSpecification";
import type { GroupMember, LaunchSource } from "../shapes";
import { type TemplateLaunch, templateLaunches } from "../templateLaunches";
import type { Strategy } from "./shapes";

/** Whether a member is one of those that a source would launch: of the same template, version, type and image. */
export function isMatching(
  account: AccountState,
  source: LaunchSource,
  member: GroupMember,
  strategy: Strategy | undefined,
): boolean {
  const imageId = account.ec2.instances.get(member.InstanceId)?.instance.ImageId;
  return launchesOf(account, source).some((launch) => {
    if (launch.imageId !== imageId) {
      return false;
    }
    // A root volume has nothing but its image.
    return strategy === "ReplaceRootVolume" || isOfLaunch(launch, member);
  });
}

function isOfLaunch({ template, version, instanceType }: TemplateLaunch, member: GroupMember): boolean {
  const { LaunchTemplateId, Version } = member.LaunchTemplate ?? {};
  return (
    LaunchTemplateId === template.LaunchTemplateId &&
    Version === String(version.VersionNumber) &&
    (instanceType ?? member.InstanceType) === member.InstanceType
  );
}

/** With overrides, the base itself is never launched. */
function launchesOf(account: AccountState, source: LaunchSource): TemplateLaunch[] {
  try {
    const [base, ...overrides] = templateLaunches(source, (own) => resolveSpecification(account.ec2, own));
    return overrides.length > 0 ? overrides : [base];
  } catch (error) {
    if (error instanceof AwsError) {
      return [];
    }
    throw error;
  }
}
