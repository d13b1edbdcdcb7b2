import { modelledApis } from "../account/account";
import { RehearsalError } from "../errors";
import type { Fault, Scene, Trouble } from "./fault";
import { failureOf, KINDS } from "./kinds";
import { chances, readWhen, type When, WHEN } from "./when";

const FORM = new RegExp(`^([a-z0-9]+):([A-Za-z0-9]+)(?::([a-z-]+))?${WHEN}$`);

/** A call that fails, at the account's edge: `SERVICE:API[:KIND][@NIGHT[.ATTEMPT]]`. */
export class ApiFault implements Fault {
  happened = false;

  private constructor(
    readonly text: string,
    private readonly service: string,
    private readonly api: string,
    private readonly kind: string,
    private readonly when: When,
  ) {}

  /** Undefined where the text has another form. */
  static read(text: string): ApiFault | undefined {
    const match = FORM.exec(text);
    if (match === null) {
      return undefined;
    }
    const [, service, api, kind = "error", night, attempt] = match;
    checkApi(text, service, api);
    if (!Object.hasOwn(KINDS, kind)) {
      throw new RehearsalError(
        `--fault ${text}: ${kind} is no kind of fault; the kinds are ${Object.keys(KINDS).join(", ")}.`,
      );
    }
    return new ApiFault(text, service, api, kind, readWhen(night, attempt));
  }

  tonight({ night }: Scene): Trouble {
    if ((this.when.night ?? night) !== night) {
      return {};
    }
    const strikes = chances(this.when);
    return {
      around: (call) => (service, api, params) => {
        if (service !== this.service || api !== this.api || !strikes()) {
          return call(service, api, params);
        }
        this.happened = true;
        if (KINDS[this.kind].effect) {
          call(service, api, params);
        }
        throw failureOf(this.kind, service, api, this.text);
      },
    };
  }
}

/** What a run can ask for: scripts and API steps have the account's APIs, and one is a step's own. */
const strikable = [...modelledApis, { service: "ssm", api: "StartAutomationExecution" }];

export function checkApi(text: string, service: string, api: string): void {
  if (!strikable.some((modelled) => modelled.service === service && modelled.api === api)) {
    const known = strikable.map((modelled) => `${modelled.service}:${modelled.api}`).join(", ");
    throw new RehearsalError(`--fault ${text}: the account has no API ${service}:${api}; it has ${known}.`);
  }
}
