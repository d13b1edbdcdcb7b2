import * as pulumi from "@pulumi/pulumi";
import { RunbookName } from "./document/load";
import { InstanceRefresh, refuseForLaunch } from "./inputs/instanceRefresh";
import { LaunchFacts } from "./launch/facts";
import { longestRefresh, perAttempt } from "./longest";
import { publishImage } from "./permissions/parameter";
import { Statement } from "./permissions/policy";
import { prepareStatements } from "./permissions/prepare";
import { refreshStatements } from "./permissions/refresh";
import { rollOutStatements } from "./permissions/rollOut";
import { rollOutWithRefreshStatements } from "./permissions/rollOutWithRefresh";
import { createRunbook, Parts } from "./runbooks";
import { Runbook } from "./runbook";

// The roll-out: one runbook that changes what the group launches, or with `instanceRefresh` three, of which the first starts
// the others.

/** The runbooks of a roll-out. The first is the one that create-image and people start. */
export interface RollOut {
  readonly rollOut: Runbook;
  /** What it starts: nothing without `instanceRefresh`. */
  readonly started: Runbook[];
}

/** Makes an image what the group launches, and replaces its instances where that is wanted. */
export function createRollOut(parts: Parts, paused: pulumi.Output<string>): RollOut {
  const { instanceRefresh, names } = parts.inputs;
  const { rollOutRole, rollOutPolicy, rollOutDocument } = names;
  const rollOut = {
    name: "roll-out",
    description: "The ami-refresh runbook roll-out changes what the Auto Scaling group launches",
    names: { role: rollOutRole, policy: rollOutPolicy, document: rollOutDocument },
  };
  if (instanceRefresh === undefined) {
    const statements = () => letPublish(parts, parts.scope.apply(rollOutStatements));
    const file = fileOfKind(parts);
    return {
      rollOut: createRunbook(parts, { ...rollOut, file, statements, values: { RuleName: paused } }),
      started: [],
    };
  }
  const { checker, scope } = parts;
  const entries = checker.mustPass(
    checker.conclude(instanceRefresh.entries, scope, (entries, { launch }) => {
      refuseForLaunch(entries, launch);
      return entries;
    }),
  );
  const prepare = createPrepare(parts, paused);
  const refresh = createRefresh(parts, { ...instanceRefresh, entries });
  return {
    rollOut: createRunbook(parts, {
      ...rollOut,
      file: pulumi.output("roll-out-with-refresh"),
      startsOthers: true,
      statements: () =>
        letPublish(
          parts,
          pulumi
            .all([scope, entries, prepare.started, refresh.started])
            .apply(([scope, entries, ...started]) => rollOutWithRefreshStatements(scope, entries, started)),
        ),
      values: {
        RuleName: paused,
        PrepareDocumentName: prepare.documentName,
        RefreshDocumentName: refresh.documentName,
      },
      timeouts: instanceRefresh.timeout.apply((seconds) => ({
        waitForStoppedRefresh: perAttempt(seconds),
        waitForItsRun: perAttempt(longestRefresh(seconds)),
        refreshInstances: longestRefresh(seconds),
      })),
    }),
    started: [prepare, refresh],
  };
}

/** Beside that it may write into a parameter what the group launches, where somebody wants that. */
function letPublish(
  { inputs: { imageParameterName }, place }: Parts,
  statements: pulumi.Output<Statement[]>,
): pulumi.Output<Statement[]> {
  return imageParameterName === undefined
    ? statements
    : pulumi
        .all([statements, place, imageParameterName])
        .apply(([usual, place, name]) => [...usual, ...publishImage(place, name)]);
}

/** The group's kind says from which of three files it is. */
function fileOfKind({ scope }: Parts): pulumi.Output<RunbookName> {
  return scope.apply(({ launch }) => FILES[launch.kind]);
}

const FILES: Record<LaunchFacts["kind"], RunbookName> = {
  configuration: "roll-out-launch-configuration",
  template: "roll-out-launch-template",
  parameter: "roll-out-parameter",
  mixed: "roll-out-launch-template",
};

/** Before instances are replaced: checks the image and the group, and makes what names the image. */
function createPrepare(parts: Parts, paused: pulumi.Output<string>): Runbook {
  const { prepareRole, preparePolicy, prepareDocument } = parts.inputs.names;
  return createRunbook(parts, {
    name: "prepare",
    description:
      "The ami-refresh runbook prepare makes what names an image, and changes nothing of the group",
    names: { role: prepareRole, policy: preparePolicy, document: prepareDocument },
    file: fileOfKind(parts),
    statements: () => parts.scope.apply(prepareStatements),
    values: { RuleName: paused },
  });
}

/** Lets the group launch the image, replaces its instances, and comes back. */
function createRefresh(parts: Parts, { entries, timeout }: InstanceRefresh): Runbook {
  const { refreshRole, refreshPolicy, refreshDocument } = parts.inputs.names;
  return createRunbook(parts, {
    name: "refresh",
    description: "The ami-refresh runbook refresh replaces the instances of the Auto Scaling group",
    names: { role: refreshRole, policy: refreshPolicy, document: refreshDocument },
    file: parts.scope.apply(({ launch }) =>
      launch.kind === "configuration"
        ? "refresh-instances-launch-configuration"
        : "refresh-instances-launch-template",
    ),
    statements: () =>
      pulumi.all([parts.scope, entries]).apply(([scope, entries]) => refreshStatements(scope, entries)),
    values: {},
    timeouts: timeout.apply((seconds) =>
      Object.fromEntries(
        ["waitForRefresh", "waitForItsEnd", "waitForTheWayBack"].map((step) => [step, perAttempt(seconds)]),
      ),
    ),
  });
}
