import * as fs from "node:fs";
import * as path from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import { expect } from "chai";
import { ROOT, stranger } from "./package/packed";

const PLUGIN = path.join(ROOT, "plugin");
/** What programs in other languages are made for. A change of it is recorded with UPDATE_SCHEMA=1. */
const RECORDED = path.join(PLUGIN, "schema.json");

interface Manifest {
  name: string;
  version: string;
  description: string;
}

interface Described {
  description?: string;
}

const manifestOf = (folder: string) =>
  JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;

/** What `pulumi package get-schema` would print: Pulumi's own analyser over the plugin, with the packed library installed. */
function schema() {
  const { folder } = stranger();
  const plugin = path.join(folder, "plugin");
  if (!fs.existsSync(plugin)) {
    fs.mkdirSync(plugin);
    for (const file of ["index.ts", "package.json", "tsconfig.json", "PulumiPlugin.yaml"]) {
      fs.copyFileSync(path.join(PLUGIN, file), path.join(plugin, file));
    }
    const installed = path.join(folder, "node_modules");
    fs.symlinkSync(path.join(installed, "ami-refresh"), path.join(installed, "ami-refresh-library"));
  }
  const { name, version, description } = manifestOf(plugin);
  const analyser = new Analyzer(plugin, name, manifestOf(plugin), new Set(["AmiRefresh"]));
  const { components, typeDefinitions, dependencies } = analyser.analyze();
  return generateSchema(name, version, description, components, typeDefinitions, dependencies);
}

describe("the plugin for other languages", () => {
  it("has the schema that is recorded", () => {
    const text = `${JSON.stringify(schema(), null, 2)}\n`;
    if (process.env.UPDATE_SCHEMA === "1") {
      fs.writeFileSync(RECORDED, text);
    }
    expect(text).to.equal(fs.readFileSync(RECORDED, "utf8"));
  });

  it("describes every argument, every output and every key, and hides nothing in a type that has none", () => {
    const { resources, types } = schema();
    const {
      inputProperties = {},
      properties = {},
      requiredInputs,
    } = resources["ami-refresh:index:AmiRefresh"];
    expect(requiredInputs).to.deep.equal(["autoScalingGroupName", "cron", "instanceId", "prefix"]);
    const keys = Object.values(types).flatMap((type) => Object.entries(type.properties ?? {}));
    for (const [name, one] of [...Object.entries(inputProperties), ...Object.entries(properties), ...keys]) {
      expect((one as Described).description, name).to.match(/\S/);
      expect("type" in one || "$ref" in one, name).to.equal(true);
    }
  });

  it("is of the library's version", () => {
    const [library, plugin] = [ROOT, PLUGIN].map(manifestOf);
    expect([plugin.name, plugin.version]).to.deep.equal([library.name, library.version]);
    expect(fs.readFileSync(path.join(PLUGIN, "package.json"), "utf8")).to.contain(
      `"ami-refresh-library": "file:../ami-refresh-${library.version}.tgz"`,
    );
  });
});
