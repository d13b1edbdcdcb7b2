import { expect } from "chai";
import { StatusError } from "../../status/errors";
import { readOptions } from "../../status/options";

const REFUSED: [string[], RegExp][] = [
  [[], /^No stack is named: give --stack NAME, or --outputs FILE/],
  [["--stack", "dev", "--outputs", "o.json"], /^--stack and --outputs are given: give one of them\.$/],
  [["--stack", "my stack"], /^--stack my stack: a stack's name has/],
  [["--stack", "a/b/c/d"], /^--stack a\/b\/c\/d: a stack's name has/],
  [["--stack", "dev", "--time-zone", "Tokyo"], /^--time-zone Tokyo: write an IANA time zone/],
  [
    ["--stack", "dev", "--endpoint-url", "localhost:5000"],
    /^--endpoint-url localhost:5000: write an address/,
  ],
  [["--stack", "dev", "--endpoint-url", "nowhere"], /^--endpoint-url nowhere: write an address/],
  [["--nights", "3"], /^Unknown option '--nights'.*; see npm run status -- --help\.$/],
];

describe("the options of npm run status", () => {
  it("are read", () => {
    const argv = ["--stack", "acme/web/dev", "--json", "--time-zone", "Asia/Tokyo"];
    expect(readOptions([...argv, "--endpoint-url", "http://127.0.0.1:5000"])).to.deep.equal({
      source: { stack: "acme/web/dev" },
      json: true,
      timeZone: "Asia/Tokyo",
      endpointUrl: "http://127.0.0.1:5000",
    });
  });

  it("may name a file instead of a stack", () => {
    expect(readOptions(["--outputs", "o.json"])?.source).to.deep.equal({ file: "o.json" });
  });

  it("may ask for help alone", () => {
    expect(readOptions(["--help", "--stack", "my stack"])).to.equal(undefined);
  });

  for (const [argv, sentence] of REFUSED)
    it(`are refused as ${argv.join(" ") || "nothing"}`, () =>
      expect(() => readOptions(argv)).to.throw(StatusError, sentence));
});
