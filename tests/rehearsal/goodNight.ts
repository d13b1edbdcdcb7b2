import type { Account } from "../../rehearsal/account/account";
import type { Members } from "../../rehearsal/account/api";
import type { AutoScalingGroup, LaunchTemplateOverride } from "../../rehearsal/account/autoscaling/shapes";
import type { LaunchTemplate } from "../../rehearsal/account/ec2/launchTemplateShapes";
import { findLaunchTemplate } from "../../rehearsal/account/ec2/launchTemplates";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import { PARAMETER } from "../../rehearsal/account/world/sources";
import type { Night, Run } from "../../rehearsal/nights/run";
import {
  type Check,
  type Configured,
  type Standing,
  standing,
  verifyNight,
} from "../../rehearsal/verification";
import { imagesOfGroups } from "../../rehearsal/verification/places";
import { administrator, type Call, furnished, goldenId } from "./account/support";
import { CONFIGURED, rolledOut } from "./afterNights";

/** A night as the runbooks would leave it, made by hand: the verification goes by the account alone. */
export interface Done {
  account: Account;
  call: Call;
  before: Standing;
  night: Night;
  imageId: string;
}

export const NAME = `${goldenId}_2026-11-23`;

export const group = ({ autoscaling }: Account): AutoScalingGroup => autoscaling.groups.get("web")!;
export const overrides = (account: Account): LaunchTemplateOverride[] =>
  group(account).MixedInstancesPolicy!.LaunchTemplate!.Overrides!;
export const template = ({ ec2 }: Account, name = "web"): LaunchTemplate =>
  findLaunchTemplate(ec2, { LaunchTemplateName: name });

/** A night of create-image, the roll-out that it started, and retire. */
export function done(kind: SourceKind, prepare: (account: Account) => void = () => undefined): Done {
  const { account, clock, call } = furnished(kind);
  prepare(account);
  const before = standing(account);
  const startedAt = clock.now().toISOString();
  const night: Night = { kind: "refresh", number: 1, startedAt, endedAt: startedAt, runs: [] };
  const maker = addRun(account, night, "create-image");
  const launched = [...new Set(imagesOfGroups(account, "web"))];
  const imageId = String(
    call("CreateImage", {
      InstanceId: goldenId,
      Name: NAME,
      TagSpecifications: [
        {
          ResourceType: "image",
          Tags: [
            { Key: "ami-refresh:auto-scaling-group", Value: "web" },
            { Key: "ami-refresh:execution-id", Value: maker.executionId! },
          ],
        },
      ],
    }).ImageId,
  );
  clock.advance(600);
  const rollOut = addRun(account, night, "roll-out", { parent: maker.executionId, imageId });
  refer(account, call, kind, imageId);
  clock.advance(20);
  const image = account.ec2.image(imageId)!;
  image.Tags = [...image.Tags, ...rolledOut(clock.now(), launched.join(" "))];
  clock.advance(10);
  const retire = addRun(account, night, "retire");
  clock.advance(10);
  [maker, rollOut, retire].forEach((run) => end(account, night, run));
  return { account, call, before, night, imageId };
}

export interface RunWanted {
  /** The run that started it. */
  parent?: string;
  /** The image with which it was started. */
  imageId?: string;
}

/** A run that begins now, and goes well. */
export function addRun(account: Account, night: Night, runbook: string, wanted: RunWanted = {}): Run {
  const startedAt = account.clock.now().toISOString();
  const executionId = account.ids.uuid();
  const step = { action: "aws:executeScript", startedAt, endedAt: startedAt, attempts: 1, outputs: {} };
  const run: Run = {
    night: night.number,
    runbook,
    documentName: `web-${runbook}`,
    startedAt,
    endedAt: startedAt,
    executionId,
    status: "Success",
    outputs: {},
    steps: [{ name: "report", status: "Success", ...step }],
    calls: [],
    parent: wanted.parent,
    offences: [],
  };
  account.ssm.addExecution({
    AutomationExecutionId: executionId,
    DocumentName: run.documentName,
    DocumentVersion: "1",
    AutomationExecutionStatus: "InProgress",
    ExecutionStartTime: account.clock.now(),
    ExecutedBy: "arn:x",
    Parameters: wanted.imageId === undefined ? {} : { ImageId: [wanted.imageId] },
  });
  night.runs.push(run);
  return run;
}

export function end(account: Account, night: Night, run: Run): void {
  const now = account.clock.now();
  run.endedAt = night.endedAt = now.toISOString();
  account.ssm.updateExecution(run.executionId!, {
    AutomationExecutionStatus: "Success",
    ExecutionEndTime: now,
  });
}

/** Lets the group refer to an image as a roll-out of tonight would. */
export function refer(account: Account, call: Call, kind: SourceKind, imageId: string): void {
  const update = (params: Members) =>
    account.call(administrator, "autoscaling", "UpdateAutoScalingGroup", {
      AutoScalingGroupName: "web",
      ...params,
    });
  /** Makes a version with the new image and gives its number. */
  const advance = (SourceVersion: string, name?: string): string => {
    const LaunchTemplateId = template(account, name).LaunchTemplateId;
    call("CreateLaunchTemplateVersion", {
      LaunchTemplateId,
      SourceVersion,
      LaunchTemplateData: { ImageId: imageId },
    });
    return String(template(account, name).lastNumber);
  };
  const byId = (Version: string, name?: string) => ({
    LaunchTemplateId: template(account, name).LaunchTemplateId,
    Version,
  });
  switch (kind) {
    case "configuration": {
      const LaunchConfigurationName = "web_2026-11-23";
      call("CreateLaunchConfiguration", { LaunchConfigurationName, InstanceId: goldenId, ImageId: imageId });
      update({ LaunchConfigurationName });
      break;
    }
    case "template":
      update({ LaunchTemplate: byId(advance("2")) });
      break;
    case "template-default":
      call("ModifyLaunchTemplate", {
        LaunchTemplateId: template(account).LaunchTemplateId,
        DefaultVersion: advance("2"),
      });
      break;
    case "template-latest":
      advance("3");
      break;
    case "parameter":
      account.ssm.parameters.set(PARAMETER, imageId);
      break;
    case "mixed": {
      const policy = structuredClone(group(account).MixedInstancesPolicy!);
      policy.LaunchTemplate!.LaunchTemplateSpecification = byId(advance("2"));
      const [, , large, arm, compute] = policy.LaunchTemplate!.Overrides!;
      large.LaunchTemplateSpecification = byId("$Default", "web-large");
      arm.LaunchTemplateSpecification = byId("1", "web-arm64");
      compute.ImageId = imageId;
      call("ModifyLaunchTemplate", {
        LaunchTemplateId: template(account, "web-large").LaunchTemplateId,
        DefaultVersion: advance("1", "web-large"),
      });
      update({ MixedInstancesPolicy: policy as unknown as Members });
    }
  }
}

export function verified(
  { account, night, before }: Pick<Done, "account" | "night" | "before">,
  configured: Partial<Configured> = {},
): Check[] {
  return verifyNight(account, night, { ...CONFIGURED, retainImages: 14, ...configured }, before);
}

export function failing(checks: Check[]): string[] {
  return checks.filter(({ ok }) => !ok).map(({ check }) => check);
}
