import { expect } from "chai";
import { NotModelled } from "../../../rehearsal/errors";
import { AwsError } from "../../../rehearsal/account/errors";
import { startParameters } from "../../../rehearsal/automation/parameters";
import { readRunbook } from "../../../rehearsal/automation/reading/runbook";
import { runbook, step } from "./running";

function given(declared: string, values: Record<string, string[]>): unknown {
  const read = readRunbook(runbook(step("a"), `parameters: { P: { ${declared} } }`), "YAML");
  return startParameters(read, values).P;
}

interface Taken {
  it: string;
  declared: string;
  given?: string[];
  value: unknown;
}

const taken: Taken[] = [
  { it: "a String", declared: "type: String", given: ["x"], value: "x" },
  { it: "the longest String", declared: "type: String", given: ["x".repeat(512)], value: "x".repeat(512) },
  { it: "a StringList", declared: "type: StringList", given: ["x", "y"], value: ["x", "y"] },
  { it: "an empty StringList", declared: "type: StringList", given: [], value: [] },
  { it: "an Integer", declared: "type: Integer", given: ["-12"], value: -12 },
  { it: "true", declared: "type: Boolean", given: ["true"], value: true },
  { it: "false", declared: "type: Boolean", given: ["false"], value: false },
  { it: "a StringMap", declared: "type: StringMap", given: ['{"a": "b"}'], value: { a: "b" } },
  { it: "a MapList", declared: "type: MapList", given: ['[{"a": "b"}]'], value: [{ a: "b" }] },
  { it: "a default", declared: "type: Integer, default: 4", value: 4 },
  { it: "an empty default", declared: "type: String, default: ''", value: "" },
  { it: "a value instead of the default", declared: "type: String, default: a", given: ["b"], value: "b" },
  { it: "an allowed value", declared: "type: String, allowedValues: [a, b]", given: ["b"], value: "b" },
  { it: "an allowed Integer", declared: "type: Integer, allowedValues: [1, 2]", given: ["2"], value: 2 },
  {
    it: "allowed values in a list",
    declared: "type: StringList, allowedValues: [a, b]",
    given: ["b"],
    value: ["b"],
  },
  { it: "a match", declared: "type: String, allowedPattern: 'i-[0-9a-f]+'", given: ["i-0a"], value: "i-0a" },
  {
    it: "a length at its bounds",
    declared: "type: String, minChars: 2, maxChars: 2",
    given: ["ab"],
    value: "ab",
  },
  {
    it: "a count at its bounds",
    declared: "type: StringList, minItems: 1, maxItems: 1",
    given: ["a"],
    value: ["a"],
  },
];

interface Refused {
  it: string;
  declared: string;
  given?: Record<string, string[]>;
  says: RegExp;
}

const refused: Refused[] = [
  {
    it: "an unknown parameter",
    declared: "type: String, default: a",
    given: { Q: ["x"] },
    says: /no parameter Q/,
  },
  { it: "a missing required one", declared: "type: String", says: /P is required/ },
  {
    it: "an empty value",
    declared: "type: String",
    given: { P: [""] },
    says: /P: the value "" is not 1 to 512/,
  },
  { it: "too long a value", declared: "type: String", given: { P: ["x".repeat(513)] }, says: /not 1 to 512/ },
  {
    it: "an empty list for a String",
    declared: "type: String",
    given: { P: [] },
    says: /0 values .* exactly one/,
  },
  {
    it: "two values for a String",
    declared: "type: String",
    given: { P: ["a", "b"] },
    says: /2 values .* exactly one/,
  },
  {
    it: "51 values",
    declared: "type: StringList",
    given: { P: Array(51).fill("x") },
    says: /51 values .* at most 50/,
  },
  {
    it: "a fraction",
    declared: "type: Integer",
    given: { P: ["1.5"] },
    says: /"1.5" is not of the type Integer/,
  },
  { it: "1e3", declared: "type: Integer", given: { P: ["1e3"] }, says: /"1e3" is not of the type Integer/ },
  {
    it: "True",
    declared: "type: Boolean",
    given: { P: ["True"] },
    says: /"True" is not of the type Boolean/,
  },
  {
    it: "a list for a map",
    declared: "type: StringMap",
    given: { P: ["[]"] },
    says: /not of the type StringMap/,
  },
  { it: "no JSON", declared: "type: MapList", given: { P: ["a"] }, says: /"a" is not of the type MapList/ },
  {
    it: "another value",
    declared: "type: String, allowedValues: [a]",
    given: { P: ["b"] },
    says: /"b" is not one of \["a"\]/,
  },
  {
    it: "another item",
    declared: "type: StringList, allowedValues: [a]",
    given: { P: ["a", "b"] },
    says: /"b" is not one/,
  },
  {
    it: "a default that is not allowed",
    declared: "type: String, default: b, allowedValues: [a]",
    says: /"b" is not one/,
  },
  {
    it: "half a match",
    declared: "type: String, allowedPattern: 'i-[0-9]'",
    given: { P: ["i-12"] },
    says: /"i-12" does not match/,
  },
  {
    it: "a default without a match",
    declared: "type: String, default: '', allowedPattern: a",
    says: /"" does not match/,
  },
  {
    it: "an item without a match",
    declared: "type: StringList, allowedPattern: a",
    given: { P: ["a", "b"] },
    says: /"b" does not/,
  },
  {
    it: "too few characters",
    declared: "type: String, minChars: 2",
    given: { P: ["a"] },
    says: /at least 2/,
  },
  {
    it: "too many characters",
    declared: "type: String, maxChars: 2",
    given: { P: ["abc"] },
    says: /3 characters/,
  },
  { it: "a default of too many", declared: "type: String, maxChars: 2, default: abc", says: /3 characters/ },
  { it: "too few items", declared: "type: StringList, minItems: 2", given: { P: ["a"] }, says: /1 items/ },
  {
    it: "too many items",
    declared: "type: StringList, maxItems: 1",
    given: { P: ["a", "b"] },
    says: /2 items/,
  },
];

describe("startParameters", () => {
  for (const row of taken) {
    it(`takes ${row.it}`, () => {
      expect(given(row.declared, row.given ? { P: row.given } : {})).to.deep.equal(row.value);
    });
  }

  for (const row of refused) {
    it(`refuses ${row.it}`, () => {
      expect(() => given(row.declared, row.given ?? {}))
        .to.throw(AwsError, row.says)
        .with.property("code", "InvalidAutomationExecutionParametersException");
    });
  }

  it("takes 200 parameters and no more", () => {
    const many = (count: number) => {
      const names = Array.from({ length: count }, (_, index) => `P${index}`);
      const declared = names.map((name) => `${name}: { type: String }`).join(", ");
      const read = readRunbook(runbook(step("a"), `parameters: { ${declared} }`), "YAML");
      return startParameters(read, Object.fromEntries(names.map((name) => [name, ["x"]])));
    };
    expect(Object.keys(many(200))).to.have.length(200);
    expect(() => many(201)).to.throw(AwsError, /201 parameters/);
  });

  it("does not take the name of an object's own property for a parameter", () => {
    expect(() => given("type: String, default: a", { constructor: ["x"] })).to.throw(
      AwsError,
      /no parameter constructor/,
    );
  });

  it("does not guess what {{ in a given value means", () => {
    expect(() => given("type: String", { P: ["{{ P }}"] })).to.throw(NotModelled, /P: .*{{/);
  });
});
