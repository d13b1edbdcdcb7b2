import * as pulumi from "@pulumi/pulumi";
import { perAttempt } from "./longest";
import { patchStatements } from "./permissions/patch";
import { createRunbook, Parts } from "./runbooks";
import { Runbook } from "./runbook";

/** Runs a command on the golden instance before its image is taken; nothing without `patch`. */
export function createPatch(parts: Parts): Runbook | undefined {
  const { patch, startStopped, names } = parts.inputs;
  if (patch === undefined) {
    return undefined;
  }
  return createRunbook(parts, {
    name: "patch",
    description:
      "The ami-refresh runbook patch runs a command on the golden instance before its image is taken",
    names: { role: names.patchRole, policy: names.patchPolicy, document: names.patchDocument },
    file: pulumi.output("patch-golden-instance"),
    statements: () =>
      pulumi
        .all([parts.scope, patch.documentName])
        .apply(([scope, documentName]) => patchStatements(scope, documentName, startStopped)),
    values: { CommandDocumentName: patch.documentName, CommandParameters: patch.parameters },
    timeouts: patch.timeout.apply((seconds) => ({ waitForCommand: perAttempt(seconds) })),
  });
}
