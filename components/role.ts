import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { CheckedInputs } from "./inputs/checkInputs";
import { roleArn } from "./permissions/arns";
import { TrustPolicy } from "./permissions/trust";
import { Place } from "./place";

export interface RoleArgs {
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** The name that was given. */
  readonly name: pulumi.Input<string> | undefined;
  readonly description: string;
  readonly trust: pulumi.Output<TrustPolicy>;
}

/** A role with its ARN, which is built from its parts, because a preview knows these and not the ARN itself. */
export interface CreatedRole {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
}

/** Makes one of the component's roles, with what all of them have. */
export function createRole(
  name: string,
  { inputs, place, name: physicalName, description, trust }: RoleArgs,
  opts: pulumi.CustomResourceOptions,
): CreatedRole {
  const role = new iam.Role(
    name,
    {
      name: physicalName,
      path: inputs.rolePath,
      permissionsBoundary: inputs.permissionsBoundaryArn,
      assumeRolePolicy: trust.apply((policy) => JSON.stringify(policy)),
      description,
      tags: inputs.tags,
    },
    opts,
  );
  const arn = pulumi
    .all([place, inputs.rolePath, role.name])
    .apply(([place, path, name]) => roleArn(place, path, name));
  return { name: role.name, arn };
}
