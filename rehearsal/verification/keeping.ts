import type { AccountState } from "../account/state";
import type { LaunchTemplate, LaunchTemplateVersion } from "../account/ec2/launchTemplateShapes";
import { isRecent, isYoung, RECENT, YOUNG } from "./age";
import type { Configured } from "./configured";
import { LAUNCHED_BEFORE } from "./deletion";
import { isDescribedAsOurs } from "./ours";
import { groupPlaces, imagesOfGroups, type LaunchPlace, launchPlaces } from "./places";
import { type Retained, retainedNow } from "./rolledOut";
import { type Uses, uses } from "./uses";

/** What keeps things beside the newest: reasons are in words that can follow `because`. */
export interface Keeping {
  account: AccountState;
  configured: Configured;
  used: Uses;
  retained: Retained;
  /** Which versions of other people's name an image: EC2 reports every one. */
  named: Map<string, string>;
  /** What the group itself launches counts, whoever else does. */
  launched: Set<string>;
}

export function keepingNow(account: AccountState, configured: Configured): Keeping {
  return {
    account,
    configured,
    used: uses(account, configured),
    retained: retainedNow(account, configured),
    named: namedByOthers(account),
    launched: new Set(imagesOfGroups(account, configured.autoScalingGroupName)),
  };
}

function namedByOthers({ ec2 }: AccountState): Map<string, string> {
  return new Map(
    [...ec2.launchTemplates.values()].flatMap(({ versions, LaunchTemplateName: name }) =>
      [...versions.values()]
        .filter((version) => !isDescribedAsOurs(version))
        .map(({ VersionNumber: number, LaunchTemplateData: { ImageId = "" } }): [string, string] => [
          ImageId,
          `version ${number} of launch template ${name} names it`,
        ]),
    ),
  );
}

/** Why an image stays, if that is not for the sake of the group itself. */
export function keptByOthers(
  { account, used, named, launched }: Keeping,
  imageId: string,
): string | undefined {
  if (launched.has(imageId)) {
    return undefined;
  }
  const image = account.ec2.image(imageId);
  const inUse = used.get(imageId)?.at(0);
  if (image === undefined) {
    // It is kept for who would launch it, who may restore it.
    return inUse;
  }
  const isProtected = (image.DeregistrationProtection ?? "disabled") !== "disabled";
  return inUse ?? named.get(imageId) ?? (isProtected ? "it is protected against deregistration" : undefined);
}

/** What is kept beside the newest: what was just made, rolled out or not, and what the group launched before. */
export function keptForNow(
  { account, configured, retained }: Keeping,
  imageId: string,
  madeAt: Date | string,
): string | undefined {
  if (isYoung(account, madeAt)) {
    return YOUNG;
  }
  if (isRecent(account, configured.retainDays, madeAt)) {
    return RECENT;
  }
  return retained.before.has(imageId) ? LAUNCHED_BEFORE : undefined;
}

/** Who else refers to a version by its number, where the group itself does not. */
export function versionKeptByOthers(
  { account, configured }: Keeping,
  { LaunchTemplateId: id }: LaunchTemplate,
  { VersionNumber: number }: LaunchTemplateVersion,
): string | undefined {
  const pins = ({ template }: LaunchPlace) =>
    template?.LaunchTemplateId === id && template.Version === String(number);
  if (groupPlaces(account, configured.autoScalingGroupName).some(pins)) {
    return undefined;
  }
  const other = launchPlaces(account).find(pins);
  return other && `${other.who} refers to it`;
}
