import type { AccountState } from "../account/state";
import type { Members } from "../account/api";
import type { Night, Run, Watch } from "../nights/run";
import { type Check, faultless } from "./check";
import type { Configured } from "./configured";
import type { Deleter, Deletion, Judging } from "./deletion";
import { ofImage, ofSnapshot } from "./imageDeletions";
import { ofConfiguration, ofVersions } from "./launchDeletions";
import { retainedNow } from "./rolledOut";

/** What a call would delete, by the name of its API. */
const deletionsOf: Record<string, (judging: Judging, params: Members) => Deletion[]> = {
  "ec2:DeregisterImage": ofImage,
  "ec2:DeleteSnapshot": ofSnapshot,
  "ec2:DeleteLaunchTemplateVersions": ofVersions,
  "autoscaling:DeleteLaunchConfiguration": ofConfiguration,
};

/** A call of a run. */
export interface Call {
  service: string;
  api: string;
  params: Members;
  by?: Deleter;
}

/**
 * Judges a call of a run before it is made, knowing nothing of how the run decided: what it would delete that is not the
 * runbooks' own, or too young, or that something uses, or that a roll-back may need. Undefined where there is nothing to
 * object to.
 */
export function judgeDeletion(account: AccountState, configured: Configured, call: Call): string | undefined {
  const complaints = deletions(account, configured, call)
    .filter(({ exists }) => exists())
    .flatMap(complaint);
  return complaints.length === 0 ? undefined : complaints.join(" ");
}

/** Stands around the account's calls in a run, and adds to its offences what was deleted and should not have been. */
export function watchDeletions(account: AccountState, configured: Configured, run: Run): Watch {
  return (call) => (service, api, params) => {
    if (!isDeletion(service, api)) {
      return call(service, api, params);
    }
    const offences = deletions(account, configured, { service, api, params, by: run })
      .filter(({ exists }) => exists())
      .map((deletion) => ({ gone: () => !deletion.exists(), words: complaint(deletion) }));
    try {
      return call(service, api, params);
    } finally {
      // Whatever was answered: it counts what became of it.
      run.offences.push(...offences.flatMap(({ gone, words }) => (gone() ? words : [])));
    }
  };
}

export function nothingElseWasDeleted({ runs }: Night): Check {
  const made = runs
    .flatMap(({ calls }) => calls)
    .filter(({ service, api, error }) => error === undefined && isDeletion(service, api));
  return faultless(
    "nothing was deleted that is not the runbooks' own, or that something uses",
    runs.flatMap(({ offences }) => offences),
    made.length === 1 ? "1 deletion" : `${made.length} deletions`,
  );
}

function isDeletion(service: string, api: string): boolean {
  return Object.hasOwn(deletionsOf, `${service}:${api}`);
}

function deletions(
  account: AccountState,
  configured: Configured,
  { service, api, params, by: deleter = {} }: Call,
): Deletion[] {
  if (!isDeletion(service, api)) {
    return [];
  }
  const judging = { account, configured, deleter, retained: retainedNow(account, configured) };
  return deletionsOf[`${service}:${api}`](judging, params);
}

function complaint({ what, objections }: Deletion): string[] {
  const found = objections();
  return found.length === 0 ? [] : [`${what} must not be deleted: ${found.join(", ")}.`];
}
