const special = /[\\^$.+()[\]{}|]/g;

/** A pattern with `*` (any run of characters) and `?` (any one character), matched against the whole text. */
export function wildcard(pattern: string): RegExp {
  const source = pattern.replace(special, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}

/**
 * The Resource element of a policy. IAM keeps a wildcard inside its colon-separated segment, except that a `*` which
 * ends a segment may run on across the colons that follow.
 */
export function resourceWildcard(pattern: string): RegExp {
  const source = pattern
    .replace(special, "\\$&")
    .replace(/\*+(?=:|$)/g, "\u0000")
    .replaceAll("*", "[^:]*")
    .replaceAll("?", "[^:]")
    .replaceAll("\u0000", ".*");
  return new RegExp(`^${source}$`, "s");
}
