import { expect } from "chai";
import { readPattern } from "../../../rehearsal/account/events/pattern";
import { NotModelled } from "../../../rehearsal/errors";

const event = {
  source: "aws.ssm",
  resources: ["a:1", "b:2"],
  detail: { Status: "Failed", Version: 1, ExecutedBy: "arn:aws:sts::1:assumed-role/r/Automation-1" },
};
const fits = (pattern: object, of: object = event) => readPattern(pattern, "rule")(of);

describe("an event pattern", () => {
  for (const [what, pattern, expected] of [
    ["takes one of the values", { detail: { Status: ["Failed", "TimedOut"] } }, true],
    ["takes no other value", { detail: { Status: ["Success"] } }, false],
    ["asks every member", { source: ["aws.ssm"], detail: { Status: ["Success"] } }, false],
    ["takes a number as a number", { detail: { Version: [1] } }, true],
    ["takes no text for a number", { detail: { Version: ["1"] } }, false],
    ["takes one value of a list in the event", { resources: ["b:2"] }, true],
    ["asks that a member is there", { detail: { Status: [{ exists: true }] } }, true],
    ["asks that a member is not there", { detail: { Status: [{ exists: false }] } }, false],
    ["finds that it is not there", { detail: { Step: [{ exists: false }] } }, true],
    ["finds no member in what is not there", { further: { Step: ["x"] } }, false],
    ["finds what is not there inside of what is not", { further: { Step: [{ exists: false }] } }, true],
    ["takes a beginning", { resources: [{ prefix: "b:" }] }, true],
    ["takes no other beginning", { source: [{ prefix: "aws.ec2" }] }, false],
    ["takes anything but a value", { source: [{ "anything-but": "aws.ec2" }] }, true],
    ["takes not that value", { source: [{ "anything-but": ["aws.ec2", "aws.ssm"] }] }, false],
    ["takes anything but a beginning", { source: [{ "anything-but": { prefix: "aws.ec2" } }] }, true],
    ["takes not that beginning", { source: [{ "anything-but": { prefix: ["x", "aws."] } }] }, false],
    ["takes nothing for anything but", { detail: { Step: [{ "anything-but": "x" }] } }, false],
    [
      "takes either of two",
      {
        detail: {
          ExecutedBy: [{ exists: false }, { "anything-but": { prefix: "arn:aws:sts::1:assumed-role/x/" } }],
        },
      },
      true,
    ],
  ] as const) {
    it(what, () => expect(fits(pattern)).to.equal(expected));
  }

  for (const [what, pattern, name] of [
    [
      "another operator",
      { source: [{ suffix: "ssm" }] },
      '{"suffix":"ssm"} in the event pattern rule.source',
    ],
    ["anything-but with another one", { source: [{ "anything-but": { suffix: "x" } }] }, "suffix"],
    ["a choice of members", { $or: [{ source: ["x"] }] }, "$or"],
    ["a value that is no list", { source: "aws.ssm" }, '"aws.ssm"'],
    ["a list in a list", { source: [["aws.ssm"]] }, '["aws.ssm"]'],
    ["two operators at once", { source: [{ prefix: "a", exists: true }] }, "exists"],
    ["an existence that is none", { source: [{ exists: "yes" }] }, '"yes"'],
    ["a beginning that is no text", { source: [{ prefix: 5 }] }, "5"],
    ["nothing", {}, "{}"],
  ] as const) {
    it(`is refused with ${what}`, () => {
      expect(() => readPattern(pattern, "rule")).to.throw(NotModelled, name);
    });
  }
});
