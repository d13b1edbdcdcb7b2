import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { isBuiltin } from "node:module";
import * as path from "node:path";
import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../components";
import { Provider } from "../rehearsal/deploy/provider";
import { furnishedAccount, type Program, underMocks } from "./mocks";
import { compile, ROOT, stranger } from "./package/packed";
import { type Ran, runProgram } from "./package/running";

interface Manifest {
  files: string[];
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const SMALLEST: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web",
  prefix: "web",
  cron: "30 5 * * ? *",
};

/** Two uses, by what is looked up beside where the provider is. */
const LOOKED_UP: Record<string, AmiRefreshArgs> = {
  nothing: { ...SMALLEST, launchTemplateIds: [], instanceProfileRoleArns: [] },
  everything: SMALLEST,
};

/** The stranger's program, in each language; what it gives the component is put in. */
const PROGRAMS: Record<string, (args: AmiRefreshArgs) => string> = {
  "TypeScript.ts": (args) => `
    import * as pulumi from "@pulumi/pulumi";
    import { AmiRefresh, AmiRefreshArgs, LaunchConfigurationFrom } from "ami-refresh";
    const args: AmiRefreshArgs = ${JSON.stringify(args)};
    const refresh = new AmiRefresh("web", args);
    export const startCommand: pulumi.Output<string> = refresh.startCommand;
    export const from: LaunchConfigurationFrom = LaunchConfigurationFrom.Group;
    // The declarations are really there, and nothing is any:
    // @ts-expect-error A misspelled argument.
    export const misspelled: AmiRefreshArgs = { ...args, enable: true };
    // @ts-expect-error A value of another type.
    export const another: AmiRefreshArgs = { ...args, instanceId: 7 };
    // @ts-expect-error No such output.
    export const missing = refresh.amiRefreshArgs;`,
  "JavaScript.js": (args) => `
    const { AmiRefresh } = require("ami-refresh");
    const refresh = new AmiRefresh("web", ${JSON.stringify(args)});
    module.exports = { startCommand: refresh.startCommand };`,
  "ESModule.mjs": (args) => `
    import { AmiRefresh } from "ami-refresh";
    const refresh = new AmiRefresh("web", ${JSON.stringify(args)});
    export const startCommand = refresh.startCommand;`,
};

const COMPILER_OPTIONS = {
  strict: true,
  target: "es2022",
  module: "nodenext",
  types: ["node"],
  rootDir: ".",
  // The library's own declarations are checked too, against those of the peers.
  skipLibCheck: false,
};

describe("the packed library", () => {
  const { exports, dependencies, peerDependencies, devDependencies } = manifest();
  let folder: string;
  let files: string[];
  before(() => ({ folder, files } = stranger()));

  it("holds the compiled library with its declarations, the runbooks and the papers, and nothing else", () => {
    const compiled = sources(path.join(ROOT, "components")).flatMap((file) => {
      const name = path.relative(ROOT, file).replace(/\.ts$/, "");
      // The source too: of declarations Pulumi's analyser does not read what makes the schema for other languages.
      return [`dist/${name}.js`, `dist/${name}.d.ts`, `${name}.ts`];
    });
    const runbooks = sources(path.join(ROOT, "documents"))
      .map((file) => path.relative(ROOT, file))
      .filter((file) => /\.(yaml|py)$/.test(file));
    expect(files.sort()).to.deep.equal(
      [
        "package.json",
        "README.md",
        "README.ja.md",
        "LICENSE",
        "CHANGELOG.md",
        ...runbooks,
        ...compiled,
      ].sort(),
    );
    expect(runbooks).to.include.members(["documents/create-image.yaml", "documents/scripts/shared/tags.py"]);
    // What pytest and Python leave is not among them, nor are the tests of the scripts.
    expect(manifest().files.filter((file) => file.startsWith("documents"))).to.deep.equal([
      "documents/*.yaml",
      "documents/scripts/**/*.py",
    ]);
    expect(files.filter((file) => /__pycache__|\.pyc$|test_|conftest|\.toml$/.test(file))).to.deep.equal([]);
  });

  it("is entered at the component, its types first", () => {
    const entry = { types: "./dist/components/index.d.ts", default: "./dist/components/index.js" };
    const testing = { types: "./dist/components/testing.d.ts", default: "./dist/components/testing.js" };
    const source = { types: "./components/index.ts", default: "./dist/components/index.js" };
    expect(exports).to.deep.equal({
      ".": entry,
      "./testing": testing,
      "./source": source,
      "./package.json": "./package.json",
    });
    expect(Object.keys(exports["."] as object)).to.deep.equal(["types", "default"]);
    const entered = [entry, testing, source].flatMap((one) => Object.values(one));
    expect(files).to.include.members(entered.map((file) => file.slice("./".length)));
  });

  it("asks for Pulumi and its AWS provider as peers, and declares everything that it loads", () => {
    expect(peerDependencies).to.deep.equal({ "@pulumi/aws": "^7.0.0", "@pulumi/pulumi": "^3.248.0" });
    // `recover` came with 3.248.0: development is on the oldest version that is promised.
    expect(devDependencies["@pulumi/pulumi"]).to.equal("3.248.0");
    const loaded = files.filter((file) => file.endsWith(".js")).flatMap(requiredBy);
    const others = loaded.filter((name) => !name.startsWith(".") && !isBuiltin(name)).map(packageOf);
    expect([...new Set(others)].sort()).to.deep.equal(
      [...Object.keys(peerDependencies), ...Object.keys(dependencies)].sort(),
    );
  });

  describe("in a folder outside the repository", () => {
    before(() => {
      for (const [what, args] of Object.entries(LOOKED_UP)) {
        fs.mkdirSync(path.join(folder, what, "elsewhere"), { recursive: true });
        for (const [name, text] of Object.entries(PROGRAMS)) {
          fs.writeFileSync(path.join(folder, what, name), text(args));
        }
      }
      const tsconfig = path.join(folder, "tsconfig.json");
      const files = Object.keys(LOOKED_UP).map((what) => `${what}/TypeScript.ts`);
      fs.writeFileSync(tsconfig, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files }));
      compile(tsconfig);
    });

    for (const [what, args] of Object.entries(LOOKED_UP)) {
      for (const name of Object.keys(PROGRAMS)) {
        it(`registers from ${name} what it registers from source, where ${what} is looked up`, async () => {
          const source = await underMocks(() => new AmiRefresh("web", args));
          const ran = await runProgram({
            program: path.join(folder, what, name.replace(/\.ts$/, ".js")),
            // A program may run anywhere: the runbook is found from the library.
            cwd: path.join(folder, what, "elsewhere"),
            answers: new Provider(furnishedAccount()),
          });
          expect(registered(ran)).to.deep.equal(registeredFromSource(source));
          expect(ran.lookUps.sort()).to.deep.equal(source.lookUps.map(({ token }) => token).sort());
          expect(loadedAs(ran, "@pulumi/pulumi/index.js")).to.deep.equal([
            fs.realpathSync(path.join(ROOT, "node_modules/@pulumi/pulumi/index.js")),
          ]);
          expect(loadedAs(ran, "components/amiRefresh.js")).to.deep.equal([
            path.join(folder, "node_modules/ami-refresh/dist/components/amiRefresh.js"),
          ]);
        });
      }
    }
  });

  it("is tested by the unit test of docs/import.md, as README.md uses it", () => {
    const pages = ["README.md", "docs/import.md"].map((name) =>
      fs.readFileSync(path.join(ROOT, name), "utf8"),
    );
    const blocks = [...pages.join("\n").matchAll(/^```typescript\n(.*?)^```/gms)].map(([, text]) => text);
    const program = blocks.filter((text) => text.includes("new AmiRefresh"));
    const test = blocks.filter((text) => text.includes("answerLookUps"));
    expect([program.length, test.length]).to.deep.equal([1, 1]);
    const own = path.join(folder, "own-test");
    fs.mkdirSync(own);
    fs.writeFileSync(path.join(own, "index.ts"), program[0]);
    fs.writeFileSync(path.join(own, "program.test.ts"), test[0]);
    const tsconfig = path.join(own, "tsconfig.json");
    fs.writeFileSync(tsconfig, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["*.ts"] }));
    compile(tsconfig);
    const ran = spawnSync(process.execPath, ["--test", "program.test.js"], { cwd: own, encoding: "utf8" });
    expect(ran.stdout).to.match(/# pass 1\n# fail 0\n/);
    expect(ran.status).to.equal(0);
  });

  function requiredBy(file: string): string[] {
    const text = fs.readFileSync(path.join(folder, "node_modules", "ami-refresh", file), "utf8");
    return [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  }
});

function manifest(): Manifest {
  return JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as Manifest;
}

function sources(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** The package that a module belongs to. */
function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

function registered({ resources }: Ran): unknown {
  return byName(
    resources.map(({ type, name, inputs, parent }) => ({
      type,
      name,
      inputs,
      urnType: parent === "" ? type : `${parent}$${type}`,
    })),
  );
}

function registeredFromSource({ resources, urns }: Program<unknown>): unknown {
  return byName(
    resources.map(({ type, name, inputs }) => ({
      type,
      name,
      inputs,
      urnType: urns.get(`${type}::${name}`),
    })),
  );
}

function byName<T extends { name: string }>(resources: T[]): T[] {
  return [...resources].sort((one, other) => one.name.localeCompare(other.name));
}

/** Under which paths a file was loaded: more than one, and there are copies. */
function loadedAs({ loaded }: Ran, file: string): string[] {
  return loaded.filter((one) => one.endsWith(`/${file}`));
}
