import { AwsError, NoAnswer } from "../account/errors";

type Answer = readonly [code: string, status: number];

interface Kind {
  /** Whether the server does what was asked before the call fails. */
  effect: boolean;
  /** What each service answers; nothing where no answer comes. */
  answers?: Record<string, Answer>;
  message: string;
}

const broken = {
  ec2: ["InternalError", 500],
  autoscaling: ["InternalFailure", 500],
  cloudwatch: ["InternalServiceFault", 500],
  events: ["InternalException", 500],
  scheduler: ["InternalServerException", 500],
  iam: ["ServiceFailure", 500],
  kms: ["KMSInternalException", 500],
  ssm: ["InternalServerError", 500],
} as const;

/** The ways in which a call can be made to fail, with the code and the status that each service has for it. */
export const KINDS: Record<string, Kind> = {
  error: { effect: false, answers: broken, message: "An internal error has occurred" },
  "error-after": { effect: true, answers: broken, message: "An internal error has occurred" },
  denied: {
    effect: false,
    answers: {
      ec2: ["UnauthorizedOperation", 403],
      autoscaling: ["AccessDenied", 403],
      cloudwatch: ["AccessDenied", 403],
      events: ["AccessDeniedException", 400],
      scheduler: ["AccessDeniedException", 403],
      iam: ["AccessDenied", 403],
      kms: ["AccessDeniedException", 400],
      ssm: ["AccessDeniedException", 400],
    },
    message: "You are not authorized to perform this operation",
  },
  throttled: {
    effect: false,
    answers: {
      ec2: ["RequestLimitExceeded", 503],
      autoscaling: ["Throttling", 400],
      cloudwatch: ["Throttling", 400],
      events: ["ThrottlingException", 400],
      scheduler: ["ThrottlingException", 429],
      iam: ["Throttling", 400],
      kms: ["ThrottlingException", 400],
      ssm: ["ThrottlingException", 400],
    },
    message: "Request limit exceeded",
  },
  quota: {
    effect: false,
    answers: {
      ec2: ["ResourceLimitExceeded", 400],
      "ec2:CreateLaunchTemplateVersion": ["MaxTemplateVersionLimitExceeded", 400],
      autoscaling: ["LimitExceeded", 400],
      cloudwatch: ["LimitExceeded", 400],
      events: ["LimitExceededException", 400],
      scheduler: ["ServiceQuotaExceededException", 402],
      iam: ["LimitExceeded", 409],
      kms: ["LimitExceededException", 400],
      ssm: ["ServiceQuotaExceededException", 400],
    },
    message: "You have reached a quota of this account",
  },
  "no-answer": { effect: false, message: "No answer came" },
  "no-answer-after": { effect: true, message: "No answer came" },
};

/** How a call of that API ends. An API can have an answer of its own. */
export function failureOf(kind: string, service: string, api: string, fault: string): Error {
  const { answers, message } = KINDS[kind];
  const words = `${message} (fault ${fault}).`;
  if (answers === undefined) {
    return new NoAnswer(words);
  }
  const [code, status] = answers[`${service}:${api}`] ?? answers[service];
  return new AwsError(code, words, status);
}
