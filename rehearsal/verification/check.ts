/** One thing that must hold, and what was found. */
export interface Check {
  check: string;
  ok: boolean;
  detail: string;
}

/** What is wrong in a list of faults, or that nothing is. */
export function faultless(check: string, faults: string[], detail: string): Check {
  return { check, ok: faults.length === 0, detail: faults.length === 0 ? detail : faults.join("; ") };
}
