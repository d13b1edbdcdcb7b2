import { expect } from "chai";
import { fillIn } from "../../../components/document/fillIn";
import { loadRunbook, RUNBOOK_NAMES } from "../../../components/document/load";
import { once } from "../../../components/document/once";

describe("what is made once", () => {
  it("is made anew for another object, and for another word", () => {
    const made: string[] = [];
    const make = once((object: { name: string }, word) => {
      made.push(`${object.name} ${word}`);
      return made.length;
    });
    const [one, other] = [{ name: "one" }, { name: "other" }];
    expect([make(one, "a"), make(one, "a"), make(one, "b"), make(other, "a"), make(one, "b")]).to.deep.equal([
      1, 1, 2, 3, 2,
    ]);
    expect(made).to.deep.equal(["one a", "one b", "other a"]);
  });

  it("makes no difference to a document, whatever was made before", () => {
    for (const name of RUNBOOK_NAMES) {
      const document = loadRunbook(name);
      const values = { AutoScalingGroupName: "web", SkipUnchanged: true };
      const before = fillIn(name, document, values);
      fillIn(name, document, { RetainDays: 30, Tags: ["a=b"] }, { waitForImage: 60, waitForRefresh: 90 });
      expect(fillIn(name, document, values), name).to.equal(before);
      // Nothing of an equal document was made before.
      expect(fillIn(name, structuredClone(document), values), name).to.equal(before);
    }
  });
});
