import { expect } from "chai";
import type { BusEvent } from "../../../rehearsal/account/events/busEvent";
import { readTransformer } from "../../../rehearsal/account/events/transformer";
import { NotModelled, RehearsalError } from "../../../rehearsal/errors";

const event: BusEvent = {
  version: "0",
  id: "1",
  "detail-type": "Something happened",
  source: "aws.ssm",
  account: "123456789012",
  time: "2026-11-24T05:30:00Z",
  region: "ap-northeast-1",
  resources: [],
  detail: { Definition: 'web "x"', Time: 17 },
};
const rule = { name: "failures", arn: "arn:failures" };
const paths = {
  what: "$.detail.Definition",
  type: "$.detail-type",
  when: "$.detail.Time",
  none: "$.detail.None",
};
const made = (template: string) => readTransformer(paths, template, "failures")(event, rule);

describe("an input transformer", () => {
  for (const [what, template, expected] of [
    ["puts values into a text as they are", '"<type> at <when>."', '"Something happened at 17."'],
    ["keeps a text's quotation marks a text's", '"The run of <what>"', '"The run of web \\"x\\""'],
    ["puts values as JSON elsewhere", '{"run": <what>, "at": <when>}', '{"run": "web \\"x\\"", "at": 17}'],
    ["leaves out what is not there", '"It is <none>."', '"It is ."'],
    ["takes one text a line", '"one <when>"\n"two"', '"one 17"\n"two"'],
    ["knows its rule", '"<aws.events.rule-name> <aws.events.rule-arn>"', '"failures arn:failures"'],
    ["takes an escaped quotation mark for no end", '"a \\"<when>\\" <what>"', '"a \\"17\\" web \\"x\\""'],
  ] as const) {
    it(what, () => expect(made(template)).to.equal(expected));
  }

  it("refuses what EventBridge refuses", () => {
    expect(() => made('"<lost>"')).to.throw(
      RehearsalError,
      "has <lost> in its template and not among its paths",
    );
    expect(() => made("The run of <what>")).to.throw(RehearsalError, "a template that is not JSON");
  });

  it("refuses by name what it does not model", () => {
    expect(() => made('"<aws.events.event>"')).to.throw(NotModelled, "<aws.events.event>");
    expect(() => readTransformer({ one: "$.resources[0]" }, '"<one>"', "r")).to.throw(
      NotModelled,
      "$.resources[0]",
    );
  });
});
