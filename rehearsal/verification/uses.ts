import type { AccountState } from "../account/state";
import { latestNumber } from "../account/ec2/launchTemplates";
import { asItIs } from "../account/ssm/execution";
import { resolvedImage } from "../account/ssm/resolvedImage";
import type { Configured } from "./configured";
import { executionOf, isOurConfiguration, isToBeKept, KEPT, ourImages } from "./ours";
import { imagesOf, launchPlaces } from "./places";

/** Who uses an image, by its id: reasons in words that can follow its name. */
export type Uses = Map<string, string[]>;

type Use = [imageId: string | undefined, reason: string];

/** Who uses which image, whatever its age: nobody may delete it as long as one of these holds. */
export function uses(account: AccountState, configured: Configured): Uses {
  const found: Uses = new Map();
  for (const [imageId, reason] of [
    ...byPlaces(account),
    ...byTemplates(account),
    ...byConfigurations(account, configured),
    ...byInstances(account, configured),
    ...byOthers(account),
    ...byOwners(account),
    ...byRuns(account, configured),
  ]) {
    if (imageId !== undefined) {
      found.set(imageId, [...(found.get(imageId) ?? []), reason]);
    }
  }
  return found;
}

/** Groups, active instance refreshes and fleets. */
function byPlaces(account: AccountState): Use[] {
  return launchPlaces(account).flatMap((place) =>
    imagesOf(account, place).map((imageId): Use => [imageId, `${place.who} refers to it`]),
  );
}

/** Whoever launches from a template without a number gets one of these two. */
function byTemplates(account: AccountState): Use[] {
  return [...account.ec2.launchTemplates.values()].flatMap((template) => {
    const imageOf = (number: number) =>
      resolvedImage(account, template.versions.get(number)?.LaunchTemplateData.ImageId);
    const name = `launch template ${template.LaunchTemplateName}`;
    return [
      [imageOf(template.DefaultVersionNumber), `the default version of ${name} names it`],
      [imageOf(latestNumber(template)), `the latest version of ${name} names it`],
    ] satisfies Use[];
  });
}

/** Ours go together with their images. */
function byConfigurations(account: AccountState, configured: Configured): Use[] {
  return [...account.autoscaling.launchConfigurations.values()]
    .filter((configuration) => !isOurConfiguration(account, configured, configuration))
    .map(({ ImageId, LaunchConfigurationName: name }) => [ImageId, `launch configuration ${name} names it`]);
}

/** A stopped instance can be started again. What the golden instance was launched from counts even when that is gone. */
function byInstances({ ec2 }: AccountState, { instanceId }: Configured): Use[] {
  const golden = ec2.instances.get(instanceId)?.instance.ImageId;
  return [
    [golden, "the golden instance was launched from it"],
    ...[...ec2.instances.values()]
      .filter(({ instance: { State } }) => !["terminated", "shutting-down"].includes(State.Name))
      .map(({ instance }): Use => [instance.ImageId, `instance ${instance.InstanceId} runs on it`]),
  ];
}

/** What else EC2 knows of: parameters of Systems Manager and recipes of Image Builder. */
function byOthers({ ec2, ssm }: AccountState): Use[] {
  return [
    ...ec2.otherImageReferences.map(({ ImageId, Arn }): Use => [ImageId, `${Arn} refers to it`]),
    ...ssm.parameters.all().map(({ Name, Value }): Use => [Value, `parameter ${Name} names it`]),
  ];
}

/** Somebody said that it is for others too, or that it is to be kept. */
function byOwners({ ec2, place }: AccountState): Use[] {
  return ec2
    .allImages()
    .filter(({ OwnerId }) => OwnerId === place.accountId)
    .flatMap((image) => {
      const { ImageId, Public } = image;
      const permissions = ec2.launchPermissions.get(ImageId) ?? [];
      const shared = Public || permissions.some(({ UserId }) => UserId !== place.accountId);
      const reasons = [
        ...(shared ? ["it is shared with another account"] : []),
        ...(isToBeKept(image) ? [KEPT] : []),
      ];
      return reasons.map((reason): Use => [ImageId, reason]);
    });
}

/** A run that has not ended may be about to roll out the image that it made, or with which it was started. */
function byRuns(account: AccountState, configured: Configured): Use[] {
  const made = ourImages(account, configured)
    .filter((image) => isUnfinished(account, executionOf(image)))
    .map((image): Use => [image.ImageId, `execution ${executionOf(image)}, which made it, has not ended`]);
  const named = [...account.ssm.executions.values()]
    .filter(({ Parameters, AutomationExecutionId: id }) => Parameters.ImageId && isUnfinished(account, id))
    .flatMap(({ Parameters, AutomationExecutionId: id }) =>
      Parameters.ImageId.map((imageId): Use => [
        imageId,
        `execution ${id}, which rolls it out, has not ended`,
      ]),
    );
  return [...made, ...named];
}

/** Systems Manager forgets executions; those that it knows nothing of have ended. */
function isUnfinished({ ssm, clock }: AccountState, executionId = ""): boolean {
  const execution = ssm.executions.get(executionId);
  return execution !== undefined && !FINAL.includes(asItIs(execution, clock.now()).AutomationExecutionStatus);
}

const FINAL = [
  "Success",
  "CompletedWithSuccess",
  "Failed",
  "CompletedWithFailure",
  "TimedOut",
  "Cancelled",
  "Rejected",
  "Exited",
];
