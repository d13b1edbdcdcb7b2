/**
 * What AWS's JSON schema of runbooks (npm aws-ssm-document-language-service 1.0.0) does not know yet, because it is
 * older than the user guide. Each line says where a value is added to a list of allowed ones, or a member to those of a step, and
 * who says so.
 */
export const SCHEMA_PATCH: { at: string[]; add: string; source: string }[] = [
  {
    at: [
      "properties",
      "mainSteps",
      "items",
      "allOf",
      "12",
      "then",
      "properties",
      "inputs",
      "properties",
      "Runtime",
      "oneOf",
      "0",
      "enum",
    ],
    add: "python3.11",
    source:
      "https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html",
  },
  {
    at: ["properties", "mainSteps", "items", "properties"],
    add: "onCancel",
    source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html",
  },
];
