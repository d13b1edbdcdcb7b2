import * as pulumi from "@pulumi/pulumi";
import { LaunchConfigurationFrom } from "../launchConfigurationFrom";
import { quoted } from "../quoted";
import { sortedSet } from "./facts";
import { LookUpFailure } from "./failure";
import { GoldenFacts } from "./goldenInstance";
import { Profile, profileMissing, profileName, profileRole } from "./instanceProfile";
import { cannotBeLookedUp, Looking } from "./looking";
import { lookUpConfiguration, lookUpProfile } from "./lookUps";
import { LaunchSource } from "./source";
import { TemplateFacts } from "./templateFacts";

/** The input through which an instance profile was found. */
type Holder = "instanceId" | "autoScalingGroupName";

/**
 * The instance profiles that the group launches with, each looked up once. A launch configuration's profile is the golden
 * instance's or the group's own; templates each have their own.
 */
export function lookUpProfiles(
  looking: Looking,
  source: pulumi.Output<LaunchSource>,
  golden: pulumi.Output<GoldenFacts>,
  templates: pulumi.Output<TemplateFacts[]>,
): pulumi.Output<Profile[]> {
  return pulumi.all([source, looking.inputs.launchConfigurationFrom]).apply(([source, from]) => {
    if (source.kind !== "configuration") {
      return templates.apply((facts) =>
        resolve(
          looking,
          "autoScalingGroupName",
          facts.map(({ profile }) => profile),
        ),
      );
    }
    return from === LaunchConfigurationFrom.Instance
      ? golden.apply(({ profile }) => resolve(looking, "instanceId", [profile]))
      : profileOfConfiguration(looking, source.launchConfiguration);
  });
}

function profileOfConfiguration(looking: Looking, name: string): pulumi.Output<Profile[]> {
  return lookUpConfiguration(looking, looking.inputs.autoScalingGroupName, name, (group, failure) =>
    configurationMissing(
      `autoScalingGroupName ${quoted(group)} uses launch configuration ${quoted(name)}`,
      failure,
    ),
  ).apply(({ iamInstanceProfile }) =>
    resolve(looking, "autoScalingGroupName", [iamInstanceProfile || undefined]),
  );
}

/** The provider also reads the image, and fails where that is gone. */
function configurationMissing(input: string, { notFound, reason }: LookUpFailure): string {
  return notFound
    ? `${input}, which does not exist any more, or whose image does not (${reason}): set the group to a launch source with ` +
        `an image that exists, or give both launchTemplateIds and instanceProfileRoleArns, and nothing is looked up.`
    : cannotBeLookedUp(
        `${input}, which`,
        reason,
        "autoscaling:DescribeLaunchConfigurations and ec2:DescribeImages",
      );
}

function resolve(
  looking: Looking,
  holder: Holder,
  profiles: (string | undefined)[],
): pulumi.Output<Profile[]> {
  const { checker, inputs, place } = looking;
  const named = profiles.filter((profile) => profile !== undefined);
  return checker
    .conclude(inputs[holder], place, (value, place) =>
      sortedSet(named.map((profile) => profileName(phrase(holder, value), profile, place))),
    )
    .apply((names) => pulumi.all(names.map((name) => roleOf(looking, holder, name))));
}

function roleOf(looking: Looking, holder: Holder, name: string): pulumi.Output<Profile> {
  const { checker, inputs, place } = looking;
  const profile = lookUpProfile(looking, inputs[holder], name, (value, failure) =>
    profileMissing(phrase(holder, value), name, failure),
  );
  return checker.conclude(inputs[holder], pulumi.all([profile, place]), (value, [profile, place]) => ({
    name,
    roleArn: profileRole(phrase(holder, value), profile, place),
  }));
}

function phrase(holder: Holder, value: string): string {
  return `${holder} ${quoted(value)}`;
}
