import { expect } from "chai";
import { type AutomationDocument, loadRunbook, RUNBOOK_NAMES } from "../../../components/document/load";
import { leaveOutUnwanted } from "../../../components/document/optional";

const DOCUMENT: AutomationDocument = {
  schemaVersion: "0.3",
  parameters: { Always: { type: "String" }, Look: { type: "String" }, Count: { type: "Integer" } },
  mainSteps: [
    {
      name: "first",
      inputs: { InputPayload: { Always: "{{ Always }}", Count: "{{ Count }}", Text: "{{ Count }} of them" } },
      nextStep: "look",
    },
    { name: "look", inputs: { InputPayload: { Look: "{{ Look }}" } }, nextStep: "choose" },
    {
      name: "choose",
      inputs: {
        Choices: [{ NextStep: "last", Variable: "{{ look.Found }}", StringEquals: "none" }],
        Default: "work",
      },
    },
    { name: "work", nextStep: "last" },
    { name: "last", inputs: { InputPayload: { Found: "{{ look.Found }}", Done: "{{ work.Done }}" } } },
  ],
  outputs: ["look.Found", "work.Done"],
};
const OPTIONAL = { Look: ["look", "choose"], Count: [] };

describe("what a document has only for values that are given", () => {
  const left = (...given: string[]) => leaveOutUnwanted(DOCUMENT, (name) => given.includes(name), OPTIONAL);

  it("is there where they are", () => expect(left("Look", "Count")).to.equal(DOCUMENT));

  it("is neither declared nor handed on where a parameter has no value", () => {
    const { parameters, mainSteps } = left("Look");
    expect(Object.keys(parameters)).to.deep.equal(["Always", "Look"]);
    expect(mainSteps[0].inputs).to.deep.equal({
      InputPayload: { Always: "{{ Always }}", Text: "{{ Count }} of them" },
    });
    expect(mainSteps.slice(1)).to.deep.equal(DOCUMENT.mainSteps.slice(1));
  });

  it("is no step, so that what is before it goes on with what is behind it, and nobody asks for its outputs", () => {
    const { mainSteps, outputs } = left("Count");
    expect(mainSteps.map(({ name, nextStep }) => [name, nextStep])).to.deep.equal([
      ["first", "work"],
      ["work", "last"],
      ["last", undefined],
    ]);
    expect(mainSteps[2].inputs).to.deep.equal({ InputPayload: { Done: "{{ work.Done }}" } });
    expect(outputs).to.deep.equal(["work.Done"]);
  });

  for (const name of RUNBOOK_NAMES) {
    it(`leaves no reference to what is not there in ${name}`, () => {
      const { parameters, mainSteps } = leaveOutUnwanted(loadRunbook(name), () => false);
      const there = [...Object.keys(parameters), ...mainSteps.map((step) => step.name)];
      const named = [...JSON.stringify(mainSteps).matchAll(/\{\{ (\w+)(?:\.\w+)? \}\}/g)].map(
        ([, one]) => one,
      );
      expect(named.filter((one) => !there.includes(one))).to.deep.equal([]);
      const next = [...JSON.stringify(mainSteps).matchAll(/"(?:nextStep|NextStep|Default)":"(\w+)"/g)];
      expect(next.map(([, one]) => one).filter((one) => !there.includes(one))).to.deep.equal([]);
    });
  }
});
