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
   * The name of the Auto Scaling group whose launch image is refreshed. The group exists, in the account and Region of the
   * provider, and launches from a launch configuration, a launch template or a mixed instances policy. The image of one launch
   * template may be a parameter of Systems Manager: `resolve:ssm:NAME`, in its latest version. Of a group that the same program
   * makes, give the Output `group.name`.
   *
   * A run changes what the group launches behind the back of the program that owns it, which would put the old image back at
   * its next deployment, with a refresh at once. That program ignores exactly what a run changes:
   *
   * - on the group, Pulumi: `ignoreChanges: ["launchConfiguration"]`; of a launch template by a number
   *   `["launchTemplate.version"]`; of a mixed instances policy by a number
   *   `["mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version"]`, and where overrides name a template
   *   `mixedInstancesPolicy.launchTemplate.overrides[*].launchTemplateSpecification.version`; nothing where the version is
   *   `$Default` or `$Latest`. Terraform: `ignore_changes` with `launch_configuration`, `launch_template[0].version`, or
   *   `mixed_instances_policy[0].launch_template[0].launch_template_specification[0].version`, and an entry
   *   `….override[0].launch_template_specification[0].version` for each override that names a template.
   * - on the launch template, because a refresh reads its latest version, which is the run's: Pulumi
   *   `ignoreChanges: ["imageId", "description"]` and no `defaultVersion`; Terraform `ignore_changes = [image_id, description]`
   *   and no `default_version`. Change a template with `pulumi up --refresh`: the new version then has the newest image.
   * - on a parameter that names the image of the template, and then nothing on the other two: Pulumi
   *   `ignoreChanges: ["value"]`; Terraform `ignore_changes = [value]`.
   * - CloudFormation changes group and template only when the stack's own text of them changes: then start a run.
   *
   * `examples/group-in-same-program` shows it in one program.
   *
   * Limit: 1 to 255 printable ASCII characters without blanks, colons and `*`, `?`, `$`, `{`, `}`, which mean something
   * in an IAM policy or in a runbook. Source: Auto Scaling API reference, CreateAutoScalingGroup.
   */
  autoScalingGroupName: pulumi.Input<string>;

  /**
   * What the names of the launch configurations begin with: `<prefix>_YYYY-MM-DD`, and on a further run of that day
   * `<prefix>_YYYY-MM-DD_HH.MM.SS`, in UTC. The permissions allow exactly these names, so give each component of an
   * account and Region a prefix of its own. New versions of launch templates have no name; the prefix stands in their
   * description.
   *
   * Limit: 1 to 235 characters, so that the longest name has AWS's 255; the same characters as in a group's name.
   * Source: Auto Scaling API reference, CreateLaunchConfiguration.
   */
  prefix: pulumi.Input<string>;

  /**
   * When the refresh runs, in UTC or in `timeZone`: the six fields of an EventBridge cron expression, minutes, hours, day of month,
   * month, day of week, year. Exactly one of the two day fields is `?`. Every day at 05:30 UTC is `30 5 * * ? *`, which
   * is 14:30 in Japan. An expression with `cron( … )` around it is accepted.
   *
   * EventBridge starts a run within the minute, at least once, in rare cases twice. Choose an interval that is longer
   * than a run takes; more than one start in an hour is refused.
   *
   * Limit: 256 characters. Source:
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
   */
  cron: pulumi.Input<string>;

  /**
   * The time zone of `cron`, by its name in the IANA time zone database, such as `Asia/Tokyo`. Default: none, and a rule of
   * CloudWatch Events starts the runbooks in UTC. With it schedules of EventBridge Scheduler do, in place of the rule. An hour
   * that does not exist when the clocks are set forward is skipped; one that comes twice when they are set back fires once. A
   * plain value, because it decides which resources there are.
   *
   * Limit: 50 characters. Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  timeZone?: string;

  /**
   * Within how many minutes after its time a run starts, so that a fleet of schedules does not start at once. Default: it
   * starts within the minute. Only with `timeZone`, which may be `UTC`. Limit: 1 to 1440. Source:
   * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html
   */
  flexibleWindowMinutes?: pulumi.Input<number>;

  /**
   * Whether the schedule fires. With false everything is deployed and the rule, or with `timeZone` each schedule, is in state
   * DISABLED: runs can be started by hand, and none starts by itself. Default: true.
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
   * What is run on the golden instance before its image is taken, through Run Command: `{}` installs patches by
   * AWS-RunPatchBaseline. Where the command fails the run ends, and no image is made. Systems Manager must manage the instance.
   * Default: nothing is run on it. A plain map, because it decides which resources there are; each value in it may be known
   * only later.
   */
  patch?: AmiRefreshPatch;

  /**
   * Whether a golden instance that is kept stopped is started for `patch` and stopped again, whatever comes of the command.
   * Default: false, and one that is stopped is imaged as it lies. Not without `patch`, and not with `skipUnchanged`. A plain
   * value, because it decides which resources there are.
   */
  startStopped?: boolean;

  /**
   * Devices of the golden instance whose volumes stay out of the image, such as a disk with data that the fleet does not need.
   * By the names that EC2 shows of the instance. Default: none, and every volume is in the image. A run refuses the root's
   * device, and one that the instance does not have. Limit: 128. Source: EC2 API reference, CreateImage (`NoDevice`).
   */
  excludeDevices?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Whether a run makes nothing where nothing can have changed: the golden instance is stopped, was stopped before the newest
   * image of ours was made that the group launches, has not been started since, and has the same volumes in the same sizes. The
   * run then ends as a success. A running instance is always imaged. A changed instance type or user data is no change of the
   * disks: start create-image by hand with `SkipUnchanged=false` where that matters. Default: false. A plain value, because it
   * decides what runs may look at.
   */
  skipUnchanged?: boolean;

  /**
   * Where the new launch configuration takes everything but its image from. Default: "instance". Of no meaning for a group
   * that uses launch templates: a new version is a copy of the one that the group uses, with another image.
   *
   * With "instance" AWS derives it from the golden instance, and these settings of that machine reach the fleet: instance
   * type, key pair, security groups, user data, instance profile, detailed monitoring, tenancy, EBS optimisation, whether
   * it has a public address, and the settings of the metadata service (passed on explicitly). The volumes are those of the
   * new image. The image that the golden instance itself was launched from must still exist. What a launch
   * configuration cannot express is lost: tags, IPv6 addresses, further network interfaces, and more. So are a Spot price, and
   * any other setting or disk that only the group's present configuration has: the first run's report names what is lost.
   *
   * Choose "group" when the fleet differs from the golden instance in any of these, for instance in its instance type or
   * security groups: then the group's current launch configuration is copied and only the image changed.
   *
   * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-lc-with-instanceID.html
   */
  launchConfigurationFrom?: pulumi.Input<LaunchConfigurationFrom>;

  /**
   * The ids of the launch templates that the group uses, also in overrides of a mixed instances policy; an empty list means
   * that it uses a launch configuration. Default: looked up.
   *
   * The permissions are made for what the group launches with, and the preview finds that out: it reads the group, its
   * templates, the golden instance and the instance profiles, with the component's own provider. Where this list and
   * `instanceProfileRoleArns` are both given nothing is read: for those who may not, and for those who want permissions
   * that do not depend on what exists. The permissions are then wider: every way to refer to these templates, every kind
   * of tag on what is launched, Spot, whatever else EC2 authorises by the template, and a look at any KMS key; but licence
   * configurations, resource groups and secondary subnets that a template names are not covered, and the roll-out of such a
   * template is denied; and that of a template whose image a parameter names is refused. With this list alone everything is
   * read, and a list that is not the group's is refused.
   *
   * Format: "lt-" and 8 or 17 hexadecimal digits each. Limit: 20, because a role's policy names each of them several times.
   * Source: EC2 API reference, CreateLaunchTemplateVersion; IAM User Guide, IAM and STS quotas.
   */
  launchTemplateIds?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The ARNs of the roles in the instance profiles that the group launches with: the templates' own, the golden instance's,
   * or with `launchConfigurationFrom` "group" the current launch configuration's. The automation role may pass these roles
   * to EC2, and no other. Default: looked up. An empty list means that none may be passed. For what else it changes see
   * `launchTemplateIds`.
   *
   * Format: arn:PARTITION:iam::ACCOUNT:role/NAME, of the account that the component is deployed into. Limit: 20. Source:
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html
   */
  instanceProfileRoleArns?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Whether a run may change what others launch: groups, EC2 fleets and Spot fleets that follow the latest or the default
   * version of a template that the group uses too, or that read the parameter which names its template's image. Default:
   * false, a roll-out that would reach others ends before it changes anything, and names them. A launch configuration is
   * never changed, so this has no meaning for one.
   */
  allowSharedTemplate?: pulumi.Input<boolean>;

  /**
   * Whether the group may already launch from volumes under the golden instance's own KMS keys. Default: false, a roll-out
   * ends before it changes anything when the image has a volume under a customer managed key that the group's present image
   * does not use. Without the key's consent the next instance is started and terminated at once, and nobody is told.
   *
   * Before it is set to true, the key's policy has two statements for the group's service-linked role,
   * AWSServiceRoleForAutoScaling unless the group names another one, as `Principal`:
   *
   * - use of the key: `kms:Encrypt`, `kms:Decrypt`, `kms:ReEncrypt*`, `kms:GenerateDataKey*` and `kms:DescribeKey`
   * - `kms:CreateGrant`, with the condition `"Bool": { "kms:GrantIsForAWSResource": true }`
   *
   * The managed key aws/ebs needs neither. Source:
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   */
  customerKeyReady?: pulumi.Input<boolean>;

  /**
   * How a roll-out replaces the group's instances, by an instance refresh of EC2 Auto Scaling. Default: not at all, and only
   * what the group launches from then on has the image. With it, `{}` included, a roll-out ends when the instances run the
   * image; where that does not succeed the group launches what it launched before, and the run ends Failed. A plain map,
   * because it decides which resources there are; each value in it may be known only later. Source:
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html
   */
  instanceRefresh?: AmiRefreshInstanceRefresh;

  /**
   * Whether the schedule also starts the runbook retire, which deletes what earlier runs made, is old, and is used by nothing:
   * images with their launch configurations, launch template versions and snapshots. Default: true. With false there is no
   * such runbook and nothing of an earlier run is ever deleted: then images and snapshots are kept and billed for ever, and
   * after 200 launch configurations no more can be made in the Region. A plain value, because it decides which resources
   * there are.
   *
   * Whatever its age, an image is kept that any group, launch template (default and latest version, and numbered versions that
   * a group or a fleet names), launch configuration of others, EC2 or Spot fleet or instance uses, that EC2's
   * DescribeImageReferences reports, that the group launched before the present one, that is shared with another account,
   * from which the golden instance itself was launched, that is protected against deregistration, that a run made or rolls
   * out which is not finished, or that has a tag `ami-refresh:keep`, whatever its value. Nothing younger than 12 hours is
   * deleted. A run reports what it kept so, and why; a dry run (parameter `DryRun`) reports what it would delete. What
   * cannot be deleted is reported too, and does not end the run; a missing permission does.
   */
  retire?: boolean;

  /**
   * How many images are kept that were rolled out: the newest ones, and beside them what the group launches now and launched
   * before. Images that were never rolled out are not counted; they go when they are older than 12 hours. Default: 14. A
   * whole number from 1 to 1000; AWS's quota is 50,000 images in a Region. Source: EC2 User Guide, AMI quotas.
   */
  retainImages?: pulumi.Input<number>;

  /**
   * For how many days every image is kept, rolled out or not, however many there are; beside `retainImages`, which keeps the
   * newest ones whatever their age. Default: none, and the number alone counts. A whole number from 1 to 3650.
   */
  retainDays?: pulumi.Input<number>;

  /**
   * How many launch configurations are kept that were rolled out: the newest ones, as long as their images are kept, and what any
   * group uses. Default: 2, the current one and the one before. A whole number from 1 to 100; AWS's quota is 200 in a
   * Region, for everybody in the account. Of no meaning for launch templates, whose versions go with their images. Source:
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-account-limits.html
   */
  retainLaunchConfigurations?: pulumi.Input<number>;

  /**
   * For how many days AWS's Recycle Bin keeps images and snapshots of this group after they were deleted, by whomever, so that
   * a wrong deletion can be undone: restore the snapshots first, then the image. Default: not at all. Snapshots in the
   * Recycle Bin are billed as others, and images in it count against the quota. It cannot be emptied by hand. A plain value,
   * because it decides which resources there are.
   *
   * A whole number from 1 to 365. Source: https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html
   */
  recycleBinDays?: number;

  /**
   * Who is told when something goes wrong: a start that is refused or lost, a run that ends otherwise than Success, no success
   * for longer than the schedule's longest gap. Default: nobody, and the preview says so. Starts that were refused are kept in
   * a queue for 14 days either way. A plain map, because it decides which resources there are.
   */
  notifications?: AmiRefreshNotifications;

  /**
   * The name of a parameter of Systems Manager into which a roll-out writes what the group launches, for others to read, when it
   * has succeeded; a roll-back too. The first roll-out makes it, with data type `aws:ec2:image`, which AWS checks; it stays when
   * this component is removed. Default: none. Format: letters, digits and `_.-` in up to 15 levels behind slashes, not beginning
   * with aws or ssm; at most 1,011 characters. Source: Systems Manager API reference, PutParameter.
   */
  imageParameterName?: pulumi.Input<string>;

  /**
   * After how many days the image that the group launches is too old, which an alarm then says. It speaks also where every run
   * succeeds, for instance after a roll-back. Default: no such alarm. A plain value, because it decides which resources there
   * are. A whole number from 1 to 3650.
   */
  maxImageAgeDays?: number;

  /**
   * Whether there is a CloudWatch dashboard of the group: the age of its image, starts and failures, how many images and
   * snapshots are kept, and the alarms. Default: false. A plain value, because it decides which resources there are. AWS
   * charges for dashboards after the third. Source: https://aws.amazon.com/cloudwatch/pricing/
   */
  dashboard?: boolean;

  /**
   * Physical names. What is not given is derived by Pulumi from the component's name, with a random end, and never
   * collides; a given name must be free in the account (roles, whatever the Region) or in the Region (documents and rule).
   */
  names?: AmiRefreshNames;

  /**
   * The ARN of a managed policy that bounds all roles. It must allow what they need, or the runs are denied. Default:
   * no boundary. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  permissionsBoundaryArn?: pulumi.Input<string>;

  /**
   * The IAM path of all roles. It begins and ends with a slash. Default: "/". Limit: 400 characters without blanks and
   * `*`, `?`, `$`, `{`, `}`; IAM takes 512, but a role's whole ARN is a parameter of its runbook, of which AWS takes 512.
   * Source: IAM API reference, CreateRole.
   */
  rolePath?: pulumi.Input<string>;

  /**
   * Tags for all roles, documents and rules, and for every image and snapshot that the runbooks make. The `defaultTags` of a
   * provider reach what Pulumi makes, and neither images nor snapshots: give these tags here too, for instance one constant to
   * both. Default: none.
   *
   * Limit: 40 tags; keys of 1 to 128 characters without "=", that do not begin with "aws:" or "ami-refresh:"; values of
   * at most 256 characters. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/**
 * How instances are replaced: AWS's preferences for an instance refresh, by AWS's names and in its units. What is not given is
 * left to the group and to AWS, but for three things. A new instance is healthy before an old one goes (100 and 110 per cent),
 * unless the group has an instance maintenance policy. Instances in standby, and those that are protected from scale-in, stay
 * as they are and are not waited for. A refresh that fails is rolled back, where AWS can. Source:
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 */
export interface AmiRefreshInstanceRefresh {
  /**
   * "Rolling" replaces instances. "ReplaceRootVolume" replaces their root volumes instead; it takes a mixed instances policy
   * whose every override names an image, an image of one volume, numbered template versions, no warm pool and no Classic Load
   * Balancer. Default: "Rolling". Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-root-volume.html
   */
  strategy?: pulumi.Input<string>;

  /** How many per cent of the desired capacity stay healthy. 0 to 100. Default: 100, or the group's own policy. */
  minHealthyPercentage?: pulumi.Input<number>;

  /**
   * How many per cent of the desired capacity there may be meanwhile. 100 to 200, at most 100 more than
   * `minHealthyPercentage`, without which it is refused. Default: 110, or 100 more than `minHealthyPercentage` where that is
   * less; without `minHealthyPercentage` the group's own policy.
   */
  maxHealthyPercentage?: pulumi.Input<number>;

  /** Seconds from a new instance's start until it counts. Default: the group's default warm-up, or its grace period. */
  instanceWarmup?: pulumi.Input<number>;

  /**
   * Whether instances stay that have the new launch template version already. Default: false. Refused for a group with a
   * launch configuration, for which AWS cannot.
   */
  skipMatching?: pulumi.Input<boolean>;

  /**
   * Whether a refresh that fails, or in which one of `alarms` goes off, is rolled back. Default: true, where AWS can. AWS
   * cannot for a group that refers to a launch template by $Latest or $Default, and true is refused there; and not for a
   * launch configuration, of which the runbook itself goes back by a second refresh. With false the group launches again what
   * it launched before, a refresh that is late is cancelled, and instances that are new stay.
   */
  autoRollback?: pulumi.Input<boolean>;

  /**
   * Names of CloudWatch alarms that end the refresh when one goes off. All must be OK when it begins. Limit: 10. An image that
   * was rolled out before is rolled out again without them, and without the checkpoints and `bakeTime`: so one can go back
   * while an alarm sounds.
   */
  alarms?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * At how many per cent of replaced instances it pauses. Ascending, from 1, the last one 100; at most 30. Default: nowhere.
   */
  checkpointPercentages?: pulumi.Input<pulumi.Input<number>[]>;

  /** How many seconds it pauses. 0 to 172,800. Default: 3,600. Refused without `checkpointPercentages`. */
  checkpointDelay?: pulumi.Input<number>;

  /** What becomes of instances that are protected from scale-in: "Refresh", "Ignore" or "Wait". Default: "Ignore". */
  scaleInProtectedInstances?: pulumi.Input<string>;

  /** What becomes of instances in standby: "Terminate", "Ignore" or "Wait". Default: "Ignore". */
  standbyInstances?: pulumi.Input<string>;

  /** How many seconds it is still watched when all instances are replaced. 0 to 172,800. Default: 0. */
  bakeTime?: pulumi.Input<number>;

  /**
   * How many seconds a roll-out waits for the refresh before it goes back. More than all pauses at checkpoints, `instanceWarmup`
   * and `bakeTime` together, at most 1,209,600, which are AWS's 14 days. Default: 21,600, six hours.
   */
  timeout?: pulumi.Input<number>;
}

/** What is run on the golden instance before its image is taken. Each value is optional. */
export interface AmiRefreshPatch {
  /**
   * The command document: the name of one of AWS's or of this account's, or the ARN of one that another account shares. 3 to
   * 128 letters, digits and `_-.`. Default: AWS-RunPatchBaseline. Source: Systems Manager API reference, SendCommand.
   */
  documentName?: pulumi.Input<string>;

  /**
   * Whether AWS-RunPatchBaseline reboots the instance: "RebootIfNeeded" or "NoReboot". Default: "RebootIfNeeded". Patches that
   * wait for a reboot are in the image, and work in instances of it. Refused with another document. Source:
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaseline.html
   */
  rebootOption?: pulumi.Input<string>;

  /**
   * Parameters of the document, each with a list of texts. Default: none, and of AWS-RunPatchBaseline the operation Install.
   * Limit: 50 values, each of which has at most 512 characters with the parameter's name. What is secret does not belong here,
   * because Run Command shows it.
   */
  parameters?: pulumi.Input<Record<string, pulumi.Input<pulumi.Input<string>[]>>>;

  /**
   * How many seconds a run waits for the end of the command, which it cancels then. 60 to 172,800, AWS's longest. Default:
   * 10,800, three hours.
   */
  timeout?: pulumi.Input<number>;
}

/**
 * Where notices are sent: to a topic of one's own, or to e-mail addresses; one of the two. What EventBridge and CloudWatch send
 * says which group and which runbook it is about, and what to look at first.
 */
export interface AmiRefreshNotifications {
  /**
   * The ARN of one's own SNS topic, of this account and Region. Its policy allows `sns:Publish` to `events.amazonaws.com`
   * without any condition, because with one every notice is dropped, and to `cloudwatch.amazonaws.com`. Not a FIFO topic.
   * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
   */
  topicArn?: pulumi.Input<string>;

  /**
   * E-mail addresses: a topic is made, and each gets a subscription. Each has to confirm it by the link in a message of AWS's,
   * within two days; until then it gets nothing. A plain list, in which each address may be known only later. Limit: 20.
   * Source: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html
   */
  emails?: pulumi.Input<string>[];

  /**
   * The ARN of the customer managed KMS key that encrypts the topic for `emails`. Default: not encrypted by a key. Its policy
   * allows `kms:GenerateDataKey*` and `kms:Decrypt` to both services, or no notice arrives. AWS's own key, `alias/aws/sns`, is
   * refused: neither service can use it. Source:
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
   */
  kmsKeyArn?: pulumi.Input<string>;
}

/**
 * Physical names of what an AmiRefresh creates; each is optional. Roles: 1 to 64 letters, digits and `_+=,.@-`, unique in the
 * account. Inline policies: 1 to 128 of them. Documents: 3 to 128 letters, digits and `_-.`, not beginning with aws, amazon or
 * amzn, unique in the Region.
 */
export interface AmiRefreshNames {
  /** The role of the runbook create-image. */
  automationRole?: pulumi.Input<string>;
  /** Its inline policy. */
  automationPolicy?: pulumi.Input<string>;
  /** The runbook create-image. */
  document?: pulumi.Input<string>;
  /** With `patch`: the role of the runbook patch. */
  patchRole?: pulumi.Input<string>;
  /** Its inline policy. */
  patchPolicy?: pulumi.Input<string>;
  /** The runbook patch. */
  patchDocument?: pulumi.Input<string>;
  /** The role of the runbook roll-out. */
  rollOutRole?: pulumi.Input<string>;
  /** Its inline policy. */
  rollOutPolicy?: pulumi.Input<string>;
  /** The runbook roll-out. */
  rollOutDocument?: pulumi.Input<string>;
  /** The inline policy by which a roll-out may switch the schedule off. */
  pausePolicy?: pulumi.Input<string>;
  /** With `instanceRefresh`: the role of the runbook prepare. */
  prepareRole?: pulumi.Input<string>;
  /** Its inline policy. */
  preparePolicy?: pulumi.Input<string>;
  /** The runbook prepare. */
  prepareDocument?: pulumi.Input<string>;
  /** With `instanceRefresh`: the role of the runbook refresh. */
  refreshRole?: pulumi.Input<string>;
  /** Its inline policy. */
  refreshPolicy?: pulumi.Input<string>;
  /** The runbook refresh. */
  refreshDocument?: pulumi.Input<string>;
  /** The role of the runbook retire. */
  retireRole?: pulumi.Input<string>;
  /** Its inline policy. */
  retirePolicy?: pulumi.Input<string>;
  /** The runbook retire. */
  retireDocument?: pulumi.Input<string>;
  /** The role with which EventBridge starts the runbooks. */
  eventsRole?: pulumi.Input<string>;
  /** Its inline policy. */
  eventsPolicy?: pulumi.Input<string>;
  /** The EventBridge rule. 1 to 64 letters, digits and `.-_`. */
  rule?: pulumi.Input<string>;
  /** With `timeZone`: the role with which EventBridge Scheduler starts the runbooks, in place of `eventsRole`. */
  schedulerRole?: pulumi.Input<string>;
  /** Its inline policy. */
  schedulerPolicy?: pulumi.Input<string>;
  /** With `timeZone`: the group of the schedules, in place of `rule`. 1 to 64 letters, digits and `.-_`. */
  scheduleGroup?: pulumi.Input<string>;
  /** The queue for starts that were refused. 1 to 80 letters, digits and `-_`. */
  deadLetterQueue?: pulumi.Input<string>;
  /** The alarm on messages in it. Alarms: 1 to 255 letters, digits, blanks and `_.:/+=@,-`, unique in the Region. */
  deadLettersAlarm?: pulumi.Input<string>;
  /** The alarm on starts that could not be put into it. */
  lostDeadLettersAlarm?: pulumi.Input<string>;
  /** The topic for `emails`. 1 to 256 letters, digits and `-_`. */
  topic?: pulumi.Input<string>;
  /** The EventBridge rule that sends a notice when a run fails. As `rule`. */
  failureRule?: pulumi.Input<string>;
  /** The role of the runbook watch. */
  watchRole?: pulumi.Input<string>;
  /** Its inline policy. */
  watchPolicy?: pulumi.Input<string>;
  /** The runbook watch. */
  watchDocument?: pulumi.Input<string>;
  /** The role with which EventBridge starts the runbook watch. */
  watchEventsRole?: pulumi.Input<string>;
  /** Its inline policy. */
  watchEventsPolicy?: pulumi.Input<string>;
  /** The EventBridge rule that starts it. As `rule`. */
  watchRule?: pulumi.Input<string>;
  /** The alarm on the time since the last success. */
  missingSuccessAlarm?: pulumi.Input<string>;
  /** The alarm that speaks when the watch itself is silent. */
  silentWatchAlarm?: pulumi.Input<string>;
  /** The alarm on the age of the image. */
  imageAgeAlarm?: pulumi.Input<string>;
  /** The dashboard. 1 to 255 letters, digits and `-_`. */
  dashboard?: pulumi.Input<string>;
}
