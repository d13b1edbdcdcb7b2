import { integer, string, structure } from "../parameters";

// As botocore's model of 2021-06-30 has them.

export const scheduleName = string({ min: 1, max: 64, pattern: /^[0-9a-zA-Z-_.]+$/ });

export const flexibleTimeWindow = structure(
  {
    Mode: string({ enum: ["OFF", "FLEXIBLE"] }),
    MaximumWindowInMinutes: integer({ min: 1, max: 1440 }),
  },
  ["Mode"],
);

export const target = structure(
  {
    Arn: string({ min: 1, max: 1600 }),
    RoleArn: string({ min: 1, max: 1600 }),
    Input: string({ min: 1 }),
    RetryPolicy: structure({
      MaximumRetryAttempts: integer({ min: 0, max: 185 }),
      MaximumEventAgeInSeconds: integer({ min: 60, max: 86400 }),
    }),
    DeadLetterConfig: structure({ Arn: string({ min: 1, max: 1600 }) }),
  },
  ["Arn", "RoleArn"],
);
