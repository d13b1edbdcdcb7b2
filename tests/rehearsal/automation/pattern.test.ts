import { expect } from "chai";
import { NotModelled } from "../../../rehearsal/errors";
import { javaPattern } from "../../../rehearsal/automation/pattern";

describe("javaPattern", () => {
  const cases: [pattern: string, matching: string[], other: string[]][] = [
    ["^i-[0-9a-f]{8,17}$", ["i-0123abcd"], ["i-1", "xi-0123abcd", "i-0123abcd\n"]],
    ["a|b", ["a", "b"], ["ab", "xb"]],
    ["[\\w.\\-/]+", ["a-b./_"], ["a b", ""]],
    ["[^*?${}]*", ["plain", ""], ["a*", "${x}"]],
    ["\\S+@\\s?x", ["a@x", "a@ x"], ["@x", "a@\u00a0x"]],
    ["(?:ab)+?(?<n>c)?(?=$)", ["abab", "abc"], ["a"]],
    ["a]b}", ["a]b}"], ["a]"]],
    ["\\-\\_\\:\\.", ["-_:."], ["-_:x"]],
    ["\\x41\\u0042\\t", ["AB\t"], ["ab\t"]],
    [
      "^$|arn:(aws|aws-cn):iam::\\d{12}:role/.+",
      ["", "arn:aws-cn:iam::123456789012:role/a/b"],
      ["arn:aws:iam::1:role/a"],
    ],
  ];
  for (const [pattern, matching, other] of cases) {
    it(`reads ${pattern}`, () => {
      const read = javaPattern("here", pattern);
      for (const text of matching) expect(read.test(text), text).to.equal(true);
      for (const text of other) expect(read.test(text), text).to.equal(false);
    });
  }

  const refused = [
    "a*+",
    "a{2}+",
    "(?i)a",
    "(?>a)",
    "[a[b]]",
    "[a&&b]",
    "\\p{Alpha}",
    "\\Qa\\E",
    "\\bx",
    "[\\S]",
    "[]a]",
    "(",
    "\\",
  ];
  for (const pattern of refused) {
    it(`refuses ${pattern}`, () => {
      expect(() => javaPattern("here", pattern)).to.throw(NotModelled, /^here: .*pattern/);
    });
  }
});
