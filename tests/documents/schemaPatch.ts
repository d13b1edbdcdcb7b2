/**
 * What AWS's JSON schema of runbooks (npm aws-ssm-document-language-service 1.0.0) does not know yet, because it is
 * older than the user guide. Each line says where a value is added to a list of allowed ones, and who says so.
 */
export const SCHEMA_PATCH = [
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
];
