import type { Members } from "../account/api";
import { RehearsalError } from "../errors";
import { checkApi } from "./apiFault";

/** When something happens in a run: every way in which a run tells how far it has got. */
export interface Moment {
  stepBegins?: string;
  stepEnds?: string;
  /** When this call has been answered, and the answer is one that counts. */
  answered?: { service: string; api: string; counts?: (answer: Members, imageId: string) => boolean };
  /** Seconds after the start. */
  seconds?: number;
}

/** The expression of a moment, in one group. */
export const MOMENT = "([0-9]+s|[a-z0-9]+:[A-Z][A-Za-z0-9]*|[A-Za-z0-9_]+(?::end)?)";

/** `90s` after the start, `ec2:CreateImage` when that was answered, `STEP` when it begins or `STEP:end` when it has ended. */
export function readMoment(fault: string, text: string): Moment {
  const [, seconds] = /^(\d+)s$/.exec(text) ?? [];
  if (seconds !== undefined) {
    return { seconds: Number(seconds) };
  }
  const [name, after] = text.split(":");
  if (after === undefined) {
    return { stepBegins: name };
  }
  if (after === "end") {
    return { stepEnds: name };
  }
  checkApi(fault, name, after);
  return { answered: { service: name, api: after } };
}

/** As soon as the image has been asked for. */
export const imageAsked: Moment = { answered: { service: "ec2", api: "CreateImage" } };

/** As soon as the run has seen that its image is available. */
export const imageSeen: Moment = {
  answered: {
    service: "ec2",
    api: "DescribeImages",
    counts: ({ Images }, imageId) =>
      (Images as Members[]).some((image) => image.ImageId === imageId && image.State === "available"),
  },
};

export function refuseMoment(fault: string, name: string): never {
  throw new RehearsalError(
    `--fault ${fault}: ${name} is about the image that a run makes and has no moment; leave it out.`,
  );
}
