import type { AccountState } from "../account/state";
import type { Image } from "../account/ec2/shapes";
import { type Launch, launchName } from "../launches";
import { type Check, faultless } from "./check";
import type { Configured } from "./configured";
import { differences } from "./differences";
import { faultsOf, wordReference } from "./references";
import type { GroupStanding } from "./standing";

/** The verification of a group on launch templates, against how it stood before its roll-out. */
export function templateChecks(
  account: AccountState,
  image: Image | undefined,
  { instanceId, autoScalingGroupName }: Configured,
  before: GroupStanding,
  now: GroupStanding | undefined,
): Check[] {
  const architecture = image?.Architecture ?? account.ec2.instances.get(instanceId)?.instance.Architecture;
  const fits = (one: { architecture?: string }) => one.architecture === architecture;
  const pairs = paired(before.launches, now?.launches ?? "there is no such group");
  return [
    refersAsBefore(autoScalingGroupName, image, before, now, fits),
    hasTheImage(pairs, image, fits),
    isOtherwiseAsItWas(pairs, fits),
    ...othersAreAsTheyWere(pairs, fits),
  ];
}

type Fits = (one: { architecture?: string }) => boolean;

/** What is launched at the same place before and now, or why nothing is. */
type Pairs = [Launch, Launch][] | string;

function paired(before: Launch[] | string, now: Launch[] | string): Pairs {
  if (typeof before === "string" || typeof now === "string") {
    return typeof now === "string" ? now : String(before);
  }
  return before.length === now.length
    ? before.map((launch, index) => [launch, now[index]])
    : `${now.length} kinds of instance, and not ${before.length}`;
}

function refersAsBefore(
  groupName: string,
  image: Image | undefined,
  before: GroupStanding,
  now: GroupStanding | undefined,
  fits: Fits,
): Check {
  const check = `group ${groupName} refers to its launch templates as before`;
  const references = now?.references ?? [];
  if (references.length !== before.references.length) {
    return { check, ok: false, detail: `it refers to ${references.length} of them` };
  }
  const faults = before.references.flatMap((one, index) =>
    faultsOf(one, references[index], image?.ImageId, fits(one)),
  );
  const versions = references.map((one) => `${one.place} to ${wordReference(one)}`);
  return faultless(check, faults, versions.join(", "));
}

function hasTheImage(pairs: Pairs, image: Image | undefined, fits: Fits): Check {
  return checkOf("what it launches has the image", pairs, fits, (_before, now) =>
    image !== undefined && now.imageId === image.ImageId ? [] : [`image ${now.imageId}`],
  );
}

function isOtherwiseAsItWas(pairs: Pairs, fits: Fits): Check {
  return checkOf("what it launches is otherwise as it was", pairs, fits, differences);
}

/** Only where there is anything that the image does not fit. */
function othersAreAsTheyWere(pairs: Pairs, fits: Fits): Check[] {
  const foreign: Fits = (launch) => !fits(launch);
  if (typeof pairs === "string" || !pairs.some(([before]) => foreign(before))) {
    return [];
  }
  const unchanged = (before: Launch, now: Launch) => [
    ...(now.imageId === before.imageId ? [] : [`image ${now.imageId}`]),
    ...differences(before, now),
  ];
  return [checkOf("what it launches of another architecture is as it was", pairs, foreign, unchanged)];
}

/** One check of every kind of instance that it is about; that it is about none is a fault too. */
function checkOf(
  check: string,
  pairs: Pairs,
  about: Fits,
  faultsIn: (before: Launch, now: Launch) => string[],
): Check {
  if (typeof pairs === "string") {
    return { check, ok: false, detail: pairs };
  }
  const meant = pairs.filter(([before]) => about(before));
  if (meant.length === 0) {
    return { check, ok: false, detail: "it launches nothing that the image fits" };
  }
  const faults = meant.flatMap(([before, now]) => {
    const found = faultsIn(before, now);
    return found.length === 0 ? [] : [`${launchName(now)}: ${found.join(", ")}`];
  });
  return faultless(check, faults, meant.map(([, now]) => launchName(now)).join(", "));
}
