import type { LaunchTemplateSpecification } from "@aws-sdk/client-auto-scaling";
import {
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type LaunchTemplateVersion,
} from "@aws-sdk/client-ec2";
import { lookFor } from "../look";

/** A version of a launch template, and the image that it names. */
export interface Version {
  readonly name: string;
  readonly imageId?: string;
}

/** The version that a group refers to, by its number, $Default or $Latest. */
export async function readVersion(ec2: EC2Client, wanted: LaunchTemplateSpecification): Promise<Version> {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Version: by = "$Default" } = wanted;
  const template = id === undefined ? { LaunchTemplateName: name } : { LaunchTemplateId: id };
  const found = await listVersions(ec2, id ?? name ?? "", { ...template, Versions: [by] });
  const title = name === undefined || id === undefined ? (name ?? id ?? "") : `${name} (${id})`;
  const version = found[0];
  const number = version === undefined ? by : String(version.VersionNumber);
  return {
    name: `launch template ${title} version ${number}${number === by ? "" : ` by ${by}`}`,
    imageId: version?.LaunchTemplateData?.ImageId,
  };
}

/** The newest version of a launch template that names an image. */
export async function findVersionWith(
  ec2: EC2Client,
  id: string,
  imageId: string,
): Promise<Version | undefined> {
  const filter = { Name: "image-id", Values: [imageId] };
  const found = await listVersions(ec2, id, { LaunchTemplateId: id, Filters: [filter] });
  const numbers = found
    .filter((one) => one.LaunchTemplateData?.ImageId === imageId)
    .map((one) => one.VersionNumber ?? 0);
  return numbers.length === 0
    ? undefined
    : { name: `launch template ${id} version ${Math.max(...numbers)}`, imageId };
}

/** None where the launch template or the version does not exist. */
async function listVersions(
  ec2: EC2Client,
  title: string,
  input: DescribeLaunchTemplateVersionsCommand["input"],
): Promise<LaunchTemplateVersion[]> {
  const answer = await lookFor(
    { what: `Launch template ${title}`, permission: "ec2:DescribeLaunchTemplateVersions" },
    /^InvalidLaunchTemplate/,
    () => ec2.send(new DescribeLaunchTemplateVersionsCommand(input)),
  );
  return answer?.LaunchTemplateVersions ?? [];
}
