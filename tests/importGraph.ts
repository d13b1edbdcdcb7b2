import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** What each file imports of the others, by path. */
export type ImportGraph = Map<string, string[]>;

/** The TypeScript files among these files and in these folders, as paths from the root. */
export function findSources(root: string, places: string[]): string[] {
  return places.flatMap((place) => filesIn(root, place)).filter((file) => file.endsWith(".ts"));
}

/** Every file of a folder, or the file itself. */
export function filesIn(root: string, place: string): string[] {
  if (!fs.statSync(path.join(root, place)).isDirectory()) {
    return [place];
  }
  return fs
    .readdirSync(path.join(root, place))
    .filter((name) => name !== "node_modules")
    .flatMap((name) => filesIn(root, path.join(place, name)));
}

/** What a file's text imports, as it is written there: types, re-exports, `import(…)` and `require(…)` included. */
export function readImports(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The graph of these files. Imports of packages are left out, and imports of what is no source file. */
export function readImportGraph(root: string, files: string[]): ImportGraph {
  return new Map(
    files.map((file) => {
      const names = readImports(fs.readFileSync(path.join(root, file), "utf8"));
      const relative = names.filter((name) => name.startsWith("."));
      return [file, relative.flatMap((name) => resolve(file, name, files) ?? [])];
    }),
  );
}

/** A file goes before the folder of the same name, as it does for Node. */
function resolve(from: string, name: string, files: string[]): string | undefined {
  const base = path.join(path.dirname(from), name);
  return [base, `${base}.ts`, path.join(base, "index.ts")].find((candidate) => files.includes(candidate));
}

/**
 * Circles, each as the chain that leads from a file back to it, the shortest first. One that goes through an import of
 * another is left out: one import too many makes dozens of them.
 */
export function findCircles(graph: ImportGraph): string[][] {
  const circles = [...graph.keys()].flatMap((file) => {
    const circle = shortestWayBack(graph, file);
    return circle === undefined ? [] : [circle];
  });
  const told = new Set<string>();
  return circles
    .sort((one, other) => one.length - other.length)
    .filter((circle) => {
      const imports = circle.slice(1).map((file, index) => `${circle[index]} ${file}`);
      const isNew = imports.every((one) => !told.has(one));
      imports.forEach((one) => told.add(one));
      return isNew;
    });
}

function shortestWayBack(graph: ImportGraph, start: string): string[] | undefined {
  const reached = new Set<string>();
  const chains = [[start]];
  for (const chain of chains) {
    for (const next of graph.get(chain[chain.length - 1]) ?? []) {
      if (next === start) {
        return [...chain, start];
      }
      if (!reached.has(next)) {
        reached.add(next);
        chains.push([...chain, next]);
      }
    }
  }
  return undefined;
}
