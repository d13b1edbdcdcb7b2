import { list, string, type StringShape } from "../parameters";

/** The characters that Auto Scaling takes in its texts: what XML can carry. */
const xml = /^[\u0020-\uFFFD\r\n\t]*$/;

/** Text without a length of its own. */
export const xmlText = (): StringShape => string({ pattern: xml });

/** Text of at least one character, and at most so many. */
export const xmlTextTo = (max: number): StringShape => string({ min: 1, max, pattern: xml });

/** User data: may be empty. */
export const userData = (): StringShape => string({ max: 21847, pattern: xml });

export const name = (): StringShape => xmlTextTo(255);

export const names = () => list(name());

export const launchTemplateName = (): StringShape =>
  string({ min: 3, max: 128, pattern: /^[a-zA-Z0-9().\-/_]+$/ });

export const imageId = (): StringShape => string({ min: 5, max: 21, pattern: /^ami-[a-z0-9]{1,17}$/ });

/** An instance type, or a pattern of some. */
export const instanceTypePattern = (): StringShape =>
  string({ min: 1, max: 30, pattern: /^[a-zA-Z0-9.*-]+$/ });
