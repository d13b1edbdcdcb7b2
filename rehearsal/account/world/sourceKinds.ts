/** What a group can launch from when a rehearsal begins. */
export const sourceKinds = [
  "configuration",
  "template",
  "template-default",
  "template-latest",
  "parameter",
  "mixed",
] as const;

export type SourceKind = (typeof sourceKinds)[number];
