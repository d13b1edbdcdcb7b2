import { expect } from "chai";
import { factsAsGiven, updatesGroup } from "../../../components/launch/facts";
import { mayLaunch } from "../../../components/launch/mayLaunch";
import { messageOf, TOKYO } from "../../mocks";
import {
  BY_DEFAULT,
  BY_LATEST,
  BY_NUMBER,
  CONFIGURATION,
  MIXED,
  OTHER_TEMPLATE,
  ROLE,
  TEMPLATE,
} from "./facts";

describe("what may be launched", () => {
  for (const [what, facts, entries] of [
    ["a launch configuration", CONFIGURATION, ["instance-profile/web", "launch-configuration"]],
    [
      "a template by a number",
      BY_NUMBER,
      [
        "arn:aws:ec2:ap-northeast-1:123456789012:secondary-subnet/ss-1",
        "arn:aws:license-manager:ap-northeast-1:123456789012:license-configuration:lic-1",
        "instance-profile/web",
        `launch-template/${TEMPLATE}/number`,
        "tags/instance",
        "tags/volume",
      ],
    ],
    ["a template by default", BY_DEFAULT, [`launch-template/${TEMPLATE}/default`]],
    ["a template by latest", BY_LATEST, [`launch-template/${TEMPLATE}/latest`]],
    [
      "a mixed instances policy",
      MIXED,
      [
        `launch-template/${TEMPLATE}/default`,
        `launch-template/${TEMPLATE}/number`,
        `launch-template/${OTHER_TEMPLATE}/latest`,
        "override-images",
      ],
    ],
    ["a launch configuration as given", factsAsGiven([], [], TOKYO), ["launch-configuration"]],
    [
      "a launch configuration as given, with a role",
      factsAsGiven([], [ROLE], TOKYO),
      ["instance-profile/*", "launch-configuration"],
    ],
    [
      "a template as given",
      factsAsGiven([TEMPLATE], [ROLE], TOKYO),
      [
        "instance-profile/*",
        `launch-template/${TEMPLATE}/default`,
        `launch-template/${TEMPLATE}/latest`,
        `launch-template/${TEMPLATE}/number`,
        "override-images",
        "tags/instance",
        "tags/network-interface",
        "tags/spot-instances-request",
        "tags/volume",
      ],
    ],
  ] as const) {
    it(`of ${what}`, () => expect(mayLaunch(facts)).to.deep.equal(entries));
  }

  it("has as many values as AWS takes, and no more", () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `lt-000000${10 + index}`);
    expect(mayLaunch(factsAsGiven(ids(14), [ROLE], TOKYO))).to.have.length(48);
    expect(messageOf(() => mayLaunch(factsAsGiven(ids(15), [ROLE], TOKYO)))).to.match(
      /^the runbook's parameter MayLaunch would have 51 values, made for 15 launch templates: AWS takes at most 50;.*\.$/,
    );
  });
});

describe("a run updates the group", () => {
  for (const [facts, updates] of [
    [CONFIGURATION, true],
    [BY_NUMBER, true],
    [BY_DEFAULT, false],
    [BY_LATEST, false],
    [MIXED, true],
    [{ ...BY_DEFAULT, kind: "mixed" }, true],
    [factsAsGiven([TEMPLATE], [], TOKYO), true],
  ] as const) {
    it(`${updates ? "with" : "not with"} ${facts.kind} ${JSON.stringify(facts.templates)}`, () =>
      expect(updatesGroup(facts)).to.equal(updates));
  }
});
