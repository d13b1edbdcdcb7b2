import * as iam from "@pulumi/aws/iam";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { fillIn, ParameterValues, Timeouts } from "./document/fillIn";
import { loadRunbook, RunbookName } from "./document/load";
import { CheckedInputs } from "./inputs/checkInputs";
import { StartedRunbook } from "./permissions/start";
import { trustAutomation } from "./permissions/trust";
import { Place } from "./place";
import { createRole } from "./role";

/**
 * What the provider computes anew whenever the text of a document changes: the number of the version, the hash, the parameters
 * read out of the text. A preview does not know them yet, and would show all of them as deleted, though nothing is. What changes
 * stands under `content`.
 */
const COMPUTED_ANEW = ["defaultVersion", "documentVersion", "hash", "latestVersion", "parameters"];

export interface RunbookArgs {
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** What it does, as the role's description. */
  readonly description: string;
  /** The names that were given. */
  readonly names: RunbookNames;
  /** The file that it is registered from. */
  readonly file: pulumi.Output<RunbookName>;
  /** What its parameters are filled in with, beside its own role. */
  readonly values: pulumi.Output<ParameterValues>;
  /** How long its steps may take. */
  readonly timeouts: pulumi.Input<Timeouts>;
  /** What its role may do, as text; some may look at the role itself. */
  readonly policy: (roleArn: pulumi.Output<string>) => pulumi.Output<string>;
}

export interface RunbookNames {
  readonly role: pulumi.Input<string> | undefined;
  readonly policy: pulumi.Input<string> | undefined;
  readonly document: pulumi.Input<string> | undefined;
}

/** One job: an Automation document, the role that it uses, and what that role may do. */
export class Runbook extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly policy: iam.RolePolicy;
  readonly documentName: pulumi.Output<string>;
  /** What whoever starts it names. */
  readonly started: pulumi.Output<StartedRunbook>;

  constructor(name: string, args: RunbookArgs, opts: pulumi.ComponentResourceOptions) {
    super("ami-refresh:index:Runbook", name, {}, opts);
    const { inputs, place, names } = args;
    const child = { parent: this };
    const role = createRole(
      `${name}-role`,
      {
        inputs,
        place,
        name: names.role,
        description: args.description,
        trust: place.apply(trustAutomation),
      },
      child,
    );
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.policy = new iam.RolePolicy(
      `${name}-policy`,
      { name: names.policy, role: role.name, policy: args.policy(role.arn) },
      child,
    );
    const document = new ssm.Document(
      name,
      {
        name: names.document,
        documentType: "Automation",
        // Several lines of YAML, so that a preview shows which lines of the runbook change.
        documentFormat: "YAML",
        content: pulumi
          .all([args.file, args.values, args.timeouts, role.arn])
          .apply(([file, values, timeouts, roleArn]) =>
            fillIn(file, loadRunbook(file), { ...values, AutomationAssumeRole: roleArn }, timeouts),
          ),
        tags: inputs.tags,
      },
      { ...child, hideDiffs: COMPUTED_ANEW },
    );
    this.documentName = document.name;
    this.started = pulumi.output({ documentName: this.documentName, roleArn: this.roleArn });
    this.registerOutputs();
  }
}
