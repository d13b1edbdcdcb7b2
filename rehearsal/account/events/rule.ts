/** A scheduled rule of the default event bus. */
export interface Rule {
  name: string;
  arn: string;
  scheduleExpression: string;
  enabled: boolean;
}
