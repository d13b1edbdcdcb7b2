import * as fs from "node:fs";
import * as path from "node:path";
import * as yaml from "js-yaml";
import type { Runbook } from "./automationDocument";
import { compactSteps } from "./compact";
import { InputError } from "./errors";
import { forKind, type SourceKind } from "./forKind";
import { mayLaunch } from "./launch/mayLaunch";
import { quoted } from "./quoted";
import { Refreshed } from "./refreshed";

/**
 * The most that a document may have once the values are filled in. AWS takes 64 KB, the parameters given at run time
 * included: the rule's target gives four, which are at most as long as a role's ARN, an instance's id, a prefix and the name
 * of a group can be.
 */
export const CONTENT_MAX_BYTES = 62.5 * 1024;

/** AWS's limit for the value of a parameter, in characters. */
const PARAMETER_MAX = 512;

/** What the component fills in, beside the role's ARN. */
export interface RunbookValues extends Refreshed {
  readonly reboot: boolean;
  readonly allowSharedTemplate: boolean;
  readonly customerKeyReady: boolean;
  readonly retainImages: number;
  readonly retainLaunchConfigurations: number;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The runbook's file. From source it is at `../documents`, from the compiled package at `../../documents`; the working
 * directory does not matter.
 */
export function runbookFile(): string {
  const candidates = ["..", "../.."].map((up) => path.join(__dirname, up, "documents", "refresh-ami.yaml"));
  return candidates.find((candidate) => fs.existsSync(candidate)) ?? candidates[0];
}

/** Loads the runbook and checks that it is one. */
export function loadRunbook(file: string = runbookFile()): Runbook {
  const document = parse(file);
  if (!isRunbook(document)) {
    throw new InputError(
      `the runbook ${quoted(file)} is not an Automation document: it has schemaVersion '0.3', parameters and ` +
        `mainSteps; restore the file that belongs to this version of ami-refresh.`,
    );
  }
  return document;
}

function parse(file: string): unknown {
  try {
    return yaml.load(fs.readFileSync(file, "utf8"));
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    throw new InputError(
      `the runbook ${quoted(file)} cannot be read (${reason}): restore the file that belongs to this version of ami-refresh.`,
    );
  }
}

function isRunbook(document: unknown): document is Runbook {
  const { schemaVersion, parameters, mainSteps } = (document ?? {}) as Record<string, unknown>;
  return (
    schemaVersion === "0.3" &&
    typeof parameters === "object" &&
    parameters !== null &&
    Array.isArray(mainSteps)
  );
}

/**
 * The content of the document: the steps of the runbook that the group's kind of launch source needs, without their comments, with
 * this component's values as the defaults of its parameters, so that starting it by hand from the console needs no typing.
 */
export function fillIn(runbook: Runbook, values: RunbookValues, automationRoleArn: string): string {
  const parameters: Record<string, Record<string, unknown>> = { ...runbook.parameters };
  for (const [name, value] of Object.entries(parameterDefaults(values, automationRoleArn))) {
    if (runbook.parameters[name] === undefined) {
      throw new InputError(
        `the runbook has no parameter ${name}: restore the file that belongs to this version of ami-refresh.`,
      );
    }
    parameters[name] = { ...runbook.parameters[name], default: value };
  }
  const content = written(forKind({ ...runbook, parameters }, sourceKind(values)));
  const bytes = Buffer.byteLength(content);
  if (bytes > CONTENT_MAX_BYTES) {
    throw new InputError(
      `the runbook with the values filled in has ${bytes} bytes: at most ${CONTENT_MAX_BYTES} are allowed, because ` +
        `AWS takes 64 KB with the parameters of a run included; give fewer or shorter tags.`,
    );
  }
  return content;
}

/** As YAML of several lines, so that a preview shows which of them change; indented by one, because space is short. */
export function written(runbook: Runbook): string {
  const compact = { ...runbook, mainSteps: compactSteps(runbook.mainSteps) };
  return yaml.dump(compact, { lineWidth: -1, noRefs: true, indent: 1, seqNoIndent: true });
}

/**
 * Checks that the runbook has room for the values, whatever the role's ARN will be: that is known only in the middle of an
 * update, when the rule stands already.
 */
export function fitsInto(runbook: Runbook): (values: unknown) => RunbookValues {
  return (values) => {
    fillIn(runbook, values as RunbookValues, "x".repeat(PARAMETER_MAX));
    return values as RunbookValues;
  };
}

/** The defaults by parameter, in the words of the runbook. */
function parameterDefaults(
  values: RunbookValues,
  automationRoleArn: string,
): Record<string, string | boolean | number | string[]> {
  return {
    AutomationAssumeRole: automationRoleArn,
    InstanceId: values.instanceId,
    LaunchConfigPrefix: values.prefix,
    AutoScalingGroupName: values.autoScalingGroupName,
    Reboot: values.reboot,
    LaunchConfigurationFrom: values.launchConfigurationFrom,
    AllowSharedTemplate: values.allowSharedTemplate,
    CustomerKeyReady: values.customerKeyReady,
    Retire: values.retire,
    RetainImages: values.retainImages,
    RetainLaunchConfigurations: values.retainLaunchConfigurations,
    Tags: Object.entries(values.tags)
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
    PermissionsMadeFor: permissionsMadeFor(values),
    MayLaunch: mayLaunch(values.launch),
  };
}

/**
 * Every value that decided a permission, as `Parameter=value`. A person may override parameters for one run; preflight
 * compares and says so before an image is made, where IAM would deny the run in the middle.
 */
function permissionsMadeFor(values: Refreshed): string[] {
  return [
    `InstanceId=${values.instanceId}`,
    `LaunchConfigPrefix=${values.prefix}`,
    `AutoScalingGroupName=${values.autoScalingGroupName}`,
    `LaunchConfigurationFrom=${values.launchConfigurationFrom}`,
    `Retire=${values.retire}`,
  ];
}

function sourceKind({ launch: { kind } }: Refreshed): SourceKind {
  return kind === "configuration" ? "configuration" : "templates";
}
