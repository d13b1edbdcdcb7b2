import { Reference, updatesGroup } from "./launch/facts";
import { Statement } from "./policies";
import { groupArn, imageArns, Refreshed } from "./refreshed";

// What the automation role may do for a group with launch templates, alone or in a mixed instances policy, and for no
// other.

/** What a run looks at beside what every run does; AWS gives these actions no resource level. */
export const TEMPLATE_LOOKS = [
  // Who else follows a template: a change would reach them too.
  "ec2:DescribeFleets",
  "ec2:DescribeSpotFleetRequests",
  "ec2:DescribeLaunchTemplateVersions",
];

export function templateStatements(refreshed: Refreshed): Statement[] {
  const followed = (reference: Reference): string[] =>
    refreshed.launch.templates
      .filter(({ refersBy }) => refersBy.includes(reference))
      .map(({ id }) => templateArn(refreshed, id));
  return [
    {
      // New versions; old ones go with their images; and the launch itself, where Auto Scaling checks it. What a version
      // contains cannot be limited by IAM. The runbook changes only the image. One statement, because IAM takes 10,240
      // characters and a group can have twenty templates.
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/permissions-for-launch-templates.html
      Sid: "TheTemplatesOfTheGroup",
      Effect: "Allow",
      Action: [
        "ec2:CreateLaunchTemplateVersion",
        ...(refreshed.retire ? ["ec2:DeleteLaunchTemplateVersions"] : []),
        ...(updatesGroup(refreshed.launch) ? ["ec2:RunInstances"] : []),
      ],
      Resource: templateArns(refreshed),
    },
    ...onTemplates(
      // A group that follows $Default, or names no version, gets the new version as the default one.
      "DefaultVersionOfTheTemplates",
      "ec2:ModifyLaunchTemplate",
      followed("default"),
    ),
    ...onTemplates(
      // A group that follows $Latest has a new version at once: one that fails its checks is taken away again. Where old
      // versions are retired, the statement above allows it.
      "TakeBackTheLatestVersion",
      "ec2:DeleteLaunchTemplateVersions",
      refreshed.retire ? [] : followed("latest"),
    ),
    ...(updatesGroup(refreshed.launch) ? updateStatements(refreshed) : []),
  ];
}

function onTemplates(sid: string, action: string, templates: string[]): Statement[] {
  return templates.length === 0 ? [] : [{ Sid: sid, Effect: "Allow", Action: action, Resource: templates }];
}

/**
 * Where the group itself is updated. Auto Scaling checks then, with a dry run of RunInstances, whether the caller may launch
 * with the template: its resources, its tags and its role. Real launches use the group's service-linked role.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
function updateStatements(refreshed: Refreshed): Statement[] {
  const { namedArns, taggedTypes } = refreshed.launch;
  const templates = templateArns(refreshed);
  const statements: Statement[] = [
    {
      // The templates of this group and nothing else of it: neither its sizes nor a launch configuration instead. The
      // condition keys do not say which template: the dry run does.
      Sid: "LaunchTemplatesOfTheGroup",
      Effect: "Allow",
      Action: "autoscaling:UpdateAutoScalingGroup",
      Resource: groupArn(refreshed),
      Condition: {
        Null: {
          "autoscaling:LaunchConfigurationName": "true",
          "autoscaling:MaxSize": "true",
          "autoscaling:MinSize": "true",
        },
      },
    },
    {
      // Only a launch from these templates: EC2 gives this key for every resource of a launch that names a template. Each
      // type that has the key is written out; a wildcard would also allow what has none.
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-launch-templates-to-control-launching-instances.html
      Sid: "LaunchFromTheTemplates",
      Effect: "Allow",
      Action: "ec2:RunInstances",
      Resource: launchedWith(refreshed),
      Condition: { ArnEquals: { "ec2:LaunchTemplate": templates } },
    },
  ];
  if (namedArns.length > 0) {
    statements.push({
      // For these types EC2 does not say which template names them, so each is named here.
      Sid: "LaunchWithWhatTheTemplatesName",
      Effect: "Allow",
      Action: "ec2:RunInstances",
      Resource: namedArns,
    });
  }
  if (taggedTypes.length > 0) {
    statements.push({
      // Only what the templates tag, and only while RunInstances makes it.
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
      Sid: "TagWhatIsLaunched",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: taggedTypes.map((type) => ec2Arn(refreshed, `${type}/*`)),
      Condition: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
    });
  }
  return statements;
}

/** The resource types of RunInstances that have the key ec2:LaunchTemplate. */
function launchedWith(refreshed: Refreshed): string[] {
  return [
    ...imageArns(refreshed),
    ...[
      "capacity-reservation",
      "instance",
      "key-pair",
      "network-interface",
      "placement-group",
      "security-group",
      "subnet",
      "volume",
    ].map((type) => ec2Arn(refreshed, `${type}/*`)),
  ];
}

function templateArns(refreshed: Refreshed): string[] {
  return refreshed.launch.templates.map(({ id }) => templateArn(refreshed, id));
}

function templateArn(refreshed: Refreshed, id: string): string {
  return ec2Arn(refreshed, `launch-template/${id}`);
}

function ec2Arn({ partition, region, accountId }: Refreshed, resource: string): string {
  return `arn:${partition}:ec2:${region}:${accountId}:${resource}`;
}
