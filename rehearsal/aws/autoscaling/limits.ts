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
