import { modelledApis } from "./aws/account";
import type { CallAws } from "./aws/api";
import { AwsError } from "./aws/errors";
import { RehearsalError } from "./errors";

/** The ways in which a call can be made to fail, as the two services word them. */
const KINDS = {
  /** The server fails before it does anything. */
  error: {
    ec2: ["InternalError", 500],
    autoscaling: ["InternalFailure", 500],
    message: "An internal error has occurred",
  },
  /** The server does what was asked and fails before it answers. */
  "error-after": {
    ec2: ["InternalError", 500],
    autoscaling: ["InternalFailure", 500],
    message: "An internal error has occurred",
  },
  denied: {
    ec2: ["UnauthorizedOperation", 403],
    autoscaling: ["AccessDenied", 403],
    message: "You are not authorized to perform this operation",
  },
  throttled: {
    ec2: ["RequestLimitExceeded", 503],
    autoscaling: ["Throttling", 400],
    message: "Request limit exceeded",
  },
} as const;

type Kind = keyof typeof KINDS;

const FORM = /^([a-z0-9]+):([A-Za-z0-9]+)(?::([a-z-]+))?(?:@([1-9][0-9]*)(?:\.([1-9][0-9]*))?)?$/;

/**
 * One fault at the account's edge, `SERVICE:API[:KIND][@NIGHT[.ATTEMPT]]`. Without a night it strikes in every night;
 * without an attempt it strikes every time that the API is called in that night.
 */
export class Fault {
  /** Whether it has struck at all. */
  happened = false;
  private readonly calls = new Map<number, number>();

  private constructor(
    readonly text: string,
    private readonly service: string,
    private readonly api: string,
    private readonly kind: Kind,
    private readonly night: number | undefined,
    private readonly attempt: number | undefined,
  ) {}

  static read(text: string): Fault {
    const match = FORM.exec(text);
    if (match === null) {
      throw new RehearsalError(
        `--fault ${text}: write SERVICE:API[:KIND][@NIGHT[.ATTEMPT]], such as ec2:CreateImage:denied@2.`,
      );
    }
    const [, service, api, kind = "error", night, attempt] = match;
    if (!modelledApis.some((modelled) => modelled.service === service && modelled.api === api)) {
      const known = modelledApis.map((modelled) => `${modelled.service}:${modelled.api}`).join(", ");
      throw new RehearsalError(`--fault ${text}: the account has no API ${service}:${api}; it has ${known}.`);
    }
    if (!isKind(kind)) {
      throw new RehearsalError(
        `--fault ${text}: ${kind} is no kind of fault; the kinds are ${Object.keys(KINDS).join(", ")}.`,
      );
    }
    return new Fault(text, service, api, kind, number(night), number(attempt));
  }

  /** Lets a call through, or not. */
  around(night: number, call: CallAws): CallAws {
    return (service, api, params) => {
      if (!this.strikes(night, service, api)) {
        return call(service, api, params);
      }
      this.happened = true;
      if (this.kind === "error-after") {
        call(service, api, params);
      }
      throw this.error();
    };
  }

  private strikes(night: number, service: string, api: string): boolean {
    if (service !== this.service || api !== this.api) {
      return false;
    }
    const attempt = (this.calls.get(night) ?? 0) + 1;
    this.calls.set(night, attempt);
    return (this.night ?? night) === night && (this.attempt ?? attempt) === attempt;
  }

  private error(): AwsError {
    const { ec2, autoscaling, message } = KINDS[this.kind];
    const [code, status] = this.service === "ec2" ? ec2 : autoscaling;
    return new AwsError(code, `${message} (fault ${this.text}).`, status);
  }
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(KINDS, kind);
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
