import { RunCancelled } from "../automation/failure";
import type { Members } from "../account/api";
import { RehearsalError } from "../errors";
import type { Fault, Scene, Trouble } from "./fault";
import { CANCELLED, imageMishaps, mishaps, withMishap } from "./mishaps";
import { imageAsked, imageSeen, MOMENT, type Moment, readMoment, refuseMoment } from "./moments";
import { chances, readWhen, type When, WHEN } from "./when";

const FORM = new RegExp(`^([a-z]+-[a-z]+)(?::${MOMENT})?${WHEN}$`);

/** Every name of something that happens in the account. */
const mishapNames = [...Object.keys(imageMishaps), ...Object.keys(mishaps)];

/** When each happens unless told otherwise. */
const usualMoments: Record<string, Moment> = {
  "image-vanishes": imageSeen,
};

/** Something that happens in the account in the middle of a run: `NAME[:MOMENT][@NIGHT[.ATTEMPT]]`. */
export class AccountFault implements Fault {
  happened = false;

  private constructor(
    readonly text: string,
    private readonly name: string,
    private readonly moment: Moment,
    private readonly when: When,
  ) {}

  /** Undefined where the text has another form. */
  static read(text: string): AccountFault | undefined {
    const match = FORM.exec(text);
    if (match === null) {
      return undefined;
    }
    const [, name, moment, night, attempt] = match;
    if (!mishapNames.includes(name)) {
      throw new RehearsalError(
        `--fault ${text}: nothing is known as ${name}; what can happen is ${mishapNames.join(", ")}.`,
      );
    }
    if (moment !== undefined && name in imageMishaps) {
      refuseMoment(text, name);
    }
    const wanted = moment === undefined ? (usualMoments[name] ?? imageAsked) : readMoment(text, moment);
    return new AccountFault(text, name, wanted, readWhen(night, attempt));
  }

  get step(): string | undefined {
    return this.moment.stepBegins ?? this.moment.stepEnds;
  }

  tonight(scene: Scene): Trouble {
    if ((this.when.night ?? scene.night) !== scene.night) {
      return {};
    }
    return this.name in imageMishaps ? this.aroundImages(scene) : this.atMoment(scene);
  }

  private aroundImages({ account: { ec2 } }: Scene): Trouble {
    const strikes = chances(this.when);
    return {
      around: (call) => (service, api, params) => {
        if (service !== "ec2" || api !== "CreateImage" || !strikes()) {
          return call(service, api, params);
        }
        this.happened = true;
        return withMishap(ec2, imageMishaps[this.name], () => call(service, api, params));
      },
    };
  }

  private atMoment(scene: Scene): Trouble {
    const { stepBegins, stepEnds, answered, seconds } = this.moment;
    const isTime = chances(this.when);
    let imageId = "";
    let done = false;
    const strike = () => {
      if (done || !isTime()) {
        return;
      }
      done = true;
      this.happened = mishaps[this.name]({ ...scene, imageId }) || this.happened;
      if (this.name === CANCELLED) {
        throw new RunCancelled(`The run was cancelled (fault ${this.text}).`);
      }
    };
    return {
      around: (call) => (service, api, params) => {
        const answer = call(service, api, params);
        imageId = madeImage(service, api, answer) ?? imageId;
        const asked = answered?.service === service && answered.api === api;
        if (asked && (answered.counts?.(answer, imageId) ?? true)) {
          strike();
        }
        return answer;
      },
      stepBegins: (step) => (step === stepBegins ? strike() : undefined),
      stepEnds: (step) => (step === stepEnds ? strike() : undefined),
      ...(seconds === undefined ? {} : { after: { seconds, strike } }),
    };
  }
}

function madeImage(service: string, api: string, { ImageId }: Members): string | undefined {
  return service === "ec2" && api === "CreateImage" ? String(ImageId) : undefined;
}
