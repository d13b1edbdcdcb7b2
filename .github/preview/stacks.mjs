// Finds every stack file in the working directory and prints the workflow's matrix, as one line of a step's outputs:
//
//   stacks=[{"stack":"dev","region":"ap-northeast-1"}]
//
// PREVIEW_SKIPPED_STACKS in the environment names the stacks to leave out, separated by blanks or commas.
import { readdirSync, readFileSync } from "node:fs";

/** The Region, for the role's session; the provider reads it from the same line. */
function regionOf(file) {
  const region = /^ +["']?aws:region["']?: *["']?([a-z0-9-]+)/m.exec(readFileSync(file, "utf8"))?.[1];
  if (region === undefined) {
    throw new Error(`${file} has no aws:region: set it with pulumi config set aws:region REGION.`);
  }
  return region;
}

/** A name that is written wrong would leave in what it was to leave out. */
function skipped(names) {
  const skip = (process.env.PREVIEW_SKIPPED_STACKS ?? "").split(/[\s,]+/).filter((name) => name !== "");
  const unknown = skip.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `PREVIEW_SKIPPED_STACKS names ${unknown}, which has no stack file: take it out of that variable of the repository.`,
    );
  }
  return skip;
}

/** The action finds its comment by how it begins: the one of prod-eu begins as the one of prod does. */
function refuseConfusable(stacks) {
  for (const { stack } of stacks) {
    const other = stacks.find((one) => one.stack !== stack && one.stack.startsWith(stack));
    if (other !== undefined) {
      throw new Error(
        `The name of stack ${other.stack} begins with that of stack ${stack}, and the preview of one would take the ` +
          `place of the other's comment: rename one of them.`,
      );
    }
  }
}

try {
  const files = readdirSync(".").filter((file) => /^Pulumi\..+\.ya?ml$/.test(file));
  if (files.length === 0) {
    throw new Error("There is no stack file Pulumi.STACK.yaml: make one with pulumi stack init STACK.");
  }
  const named = files.sort().map((file) => ({ file, stack: file.replace(/^Pulumi\.|\.ya?ml$/g, "") }));
  const skip = skipped(named.map(({ stack }) => stack));
  const stacks = named
    .filter(({ stack }) => !skip.includes(stack))
    .map(({ file, stack }) => ({ stack, region: regionOf(file) }));
  refuseConfusable(stacks);
  console.log(`stacks=${JSON.stringify(stacks)}`);
} catch (error) {
  // An annotation of the run, where a reviewer sees it.
  console.error(`::error::${error.message}`);
  process.exitCode = 1;
}
