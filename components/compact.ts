/**
 * A script without its comments, its docstrings and blank lines, indented by one blank a level instead of four. Those are
 * for the readers of the file; AWS takes 64 KB of a document, and shows its descriptions. Only whole lines are taken out, a
 * `#` or a docstring on lines of their own, so that no line that does something changes.
 */
export function compactScript(script: string): string {
  return script
    .split("\n")
    .filter((line) => !/^\s*(#.*|""".*"""|)$/.test(line))
    .map((line) => line.replace(/^ +/, (indentation) => " ".repeat(Math.ceil(indentation.length / 4))))
    .join("\n");
}

/** The steps of a runbook with compact scripts. */
export function compactSteps(steps: readonly unknown[]): unknown[] {
  return steps.map((step) => {
    const { inputs } = step as { inputs?: { Script?: unknown } };
    return typeof inputs?.Script === "string"
      ? { ...(step as object), inputs: { ...inputs, Script: compactScript(inputs.Script) } }
      : step;
  });
}
