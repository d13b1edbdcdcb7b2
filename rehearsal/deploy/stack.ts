import * as fs from "node:fs";
import * as path from "node:path";
import * as yaml from "js-yaml";
import type { Place } from "../account/api";
import { partitionOf } from "../account/partitions";
import { RehearsalError } from "../errors";
import { type DeclaredKey, resolveConfiguration } from "./configuration";

/** One stack of the project: which program to run, and with which configuration. */
export interface Stack {
  name: string;
  project: string;
  /** The folder that holds Pulumi.yaml. */
  folder: string;
  /** The program's file. */
  main: string;
  /** Every value as Pulumi hands it to a program: text by full key. */
  config: Record<string, string>;
  place: Place;
}

/** The account that the rehearsal takes place in. */
const ACCOUNT_ID = "123456789012";

/** Reads Pulumi.yaml and the stack's file, as the engine does before it runs a program. */
export function readStack(folder: string, name: string): Stack {
  const projectFile = readYaml(path.join(folder, "Pulumi.yaml"), "the project file Pulumi.yaml");
  const stackFileName = `Pulumi.${name}.yaml`;
  const stackFile = path.join(folder, stackFileName);
  if (!fs.existsSync(stackFile)) {
    throw new RehearsalError(
      `--stack ${name}: there is no ${stackFileName} in ${folder}; make one, or name one of ${stackNames(folder).join(", ")}.`,
    );
  }
  const project = text(projectFile.name, "name in Pulumi.yaml");
  const config = resolveConfiguration({
    project,
    stackFile: stackFileName,
    declared: map(projectFile.config, "config in Pulumi.yaml") as Record<string, DeclaredKey>,
    given: map(readYaml(stackFile, `the stack file ${stackFileName}`).config, `config in ${stackFileName}`),
  });
  return {
    name,
    project,
    folder,
    main: path.resolve(folder, text(projectFile.main, "main in Pulumi.yaml")),
    config,
    place: placeOf(config, stackFileName),
  };
}

function placeOf(config: Record<string, string>, stackFile: string): Place {
  const region = config["aws:region"];
  if (region === undefined) {
    throw new RehearsalError(
      `${stackFile} has no aws:region: set it to the Region of the group, such as ap-northeast-1.`,
    );
  }
  const partition = partitionOf(region);
  if (partition === undefined) {
    throw new RehearsalError(
      `${stackFile} has aws:region ${region}, which is a Region of no partition of AWS: correct it, such as ap-northeast-1.`,
    );
  }
  return { partition: partition.name, region, accountId: ACCOUNT_ID };
}

function stackNames(folder: string): string[] {
  const names = fs.readdirSync(folder).map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1]);
  return names.filter((name) => name !== undefined);
}

function readYaml(file: string, what: string): Record<string, unknown> {
  try {
    return map(yaml.load(fs.readFileSync(file, "utf8")), what);
  } catch (error) {
    if (error instanceof RehearsalError) {
      throw error;
    }
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0];
    throw new RehearsalError(`${what} cannot be read: ${reason}.`);
  }
}

function map(value: unknown, what: string): Record<string, unknown> {
  if (value === undefined || value === null) {
    return {};
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new RehearsalError(`${what} is not a map of keys to values.`);
  }
  return value as Record<string, unknown>;
}

function text(value: unknown, what: string): string {
  if (typeof value !== "string") {
    throw new RehearsalError(`${what} is missing or not a string.`);
  }
  return value;
}
