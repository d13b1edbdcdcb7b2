/** A scheduled rule of the default event bus. */
export interface Rule {
  name: string;
  arn: string;
  scheduleExpression: string;
  enabled: boolean;
}

/** What a rule starts: an Automation document. */
export interface Target {
  targetId: string;
  arn: string;
  roleArn: string;
  input: string;
  /** The queue for starts that come to nothing. */
  deadLetterArn?: string;
}
