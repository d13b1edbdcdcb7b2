import type { AccountState } from "../state";

const RESOLVED = "resolve:ssm:";

/** The image that is launched where a template says this: by its id, or the one that a parameter names now. */
export function resolvedImage({ ssm }: AccountState, imageId: string | undefined): string | undefined {
  if (!imageId?.startsWith(RESOLVED)) {
    return imageId;
  }
  const [name, version] = imageId.slice(RESOLVED.length).split(":");
  const found =
    version === undefined ? ssm.parameters.latest(name) : ssm.parameters.version(name, Number(version));
  return found?.Value;
}
