/** The actions that the rehearsal executes. A step knows its action by name alone, and nothing of what the action does. */
export type ActionName =
  | "aws:executeAutomation"
  | "aws:assertAwsResourceProperty"
  | "aws:branch"
  | "aws:executeAutomation"
  | "aws:executeAwsApi"
  | "aws:executeScript"
  | "aws:waitForAwsResourceProperty";
