import type { Place } from "./api";
import type { Clock } from "./clock";
import { AwsError } from "./errors";
import { evaluateTrust, type PolicyDocument } from "./policy";
import type { Context } from "./policyConditions";

/** Who makes a call, and what the account lets them do. */
export interface Principal {
  arn: string;
  policies: PolicyDocument[];
}

export interface Role {
  name: string;
  arn: string;
  trust: PolicyDocument;
  /** Inline policies by name. */
  policies: Map<string, PolicyDocument>;
  tags: Record<string, string>;
  madeAt: Date;
}

export interface RoleWanted {
  name: string;
  trust: PolicyDocument;
  /** `/` or `/like/this/`. */
  path?: string;
  tags?: Record<string, string>;
}

export interface InstanceProfile {
  name: string;
  arn: string;
  roleArn: string;
}

/** Roles with inline policies, and instance profiles. */
export class Iam {
  private readonly roles = new Map<string, Role>();
  private readonly profiles = new Map<string, InstanceProfile>();

  constructor(
    private readonly place: Place,
    private readonly clock: Clock,
  ) {}

  /** Makes a role, or gives the role of that name a new trust policy and new tags. */
  putRole({ name, trust, path = "/", tags = {} }: RoleWanted): Role {
    const known = this.roles.get(key(name));
    const policies = known?.policies ?? new Map<string, PolicyDocument>();
    const madeAt = known?.madeAt ?? this.clock.now();
    const role = { name, arn: this.arn(`role${path}${name}`), trust, policies, tags, madeAt };
    this.roles.set(key(name), role);
    return role;
  }

  putRolePolicy(roleName: string, policyName: string, document: PolicyDocument): void {
    const role = this.roles.get(key(roleName));
    if (!role) {
      throw new AwsError("NoSuchEntity", `The role with name ${roleName} cannot be found.`, 404);
    }
    role.policies.set(policyName, document);
  }

  /** Makes an instance profile and gives its ARN. Its role may be one that the account knows nothing else of. */
  putInstanceProfile(name: string, roleArn: string): string {
    const arn = this.arn(`instance-profile/${name}`);
    this.profiles.set(name, { name, arn, roleArn });
    return arn;
  }

  role(name: string): Role | undefined {
    return this.roles.get(key(name));
  }

  roleByArn(arn: string): Role | undefined {
    return [...this.roles.values()].find((role) => role.arn === arn);
  }

  /** Auto Scaling takes an instance profile by its name or by its ARN. */
  instanceProfile(nameOrArn: string): InstanceProfile | undefined {
    return (
      this.profiles.get(nameOrArn) ?? [...this.profiles.values()].find((profile) => profile.arn === nameOrArn)
    );
  }

  /** A service takes on a role, if the role's trust policy lets it. */
  assume(roleArn: string, service: string, context: Context, session = service.split(".")[0]): Principal {
    const role = this.roleByArn(roleArn);
    if (!role || !evaluateTrust(role.trust, { service, context })) {
      throw new AwsError(
        "AccessDenied",
        `${service} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    }
    const { partition, accountId } = this.place;
    return {
      // The session's ARN has the role's name but not its path.
      arn: `arn:${partition}:sts::${accountId}:assumed-role/${role.name}/${session}`,
      policies: [...role.policies.values()],
    };
  }

  private arn(resource: string): string {
    return `arn:${this.place.partition}:iam::${this.place.accountId}:${resource}`;
  }
}

/** Role names are unique whatever their case. */
function key(roleName: string): string {
  return roleName.toLowerCase();
}
