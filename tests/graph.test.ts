import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import * as yaml from "js-yaml";
import { AmiRefresh } from "../components";
import { type Program, underMocks } from "./mocks";

/** What the smallest use registers, recorded: `UPDATE_GRAPH=1 npx mocha` writes it anew. */
const RECORD = path.join(__dirname, "graph.json");

interface Node {
  name: string;
  /** The types of everything that it stands under and its own, as in its URN. */
  type: string;
  inputs: Record<string, unknown>;
}

interface Parameter {
  type: string;
  default?: unknown;
  allowedValues?: unknown[];
}

describe("the recorded graph of the smallest use", () => {
  let graph: Node[];
  let recorded: Node[];
  before(async () => {
    graph = graphOf(
      await underMocks(
        () =>
          new AmiRefresh("web", {
            instanceId: "i-0123456789abcdef0",
            autoScalingGroupName: "web",
            prefix: "web",
            cron: "30 5 * * ? *",
          }),
      ),
    );
    if (process.env.UPDATE_GRAPH !== undefined) {
      fs.writeFileSync(RECORD, `${JSON.stringify(graph, undefined, 2)}\n`);
    }
    recorded = JSON.parse(fs.readFileSync(RECORD, "utf8")) as Node[];
  });

  it("has the identities that existing stacks know", () => {
    expect(
      graph.map(identity),
      "A type, a name or a parent has changed. They are the resource's identity: existing stacks would delete the " +
        "resource and make another one, a breaking change. If that is meant, say so in CHANGELOG.md and record it with " +
        "UPDATE_GRAPH=1; if not, restore the identity, or keep the old one as an alias",
    ).to.deep.equal(recorded.map(identity));
  });

  it("has the inputs that were looked at last", () => {
    expect(
      graph,
      "What the smallest use registers has changed, so every stack that is updated changes: look at the difference, say " +
        "in CHANGELOG.md what it means for them, and record it with UPDATE_GRAPH=1",
    ).to.deep.equal(recorded);
  });
});

function graphOf({ resources, urns }: Program<unknown>): Node[] {
  const nodes = resources
    .map(({ name, type, inputs }) => ({
      name,
      type: urns.get(`${type}::${name}`) ?? "",
      inputs: readable(inputs),
    }))
    .sort((one, other) => identity(one).localeCompare(identity(other)));
  // As it will be read again: without what is undefined.
  return JSON.parse(JSON.stringify(nodes)) as Node[];
}

function identity({ name, type }: Pick<Node, "name" | "type">): string {
  return `${name}: ${type}`;
}

/** Texts that are JSON as what they say; of the runbook what its parameters are filled in with, and none of its sentences. */
function readable(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => {
      if (key === "content") {
        return [key, { parameters: parametersOf(String(value)) }];
      }
      return [
        key,
        typeof value === "string" && value.startsWith("{") ? (JSON.parse(value) as unknown) : value,
      ];
    }),
  );
}

function parametersOf(runbook: string): Record<string, Parameter> {
  const { parameters } = yaml.load(runbook) as { parameters: Record<string, Parameter> };
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { type, default: value, allowedValues }]) => [
      name,
      { type, default: value, allowedValues },
    ]),
  );
}
