// The program: the stack's configuration in, one component, the stack's outputs out. Pulumi.yaml says what each key means.
import * as pulumi from "@pulumi/pulumi";
import { AmiRefresh, AmiRefreshArgs } from "./components";
import { OPTION_NAMES, OptionName, OPTIONS } from "./components/inputs/options";

/** Pulumi ignores a misspelled key silently, and the option would keep its default. */
function refuseUnknownKeys(): void {
  const namespace = `${pulumi.getProject()}:`;
  const given = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith(namespace));
  const unknown = given.find((key) => !Object.hasOwn(OPTIONS, key.slice(namespace.length)));
  if (unknown !== undefined) {
    throw new pulumi.RunError(
      `Configuration '${unknown}' is not known: the keys are ${OPTION_NAMES.join(", ")}; correct its spelling or remove it.`,
    );
  }
}

/** The value of one key, as the component's argument of the same name takes it. */
function readOption(config: pulumi.Config, name: OptionName): unknown {
  const { configured, required } = OPTIONS[name];
  switch (configured) {
    case "boolean":
      return config.getBoolean(name);
    case "number":
      return config.getNumber(name);
    case "object":
      return config.getObject(name);
    case "string":
      return required ? config.require(name) : config.get(name);
  }
}

/** Every argument. The component checks what it is given, also values whose form is not that of their type. */
function readArguments(): AmiRefreshArgs {
  const config = new pulumi.Config();
  const entries = OPTION_NAMES.map((name) => [name, readOption(config, name)]);
  return Object.fromEntries(entries) as AmiRefreshArgs;
}

refuseUnknownKeys();
const refresh = new AmiRefresh("ami-refresh", readArguments());

export const documentName = refresh.documentName;
export const automationRoleArn = refresh.automationRoleArn;
export const rollOutDocumentName = refresh.rollOutDocumentName;
export const retireDocumentName = refresh.retireDocumentName;
export const eventsRoleArn = refresh.eventsRoleArn;
export const ruleName = refresh.ruleName;
export const startCommand = refresh.startCommand;
export const rollBackCommand = refresh.rollBackCommand;
export const executionsUrl = refresh.executionsUrl;
