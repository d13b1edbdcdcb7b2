import { expect } from "chai";
import {
  checkComponentName,
  checkName,
  checkNameKeys,
  childName,
  NAMED,
  refuseSameNames,
} from "../../../components/inputs/physicalNames";
import { messageOf } from "../../mocks";

describe("names", () => {
  it("give every child the component's name and an end of its own", () => {
    expect(NAMED.map((named) => childName("web", named))).to.deep.equal([
      "web-create-image-role",
      "web-create-image-policy",
      "web-create-image",
      "web-patch-role",
      "web-patch-policy",
      "web-patch",
      "web-roll-out-role",
      "web-roll-out-policy",
      "web-roll-out",
      "web-roll-out-pause-policy",
      "web-prepare-role",
      "web-prepare-policy",
      "web-prepare",
      "web-refresh-role",
      "web-refresh-policy",
      "web-refresh",
      "web-retire-role",
      "web-retire-policy",
      "web-retire",
      "web-events-role",
      "web-events-policy",
      "web-schedule",
      "web-scheduler-role",
      "web-scheduler-policy",
      "web-schedule-group",
      "web-dead-letters",
      "web-dead-letters-alarm",
      "web-lost-dead-letters-alarm",
      "web-topic",
      "web-failures",
      "web-watch-role",
      "web-watch-policy",
      "web-watch",
      "web-watch-events-role",
      "web-watch-events-policy",
      "web-watch-schedule",
      "web-missing-success-alarm",
      "web-silent-watch-alarm",
      "web-image-age-alarm",
      "web-dashboard",
    ]);
  });

  describe("take the article's names", () => {
    for (const [named, name] of [
      ["automationRole", "SSMRoleForUpdateAutoScalingGroupAMI"],
      ["automationPolicy", "PolicyForUpdateAutoScalingGroupAMI"],
      ["eventsRole", "EventsRoleForExecSSMAutomation"],
      ["eventsPolicy", "PolicyForExecSSMAutomation"],
      ["document", "UpdateAutoScalingGroupAMI"],
      ["rule", "every.night_1"],
    ] as const) {
      it(named, () => expect(checkName(named)(name)).to.equal(name));
    }
  });

  describe("refuse what AWS would", () => {
    for (const [named, name, part] of [
      ["automationRole", "a/b", "1 to 64"],
      ["automationRole", "x".repeat(65), "1 to 64"],
      ["automationRole", "", "1 to 64"],
      ["eventsRole", "a b", "1 to 64"],
      ["automationPolicy", "x".repeat(129), "1 to 128"],
      ["eventsPolicy", "a*", "1 to 128"],
      ["document", "ab", "3 to 128"],
      ["document", "a b c", "3 to 128"],
      ["document", "aws-refresh", 'begins with "aws"'],
      ["document", "AmazonRefresh", 'begins with "amazon"'],
      ["document", "AMZN-x", 'begins with "amzn"'],
      ["rule", "x".repeat(65), "1 to 64"],
      ["rule", "a/b", "1 to 64"],
      ["rule", 7, "1 to 64"],
    ] as const) {
      it(`${named} ${JSON.stringify(name).slice(0, 30)}`, () => {
        const message = messageOf(() => checkName(named)(name));
        expect(message).to.match(new RegExp(`^names\\.${named} .*leave it out and Pulumi derives one\\.$`));
        expect(message).to.contain(part);
      });
    }
  });

  it("refuse keys that nothing has", () => {
    expect(messageOf(() => checkNameKeys({ role: "x" }))).to.equal(
      `names.role is not known: give any of ${NAMED.join(", ")}; correct its spelling or remove it.`,
    );
    expect(messageOf(() => checkNameKeys("x"))).to.contain('names "x" is not a map');
    expect(checkNameKeys({ rule: "x", document: undefined })).to.deep.equal({ rule: "x" });
  });

  it("refuse one name for two roles or two documents, whatever its case", () => {
    for (const [one, other] of [
      ["automationRole", "eventsRole"],
      ["rollOutRole", "retireRole"],
      ["document", "rollOutDocument"],
      ["rollOutDocument", "retireDocument"],
    ]) {
      expect(messageOf(() => refuseSameNames({ [one]: "Same", [other]: "same" }))).to.equal(
        `names.${other} "same" is what names.${one} is too, whatever their case: choose another one.`,
      );
    }
    const policies = { automationPolicy: "same", rollOutPolicy: "same", rule: "same" };
    expect(refuseSameNames({ ...policies, automationRole: "same", document: "same" })).to.equal(undefined);
  });

  describe("of the component", () => {
    it("fit when what Pulumi derives from them fits AWS's limits", () => {
      // web-create-image-role-1234567 has 26 characters behind the component's name, and a role's name at most 64.
      expect(checkComponentName("x".repeat(38), {})).to.have.length(38);
      expect(`${childName("x".repeat(38), "automationRole")}-1234567`).to.have.length(64);
      const message = messageOf(() => checkComponentName("x".repeat(39), {}));
      expect(message).to.contain("at most 38 characters");
      expect(message).to.contain("names.automationRole");
    });

    it("may be longer where names are given", () => {
      const given = Object.fromEntries(NAMED.map((named) => [named, "given"]));
      expect(checkComponentName("x".repeat(100), given)).to.have.length(100);
      expect(checkComponentName("aws web/1", given)).to.equal("aws web/1");
    });

    for (const [name, part] of [
      ["aws-web", 'begins with "aws"'],
      ["AmazonWeb", 'begins with "amazon"'],
      ["amznweb", 'begins with "amzn"'],
      ["web/1", "letters, digits"],
      ["web 1", "letters, digits"],
    ] as const) {
      it(`refuse ${name}`, () => expect(messageOf(() => checkComponentName(name, {}))).to.contain(part));
    }
  });
});
