import {
  type AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeLaunchConfigurationsCommand,
  type LaunchTemplateSpecification,
} from "@aws-sdk/client-auto-scaling";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { look } from "../look";
import { parameterOf, readNamedImage } from "./parameter";
import { readVersion } from "./versions";

/** One place from which the group launches. */
export interface Place {
  /** launch configuration, launch template, base or override N; the last two of a mixed instances policy. */
  readonly where: string;
  /** What stands there, such as `launch configuration web_2026-11-26`. */
  readonly name: string;
  /** The image that it names; nothing where it does not exist, or names none. */
  readonly imageId?: string;
}

/** From what the group launches. */
export interface Group {
  readonly kind: "launch configuration" | "launch template" | "mixed instances policy";
  readonly places: readonly Place[];
  /** The launch template of the first place. */
  readonly launchTemplateId?: string;
  /** The parameter that names the image of a launch template, where one does. */
  readonly parameter?: string;
}

interface Reader {
  readonly autoScaling: AutoScalingClient;
  readonly ec2: EC2Client;
  readonly ssm: SSMClient;
}

/** Nothing where the group does not exist, or is being deleted. */
export async function readGroup(clients: Reader, name: string): Promise<Group | undefined> {
  const question = {
    what: `Auto Scaling group ${name}`,
    permission: "autoscaling:DescribeAutoScalingGroups",
  };
  const answer = await look(question, () =>
    clients.autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] })),
  );
  const group = answer.AutoScalingGroups?.[0];
  if (group === undefined || group.Status !== undefined) return undefined;
  if (group.MixedInstancesPolicy !== undefined) return readMixed(clients.ec2, group);
  if (group.LaunchTemplate !== undefined) return readTemplate(clients, group.LaunchTemplate);
  const configuration = group.LaunchConfigurationName ?? "";
  return {
    kind: "launch configuration",
    places: [
      {
        where: "launch configuration",
        name: `launch configuration ${configuration}`,
        imageId: (await readConfigurations(clients.autoScaling, [configuration])).get(configuration),
      },
    ],
  };
}

/** The images of those of these launch configurations that exist. */
export async function readConfigurations(
  autoScaling: AutoScalingClient,
  names: string[],
): Promise<Map<string, string>> {
  const question = {
    what: `Launch configuration ${names.join(", ")}`,
    permission: "autoscaling:DescribeLaunchConfigurations",
  };
  const answer = await look(question, () =>
    autoScaling.send(new DescribeLaunchConfigurationsCommand({ LaunchConfigurationNames: names })),
  );
  const found = answer.LaunchConfigurations ?? [];
  return new Map(found.map((one) => [one.LaunchConfigurationName ?? "", one.ImageId ?? ""]));
}

async function readTemplate(
  { ec2, ssm }: Reader,
  specification: LaunchTemplateSpecification,
): Promise<Group> {
  const version = await readVersion(ec2, specification);
  const parameter = parameterOf(version.imageId);
  const place =
    parameter === undefined
      ? version
      : {
          name: `${version.name} through parameter ${parameter}`,
          imageId: await readNamedImage(ssm, parameter),
        };
  return {
    kind: "launch template",
    places: [{ where: "launch template", ...place }],
    launchTemplateId: specification.LaunchTemplateId,
    ...(parameter === undefined ? {} : { parameter }),
  };
}

/** The base only lends its settings where every override has an image, or a launch template, of its own. */
async function readMixed(ec2: EC2Client, group: AutoScalingGroup): Promise<Group> {
  const { LaunchTemplateSpecification: base, Overrides: overrides = [] } =
    group.MixedInstancesPolicy?.LaunchTemplate ?? {};
  const places: Place[] = [];
  const launchesBase = overrides.some((one) => !one.ImageId && !one.LaunchTemplateSpecification);
  if (base !== undefined && (overrides.length === 0 || launchesBase))
    places.push({ where: "base", ...(await readVersion(ec2, base)) });
  for (const [index, override] of overrides.entries()) {
    const where = `override ${index}`;
    if (override.ImageId) places.push({ where, name: `the image id of ${where}`, imageId: override.ImageId });
    else if (override.LaunchTemplateSpecification)
      places.push({ where, ...(await readVersion(ec2, override.LaunchTemplateSpecification)) });
  }
  return { kind: "mixed instances policy", places, launchTemplateId: base?.LaunchTemplateId };
}
