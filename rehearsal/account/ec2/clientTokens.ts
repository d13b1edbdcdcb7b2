import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../errors";

/** What a client token stands for: the request that came with it first, and the number of the version that it made. */
export interface TokenRecord {
  request: object;
  made: number;
}

/**
 * Acts once for a client token: the same request again gives what the first one made, another request is refused. A
 * request that failed has not used its token. Without a token, which AWS would then make up, every request is a new one.
 */
export function actOnce(
  tokens: Map<string, TokenRecord>,
  api: string,
  { ClientToken: token, ...request }: { ClientToken?: string },
  act: () => number,
): number {
  if (token === undefined) {
    return act();
  }
  checkToken(token);
  const key = `${api} ${token}`;
  const known = tokens.get(key);
  if (known && !isDeepStrictEqual(known.request, request)) {
    throw new AwsError("IdempotentParameterMismatch", "Client token already used before.");
  }
  const made = known?.made ?? act();
  tokens.set(key, { request, made });
  return made;
}

/** EC2's words for it are not known. */
function checkToken(token: string): void {
  if (!/^[ -~]{1,128}$/.test(token)) {
    throw new AwsError(
      "InvalidParameterValue",
      `Invalid value '${token}' for clientToken. It must have 1 to 128 ASCII characters.`,
    );
  }
}
