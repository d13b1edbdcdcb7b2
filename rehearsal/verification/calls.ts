import type { CallRecord } from "../nights/run";

/** Whether a call would change anything, by what it is called. */
export function isChange({ api, params }: CallRecord): boolean {
  return !/^(Describe|Get|List)/.test(api) && params.DryRun !== true;
}
