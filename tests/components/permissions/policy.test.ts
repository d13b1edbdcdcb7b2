import { expect } from "chai";
import { POLICY_MAX, type Statement, writePolicy } from "../../../components/permissions/policy";
import { messageOf } from "../../mocks";

const allowing = (resources: string[]): Statement[] => [
  { Sid: "Some", Effect: "Allow", Action: "ec2:RunInstances", Resource: resources },
];

describe("a policy", () => {
  it("is written as text without white space", () => {
    expect(writePolicy("roll-out", "one template", allowing(["*"]))).to.equal(
      '{"Version":"2012-10-17","Statement":[{"Sid":"Some","Effect":"Allow","Action":"ec2:RunInstances","Resource":["*"]}]}',
    );
  });

  it("is refused where IAM would not take it", () => {
    const empty = writePolicy("roll-out", "nothing", allowing([""])).length;
    const fits = "x".repeat(POLICY_MAX - empty);
    expect(writePolicy("roll-out", "this", allowing([fits])).length).to.equal(POLICY_MAX);
    expect(messageOf(() => writePolicy("roll-out", "20 launch templates", allowing([`${fits}x`])))).to.equal(
      "the roll-out role's policy, made for 20 launch templates, has 10241 characters: IAM takes at most 10240; let the " +
        "group use fewer of them, or split it.",
    );
  });
});
