import { Reference, SPOT_REQUEST, updatesGroup } from "../launch/facts";
import { ec2Arn, groupArn, imagesArn, sharedArn, snapshotsArn, templateArn, templateArns } from "./arns";
import { updatesLaunchSource } from "./groupUpdate";
import { Statement } from "./policy";
import { Scope } from "./scope";

/** What a roll-out looks up of a group with launch templates. */
export const TEMPLATE_LOOKS = [
  // Who else follows a template: a change would reach them too.
  "ec2:DescribeFleets",
  "ec2:DescribeSpotFleetRequests",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeLaunchTemplateVersions",
];

/** What the roles may do with the templates of the group. */
type Use = "make" | "delete" | "launch";

const ACTIONS: Record<Use, string> = {
  make: "ec2:CreateLaunchTemplateVersion",
  delete: "ec2:DeleteLaunchTemplateVersions",
  launch: "ec2:RunInstances",
};

/**
 * New versions; taking them back where the roll-out fails; and the launch itself, where Auto Scaling checks it. What a version
 * contains cannot be limited by IAM. The runbooks change only the image. One statement, because IAM takes 10,240 characters and
 * a group can have twenty templates. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/permissions-for-launch-templates.html
 */
export function useTemplates(scope: Scope, uses: Use[]): Statement[] {
  const updates = updatesGroup(scope.launch);
  return [
    {
      Sid: "TheTemplatesOfTheGroup",
      Effect: "Allow",
      Action: uses.filter((use) => use !== "launch" || updates).map((use) => ACTIONS[use]),
      Resource: templateArns(scope),
    },
  ];
}

/** What it takes to let the group launch from new versions of its templates, and from no launch configuration. */
export function referToVersions(scope: Scope): Statement[] {
  return [...defaultVersionStatements(scope), ...(updatesGroup(scope.launch) ? updateStatements(scope) : [])];
}

/** A group that follows $Default, or names no version, gets the new version as the default one. */
function defaultVersionStatements(scope: Scope): Statement[] {
  const reference: Reference = "default";
  const followed = scope.launch.templates.filter(({ refersBy }) => refersBy.includes(reference));
  return followed.length === 0
    ? []
    : [
        {
          Sid: "DefaultVersionOfTheTemplates",
          Effect: "Allow",
          Action: "ec2:ModifyLaunchTemplate",
          Resource: followed.map(({ id }) => templateArn(scope, id)),
        },
      ];
}

/**
 * Where the group itself is updated. Auto Scaling checks then, with a dry run of RunInstances, whether the caller may launch
 * with the template: its resources, its tags and its role. Real launches use the group's service-linked role.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
function updateStatements(scope: Scope): Statement[] {
  const { kind, taggedTypes } = scope.launch;
  const withoutKeyArns = launchedWithoutKeyArns(scope);
  const statements: Statement[] = [
    {
      // The templates of this group and nothing else of it that IAM can tell, nor a launch configuration instead. The
      // condition keys do not say which template: the dry run does.
      Sid: "LaunchTemplatesOfTheGroup",
      Effect: "Allow",
      Action: "autoscaling:UpdateAutoScalingGroup",
      Resource: groupArn(scope),
      Condition: updatesLaunchSource(kind),
    },
    {
      // Only a launch from these templates: EC2 gives this key for every resource of a launch that names a template. Each
      // type that has the key is written out; a wildcard would also allow what has none.
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-launch-templates-to-control-launching-instances.html
      Sid: "LaunchFromTheTemplates",
      Effect: "Allow",
      Action: "ec2:RunInstances",
      Resource: launchedWithArns(scope),
      Condition: { ArnEquals: { "ec2:LaunchTemplate": templateArns(scope) } },
    },
  ];
  if (withoutKeyArns.length > 0) {
    statements.push({
      // For these types EC2 does not say which template names them, so each is named here; but no request exists beforehand.
      Sid: "LaunchWithWhatTheTemplatesName",
      Effect: "Allow",
      Action: "ec2:RunInstances",
      Resource: withoutKeyArns,
    });
  }
  if (taggedTypes.length > 0) {
    statements.push({
      // Only what the templates tag, and only while RunInstances makes it.
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
      Sid: "TagWhatIsLaunched",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: taggedTypes.map((type) => ec2Arn(scope, `${type}/*`)),
      Condition: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
    });
  }
  return statements;
}

// All resource types of RunInstances in the Service Authorization Reference, and the Spot request, which only AWS's page on
// Spot requests names: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/concepts-spot-instances-request-tags.html
// Left out are Elastic GPUs and Elastic Inference accelerators, of which AWS launches none any more.

/** What every launch of an image like ours has. The image's own snapshots are not asked for: AWS's examples leave them out. */
const ALWAYS_USED = ["instance", "network-interface", "security-group", "subnet", "volume"];

/** What another account may own and share with this one. */
const SHARED = ["capacity-reservation", "placement-group", "security-group", "subnet"];

/** What has the key ec2:LaunchTemplate. */
function launchedWithArns(scope: Scope): string[] {
  const used = scope.launch.usedTypes.filter((type) => type !== SPOT_REQUEST);
  return [
    imagesArn(scope),
    ...[...ALWAYS_USED, ...used].map((type) => {
      if (type === "snapshot") {
        return snapshotsArn(scope);
      }
      return SHARED.includes(type) ? sharedArn(scope, type) : ec2Arn(scope, `${type}/*`);
    }),
  ];
}

/** What has not: license configurations, resource groups, secondary subnets and Spot requests. */
function launchedWithoutKeyArns(scope: Scope): string[] {
  const { namedArns, usedTypes } = scope.launch;
  return [...namedArns, ...(usedTypes.includes(SPOT_REQUEST) ? [ec2Arn(scope, `${SPOT_REQUEST}/*`)] : [])];
}
