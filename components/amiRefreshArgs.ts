import * as pulumi from "@pulumi/pulumi";
import { LaunchConfigurationFrom } from "./launchConfigurationFrom";

/**
 * What an AmiRefresh is made of. Four are required; everything else has a default that a careful operator would choose.
 *
 * A plain value that cannot be used fails in the constructor; a value that is known only later (an Output) fails as soon
 * as it is known, which in a preview may not be before the update. Either way with one sentence.
 */
export interface AmiRefreshArgs {
  /**
   * The golden instance: the machine that people patch and configure, and whose image the group launches. It is not a
   * member of the group, and it is running or stopped when the schedule fires.
   *
   * Format: "i-" and 8 or 17 hexadecimal digits. Source: EC2 API reference, CreateImage.
   */
  instanceId: pulumi.Input<string>;

  /**
   * The name of the Auto Scaling group whose launch image is refreshed. The group exists, in the Region of the provider,
   * and uses a launch configuration.
   *
   * The runbook changes the group behind the back of the program that made it. That program must leave the field alone,
   * or its next deployment puts the old image back: Pulumi with `ignoreChanges: ["launchConfiguration"]` on the group,
   * Terraform with `lifecycle { ignore_changes = [launch_configuration] }`; CloudFormation does so when the template's
   * own launch configuration changes, so leave that as it is.
   *
   * Limit: 1 to 255 printable ASCII characters without blanks, colons and `*`, `?`, `$`, `{`, `}`, which mean something
   * in an IAM policy or in a runbook. Source: Auto Scaling API reference, CreateAutoScalingGroup.
   */
  autoScalingGroupName: pulumi.Input<string>;

  /**
   * What the names of the launch configurations begin with: `<prefix>_YYYY-MM-DD`, and on a further run of that day
   * `<prefix>_YYYY-MM-DD_HH.MM.SS`, in UTC. The permissions allow exactly these names, so give each component of an
   * account and Region a prefix of its own.
   *
   * Limit: 1 to 235 characters, so that the longest name has AWS's 255; the same characters as in a group's name.
   * Source: Auto Scaling API reference, CreateLaunchConfiguration.
   */
  prefix: pulumi.Input<string>;

  /**
   * When the refresh runs, in UTC: the six fields of an EventBridge cron expression, minutes, hours, day of month,
   * month, day of week, year. Exactly one of the two day fields is `?`. Every day at 05:30 UTC is `30 5 * * ? *`, which
   * is 14:30 in Japan. An expression with `cron( … )` around it is accepted.
   *
   * EventBridge starts a run within the minute, at least once, in rare cases twice. Choose an interval that is longer
   * than a run takes.
   *
   * Limit: 256 characters. Source:
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
   */
  cron: pulumi.Input<string>;

  /**
   * Whether the schedule fires. With false everything is deployed and the rule is in state DISABLED: runs can be started
   * by hand, and none starts by itself. Default: true.
   */
  enabled?: pulumi.Input<boolean>;

  /**
   * Whether EC2 reboots the golden instance while it takes the image. Default: false, the machine is not disturbed.
   *
   * Without a reboot the image is crash-consistent: it holds what had reached the disks, as after a power cut. What is in
   * memory, unwritten buffers and the order of writes across several volumes are not in it. Choose true when the
   * machine runs a database or anything else that does not recover from a power cut, and may be away for some minutes at
   * the time of the schedule; or have it flush and stop such services itself before.
   *
   * Source: EC2 API reference, CreateImage, NoReboot.
   */
  reboot?: pulumi.Input<boolean>;

  /**
   * Where the new launch configuration takes everything but its image from. Default: "instance".
   *
   * With "instance" AWS derives it from the golden instance, and these settings of that machine reach the fleet: instance
   * type, key pair, security groups, user data, instance profile, detailed monitoring, tenancy, EBS optimisation, whether
   * it has a public address, and the settings of the metadata service (passed on explicitly). The volumes are those of the
   * new image. The image that the golden instance itself was launched from must still exist. What a launch
   * configuration cannot express is lost: tags, IPv6 addresses, further network interfaces, and more.
   *
   * Choose "group" when the fleet differs from the golden instance in any of these, for instance in its instance type or
   * security groups: then the group's current launch configuration is copied and only the image changed.
   *
   * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-lc-with-instanceID.html
   */
  launchConfigurationFrom?: pulumi.Input<LaunchConfigurationFrom>;

  /**
   * The ARNs of the roles in the instance profiles that the group launches with: the golden instance's profile, or with
   * `launchConfigurationFrom` "group" the current launch configuration's. The automation role may pass these roles to
   * EC2, and no other. Default: none; a run then ends before an image is made when there is an instance profile.
   *
   * Format: arn:PARTITION:iam::ACCOUNT:role/NAME, of the account that the component is deployed into. Limit: 20. Source:
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html
   */
  instanceProfileRoleArns?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Physical names. What is not given is derived by Pulumi from the component's name, with a random end, and never
   * collides; a given name must be free in the account (roles, whatever the Region) or in the Region (document and rule).
   */
  names?: AmiRefreshNames;

  /**
   * The ARN of a managed policy that bounds both roles. It must allow what they need, or the runs are denied. Default:
   * no boundary. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  permissionsBoundaryArn?: pulumi.Input<string>;

  /**
   * The IAM path of both roles. It begins and ends with a slash. Default: "/". Limit: 400 characters without blanks and
   * `*`, `?`, `$`, `{`, `}`; IAM takes 512, but the role's whole ARN is a parameter of the runbook, of which AWS takes 512.
   * Source: IAM API reference, CreateRole.
   */
  rolePath?: pulumi.Input<string>;

  /**
   * Tags for both roles, the document and the rule, and for every image and snapshot that the runbook makes. A provider's
   * default tags reach the first four only. Default: none.
   *
   * Limit: 40 tags; keys of 1 to 128 characters without "=", that do not begin with "aws:" or "ami-refresh:"; values of
   * at most 256 characters. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** Physical names of what an AmiRefresh creates; each is optional. */
export interface AmiRefreshNames {
  /** The role that the runbook uses. 1 to 64 letters, digits and `_+=,.@-`, unique in the account. */
  automationRole?: pulumi.Input<string>;
  /** The automation role's inline policy. 1 to 128 letters, digits and `_+=,.@-`. */
  automationPolicy?: pulumi.Input<string>;
  /** The role with which EventBridge starts the runbook. 1 to 64 letters, digits and `_+=,.@-`, unique in the account. */
  eventsRole?: pulumi.Input<string>;
  /** The events role's inline policy. 1 to 128 letters, digits and `_+=,.@-`. */
  eventsPolicy?: pulumi.Input<string>;
  /** The Automation document. 3 to 128 letters, digits and `_-.`; not beginning with aws, amazon or amzn. */
  document?: pulumi.Input<string>;
  /** The EventBridge rule. 1 to 64 letters, digits and `.-_`. */
  rule?: pulumi.Input<string>;
}
