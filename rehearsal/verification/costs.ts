import type { Night, Run } from "../nights/run";
import type { Check } from "./check";

/** What is remembered of a night to compare it with others. */
export interface NightCounts {
  number: number;
  /** Success where all runs have ended so. */
  status: Run["status"];
  /** Of all runs. */
  calls: number;
}

export function countsOf({ number, runs }: Night): NightCounts {
  const failed = runs.find(({ status }) => status !== "Success");
  const calls = runs.reduce((sum, run) => sum + run.calls.length, 0);
  return { number, status: failed?.status ?? "Success", calls };
}

/** From this night on the runbooks have reached what they keep, and each night does the same as the one before. */
const SETTLED = 30;
const MOST_GROWTH = 1.1;

/** Nights that failed made fewer calls, so they are not compared. */
export function callsAreBounded(nights: NightCounts[]): Check[] {
  const settled = nights.filter(({ number, status }) => number >= SETTLED && status === "Success");
  const [first, last] = [settled.at(0), settled.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    return [];
  }
  return [
    {
      check: `night ${last.number} made at most ${MOST_GROWTH} times the calls of night ${first.number}`,
      ok: last.calls <= MOST_GROWTH * first.calls,
      detail: `${last.calls} calls, and ${first.calls}`,
    },
  ];
}
