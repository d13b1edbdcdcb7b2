import { expect } from "chai";
import { quote } from "../../components/quote";

describe("a value inside a sentence", () => {
  for (const [value, text] of [
    ["web", '"web"'],
    ["a\nb", '"a\\nb"'],
    ["a\u202eb", '"a\\u202eb"'],
    ["a\u2028b", '"a\\u2028b"'],
    [undefined, "undefined"],
    [null, "null"],
    [7, "7"],
    [["a"], '["a"]'],
    [10n, "(bigint)"],
  ] as const) {
    it(text, () => expect(quote(value)).to.equal(text));
  }

  it("names an object that holds itself", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(quote(loop)).to.equal("(object)");
  });

  it("is cut when it is long", () => {
    expect(quote("x".repeat(1000))).to.have.length(301);
  });
});
