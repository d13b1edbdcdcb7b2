/** In which nights a fault strikes, and at which of the chances that a night gives: `[@NIGHT[.ATTEMPT]]`. */
export interface When {
  /** Without it, in every night. */
  night?: number;
  /** Without it, at every chance. */
  attempt?: number;
}

/** The end of a regular expression that reads it, with two groups. */
export const WHEN = "(?:@([1-9][0-9]*)(?:\\.([1-9][0-9]*))?)?";

export function readWhen(night: string | undefined, attempt: string | undefined): When {
  return { night: number(night), attempt: number(attempt) };
}

/** Counts the chances of one night, and says of each whether it is one to strike at. */
export function chances({ attempt }: When): () => boolean {
  let count = 0;
  return () => {
    count += 1;
    return (attempt ?? count) === count;
  };
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
