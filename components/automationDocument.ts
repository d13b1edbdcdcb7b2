/** A runbook as this library needs to know it: it fills in parameters and leaves the steps alone. */
export interface Runbook {
  readonly schemaVersion: "0.3";
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly mainSteps: readonly unknown[];
  readonly [key: string]: unknown;
}
