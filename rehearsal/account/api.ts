/** The vocabulary that the account, the interpreter and the record share. */

/** Where the account is. */
export interface Place {
  partition: string;
  region: string;
  accountId: string;
}

/** A value as an AWS API takes or gives it; times are Dates until they are written down. */
export type Value = string | number | boolean | null | Date | Value[] | { [key: string]: Value };
export type Members = { [key: string]: Value };

/** Whether the boto3 of Automation's machines has an API, or a parameter of it. */
export type Knows = (service: string, api: string, parameter?: string) => boolean;

/** Makes one AWS API call (`ec2`, `CreateImage`, …) and gives the answer; throws AwsError for an error answer. */
export type CallAws = (service: string, api: string, params: Members) => Members;
