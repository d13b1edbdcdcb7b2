import * as pulumi from "@pulumi/pulumi";
import { LaunchConfigurationFrom } from "../launchConfigurationFrom";
import { quote } from "../quote";
import { sortUnique } from "../sortUnique";
import { explainDeniedLookUp, LookUpFailure } from "./failure";
import { GoldenFacts } from "./goldenInstance";
import { Profile, explainMissingProfile, nameProfile, readProfileRole } from "./instanceProfile";
import { LaunchQuestion, lookUpConfiguration, lookUpProfile } from "./lookUps";
import { LaunchSource } from "./source";
import { TemplateFacts } from "./templateFacts";

/** The input through which an instance profile was found. */
type Holder = "instanceId" | "autoScalingGroupName";

/**
 * The instance profiles that the group launches with, each looked up once. A launch configuration's profile is the golden
 * instance's or the group's own; templates each have their own.
 */
export function lookUpProfiles(
  question: LaunchQuestion,
  source: pulumi.Output<LaunchSource>,
  golden: pulumi.Output<GoldenFacts>,
  templates: pulumi.Output<TemplateFacts[]>,
): pulumi.Output<Profile[]> {
  return pulumi.all([source, question.inputs.launchConfigurationFrom]).apply(([source, from]) => {
    if (source.kind !== "configuration") {
      return templates.apply((facts) =>
        findProfiles(
          question,
          "autoScalingGroupName",
          facts.map(({ profile }) => profile),
        ),
      );
    }
    return from === LaunchConfigurationFrom.Instance
      ? golden.apply(({ profile }) => findProfiles(question, "instanceId", [profile]))
      : findProfileOfConfiguration(question, source.launchConfiguration);
  });
}

function findProfileOfConfiguration(question: LaunchQuestion, name: string): pulumi.Output<Profile[]> {
  return lookUpConfiguration(question, question.inputs.autoScalingGroupName, name, (group, failure) =>
    explainMissingConfiguration(
      `autoScalingGroupName ${quote(group)} uses launch configuration ${quote(name)}`,
      failure,
    ),
  ).apply(({ iamInstanceProfile }) =>
    findProfiles(question, "autoScalingGroupName", [iamInstanceProfile || undefined]),
  );
}

/** The provider also reads the image, and fails where that is gone. */
function explainMissingConfiguration(input: string, { notFound, reason }: LookUpFailure): string {
  return notFound
    ? `${input}, which does not exist any more, or whose image does not (${reason}): set the group to a launch source with ` +
        `an image that exists, or give both launchTemplateIds and instanceProfileRoleArns, and nothing is looked up.`
    : explainDeniedLookUp(
        `${input}, which`,
        reason,
        "autoscaling:DescribeLaunchConfigurations and ec2:DescribeImages",
      );
}

function findProfiles(
  question: LaunchQuestion,
  holder: Holder,
  profiles: (string | undefined)[],
): pulumi.Output<Profile[]> {
  const { checker, inputs, place } = question;
  const named = profiles.filter((profile) => profile !== undefined);
  return checker
    .conclude(inputs[holder], place, (value, place) =>
      sortUnique(named.map((profile) => nameProfile(nameHolder(holder, value), profile, place))),
    )
    .apply((names) => pulumi.all(names.map((name) => findProfile(question, holder, name))));
}

function findProfile(question: LaunchQuestion, holder: Holder, name: string): pulumi.Output<Profile> {
  const { checker, inputs, place } = question;
  const profile = lookUpProfile(question, inputs[holder], name, (value, failure) =>
    explainMissingProfile(nameHolder(holder, value), name, failure),
  );
  return checker.conclude(inputs[holder], pulumi.all([profile, place]), (value, [profile, place]) => ({
    name,
    roleArn: readProfileRole(nameHolder(holder, value), profile, place),
  }));
}

function nameHolder(holder: Holder, value: string): string {
  return `${holder} ${quote(value)}`;
}
