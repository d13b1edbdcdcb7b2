import { type Finding, judge } from "./judge";
import type { Status } from "./status";
import { type Line, verify } from "./verify";

/** What was seen, and what it means. `--json` writes this. */
export interface Report extends Status {
  readonly healthy: boolean;
  readonly findings: readonly Finding[];
  readonly verification: readonly Line[];
}

export function report(status: Status): Report {
  const findings = judge(status);
  return { healthy: findings.length === 0, findings, verification: verify(status), ...status };
}
