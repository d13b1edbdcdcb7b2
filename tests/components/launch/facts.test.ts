import { expect } from "chai";
import { assumeLaunch, updatesGroup } from "../../../components/launch/facts";
import { TOKYO } from "../../mocks";
import { BY_DEFAULT, BY_LATEST, BY_NUMBER, CONFIGURATION, MIXED, TEMPLATE } from "./facts";

describe("a run updates the group", () => {
  for (const [facts, updates] of [
    [CONFIGURATION, true],
    [BY_NUMBER, true],
    [BY_DEFAULT, false],
    [BY_LATEST, false],
    [MIXED, true],
    [{ ...BY_DEFAULT, kind: "mixed" }, true],
    [assumeLaunch([TEMPLATE], [], TOKYO), true],
  ] as const) {
    it(`${updates ? "with" : "not with"} ${facts.kind} ${JSON.stringify(facts.templates)}`, () =>
      expect(updatesGroup(facts)).to.equal(updates));
  }
});
