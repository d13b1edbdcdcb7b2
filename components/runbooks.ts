import * as pulumi from "@pulumi/pulumi";
import { ParameterValues, refuseTooLarge, Timeouts } from "./document/fillIn";
import { loadRunbook, RunbookName } from "./document/load";
import { OptionValue, parameterName, parameterValue } from "./document/parameters";
import { CheckedInputs } from "./inputs/checkInputs";
import { Checker } from "./inputs/checker";
import { OPTION_NAMES } from "./inputs/options";
import { longestPatch, longestRollOut } from "./longest";
import { createImageStatements } from "./permissions/createImage";
import { Statement, writePolicy } from "./permissions/policy";
import { retireStatements } from "./permissions/retire";
import { Scope } from "./permissions/scope";
import { watchStatements } from "./permissions/watch";
import { Place } from "./place";
import { Runbook, RunbookNames } from "./runbook";

// The jobs: the file that each is registered from, what its role may do, and what fills in its parameters.

/** What the parts of one component are made from. */
export interface Parts {
  readonly component: pulumi.ComponentResource;
  /** The component's name, which its children's names begin with. */
  readonly name: string;
  readonly checker: Checker;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** What the permissions are made for. */
  readonly scope: pulumi.Output<Scope>;
}

/** Has the golden instance patched where that is wanted, takes the image, and starts the roll-out with it. */
export function createCreateImage(parts: Parts, rollOut: Runbook, patch: Runbook | undefined): Runbook {
  const { automationRole, automationPolicy, document } = parts.inputs.names;
  return createRunbook(parts, {
    name: "create-image",
    description: "The ami-refresh runbook create-image images the golden instance and starts the roll-out",
    names: { role: automationRole, policy: automationPolicy, document },
    file: pulumi.output("create-image"),
    statements: () =>
      pulumi
        .all([parts.scope, pulumi.all([...(patch ? [patch.started] : []), rollOut.started])])
        .apply(([scope, started]) => createImageStatements(scope, started, parts.inputs.skipUnchanged)),
    startsOthers: true,
    values: {
      RollOutDocumentName: rollOut.documentName,
      ...(patch ? { PatchDocumentName: patch.documentName } : {}),
    },
    timeouts: pulumi
      .all([parts.inputs.instanceRefresh?.timeout, parts.inputs.patch?.timeout])
      .apply(([refresh, command]) => ({
        ...(refresh === undefined ? {} : { rollOut: longestRollOut(refresh) }),
        ...(command === undefined ? {} : { patch: longestPatch(command) }),
      })),
  });
}

/** Deletes what is old and used by nothing, and leaves alone what the roll-out is at work with. */
export function createRetire(parts: Parts, rollOut: Runbook): Runbook {
  const { retireRole, retirePolicy, retireDocument } = parts.inputs.names;
  return createRunbook(parts, {
    name: "retire",
    description: "The ami-refresh runbook retire deletes images that earlier runs made and nothing uses",
    names: { role: retireRole, policy: retirePolicy, document: retireDocument },
    file: ofParameter(parts, "retire-images-parameter", "retire-images"),
    statements: () => parts.scope.apply(retireStatements),
    values: { RollOutDocumentName: rollOut.documentName },
  });
}

/** Measures once a day how old what the group launches is. */
export function createWatch(parts: Parts, createImage: Runbook): Runbook {
  const { skipUnchanged } = parts.inputs;
  const { watchRole, watchPolicy, watchDocument } = parts.inputs.names;
  return createRunbook(parts, {
    name: "watch",
    description: "The ami-refresh runbook watch measures how old what the Auto Scaling group launches is",
    names: { role: watchRole, policy: watchPolicy, document: watchDocument },
    file: ofParameter(parts, "watch-parameter", "watch"),
    statements: (roleArn) =>
      pulumi
        .all([parts.scope, roleArn])
        .apply(([scope, ownRole]) => watchStatements(scope, ownRole, skipUnchanged)),
    values: skipUnchanged ? { CreateImageDocumentName: createImage.documentName } : {},
  });
}

/** Where a parameter says what the group launches, what looks at that reads the parameter; all else is the same. */
function ofParameter(
  { scope }: Parts,
  file: RunbookName,
  otherwise: RunbookName,
): pulumi.Output<RunbookName> {
  return scope.apply(({ launch }) => (launch.kind === "parameter" ? file : otherwise));
}

/** What makes one runbook different from the others. */
export interface Job {
  readonly name: string;
  readonly description: string;
  readonly names: RunbookNames;
  readonly file: pulumi.Output<RunbookName>;
  readonly statements: (roleArn: pulumi.Output<string>) => pulumi.Output<Statement[]>;
  /**
   * Whether its policy names other runbooks. A roll-out names the rule, and the rule waits for every check: so it cannot wait
   * for this one, which finds nothing that the others do not.
   */
  readonly startsOthers?: boolean;
  /** What fills in parameters beside the component's options. */
  readonly values: pulumi.Input<Record<string, pulumi.Input<string | string[]>>>;
  /** How long its steps may take, where that is not what its file says. */
  readonly timeouts?: pulumi.Input<Timeouts>;
}

/** Makes one, from the component's options and what the job says. */
export function createRunbook({ component, name, checker, inputs, place, scope }: Parts, job: Job): Runbook {
  const { description, names, file } = job;
  const options = checker.conclude(
    file.apply((file) => parametersFrom(inputs, file)),
    file,
    (options, file) => {
      refuseTooLarge(file, loadRunbook(file), options);
      return options;
    },
  );
  const policy = (roleArn: pulumi.Output<string>) => {
    const text = checker.conclude(scope, job.statements(roleArn), ({ launch }, statements) =>
      writePolicy(
        job.name,
        `${launch.templates.length} launch templates and ${launch.roleArns.length} roles`,
        statements,
      ),
    );
    return job.startsOthers ? text : checker.mustPass(text);
  };
  return new Runbook(
    `${name}-${job.name}`,
    {
      inputs,
      place,
      description,
      names,
      file,
      policy,
      timeouts: job.timeouts ?? {},
      values: pulumi
        .all([checker.mustPass(options), job.values])
        .apply(([options, values]) => ({ ...options, ...values })),
    },
    { parent: component },
  );
}

/** The parameters that a runbook declares and the component has options for: an option fills in the one of its name. */
function parametersFrom(inputs: CheckedInputs, file: RunbookName): pulumi.Output<ParameterValues> {
  const { parameters } = loadRunbook(file);
  const options = OPTION_NAMES.filter((option) => parameters[parameterName(option)] !== undefined);
  const values = { ...inputs, instanceRefresh: inputs.instanceRefresh?.entries };
  const given = Object.fromEntries(options.map((option) => [parameterName(option), values[option]]));
  return pulumi.output(given).apply((known) =>
    Object.fromEntries(
      Object.entries(known)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, parameterValue(value as OptionValue)]),
    ),
  );
}
