import { expect } from "chai";
import { withoutStacks } from "../../components/withoutStacks";
import { messageOf } from "../mocks";

const LINES = /\n {4}at /g;

function linesOfStack(): number {
  return new Error("here").stack?.match(LINES)?.length ?? 0;
}

describe("withoutStacks", () => {
  it("has no stack written down inside, and afterwards as before", () => {
    expect(withoutStacks(linesOfStack)).to.equal(0);
    expect(linesOfStack()).to.be.above(0);
  });

  it("has them afterwards too where something was thrown", () => {
    const thrown = messageOf(() =>
      withoutStacks(() => {
        throw new Error("it");
      }),
    );
    expect(thrown).to.equal("it");
    expect(linesOfStack()).to.be.above(0);
  });

  it("has them for whoever looks for a promise that never ends", () => {
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "1";
    try {
      expect(withoutStacks(linesOfStack)).to.be.above(0);
    } finally {
      delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
    }
  });
});
