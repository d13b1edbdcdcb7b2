import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { filesIn, findCircles, findSources, readImportGraph, readImports } from "./importGraph";

const ROOT = path.join(__dirname, "..");
const SOURCES = ["index.ts", "components", "rehearsal", "scripts", "status"];

describe("imports", () => {
  it("lead from no file back to it", () => {
    const graph = readImportGraph(ROOT, findSources(ROOT, SOURCES));
    // A graph without imports would have no circle either.
    expect(graph.get("index.ts")).to.include(path.join("components", "index.ts"));
    const circles = findCircles(graph).map((chain) => chain.join(" -> "));
    expect(circles, `files import each other in a circle:\n${circles.join("\n")}\n`).to.deep.equal([]);
  });

  it("of the library lead to packages, or stay in it", () => {
    const leaving = findSources(ROOT, ["components"]).flatMap((file) =>
      readImports(fs.readFileSync(path.join(ROOT, file), "utf8"))
        .filter((name) => leavesLibrary(file, name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(leaving).to.deep.equal([]);
  });

  it("of the look at a stack's health lead to packages, the library's reading of cron, or stay in it", () => {
    const leaving = findSources(ROOT, ["status"]).flatMap((file) =>
      readImports(fs.readFileSync(path.join(ROOT, file), "utf8"))
        .filter((name) => name.startsWith("."))
        .map((name) => path.join(path.dirname(file), name))
        .filter((target) => !/^(status|components\/inputs\/cron)\//.test(target)),
    );
    expect(leaving).to.deep.equal([]);
  });

  it("of the runbooks' scripts name nothing of the rehearsal", () => {
    const naming = filesIn(ROOT, "documents").filter((file) =>
      /^\s*(from|import)\s.*\b_?rehearsal\b/m.test(fs.readFileSync(path.join(ROOT, file), "utf8")),
    );
    expect(naming).to.deep.equal([]);
  });
});

/** The project's own packages are no way round either. */
function leavesLibrary(file: string, name: string): boolean {
  return name.startsWith(".")
    ? !path.join(path.dirname(file), name).startsWith(`components${path.sep}`)
    : name.startsWith("ami-refresh");
}

describe("findCircles", () => {
  const circles = (graph: Record<string, string[]>) => findCircles(new Map(Object.entries(graph)));

  it("writes a circle out as the chain from a file back to it", () => {
    expect(circles({ a: ["b"], b: ["c", "d"], c: ["a"], d: [] })).to.deep.equal([["a", "b", "c", "a"]]);
  });

  it("tells the shortest of those that share an import", () => {
    const graph = { a: ["b", "d"], b: ["c"], c: ["a"], d: ["b"] };
    expect(circles(graph)).to.deep.equal([["a", "b", "c", "a"]]);
  });

  it("finds a file that imports itself, and circles that know nothing of each other", () => {
    expect(circles({ a: ["a"], b: ["c"], c: ["b"] })).to.have.length(2);
  });

  it("finds none where two ways lead to one file", () => {
    expect(circles({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] })).to.deep.equal([]);
  });
});

describe("readImports", () => {
  it("reads every kind of import", () => {
    const text = `
      import type { A } from "./type";
      import { b } from "./value";
      import "./effect";
      export * from "./again";
      export const c = import("./later");
      export type D = import("./typeOnly").D;
      const e = require("./required");
      // import "./comment";
    `;
    expect(readImports(text)).to.have.members([
      "./type",
      "./value",
      "./effect",
      "./again",
      "./later",
      "./typeOnly",
      "./required",
    ]);
  });
});
