import { expect } from "chai";
import { childName, componentName, knownNames, NAMED, physicalName } from "../../components/names";
import { messageOf } from "../mocks";

describe("names", () => {
  it("give every child the component's name and an end of its own", () => {
    expect(NAMED.map((named) => childName("web", named))).to.deep.equal([
      "web-automation-role",
      "web-automation-policy",
      "web-events-role",
      "web-events-policy",
      "web-runbook",
      "web-schedule",
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
      it(named, () => expect(physicalName(named)(name)).to.equal(name));
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
        const message = messageOf(() => physicalName(named)(name));
        expect(message).to.match(new RegExp(`^names\\.${named} .*leave it out and Pulumi derives one\\.$`));
        expect(message).to.contain(part);
      });
    }
  });

  it("refuse keys that nothing has", () => {
    expect(messageOf(() => knownNames({ role: "x" }))).to.equal(
      "names.role is not known: give any of automationRole, automationPolicy, eventsRole, eventsPolicy, document, rule.",
    );
    expect(messageOf(() => knownNames("x"))).to.contain('names "x" is not a map');
    expect(knownNames({ rule: "x" })).to.deep.equal({ rule: "x" });
  });

  describe("of the component", () => {
    it("fit when what Pulumi derives from them fits AWS's limits", () => {
      // web-automation-role-1234567 has 24 characters behind the component's name, and a role's name at most 64.
      expect(componentName("x".repeat(40), {})).to.have.length(40);
      expect(`${childName("x".repeat(40), "automationRole")}-1234567`).to.have.length(64);
      const message = messageOf(() => componentName("x".repeat(41), {}));
      expect(message).to.contain("at most 40 characters");
      expect(message).to.contain("names.automationRole");
    });

    it("may be longer where names are given", () => {
      const given = Object.fromEntries(NAMED.map((named) => [named, "given"]));
      expect(componentName("x".repeat(100), given)).to.have.length(100);
      expect(componentName("aws web/1", given)).to.equal("aws web/1");
    });

    for (const [name, part] of [
      ["aws-web", 'begins with "aws"'],
      ["AmazonWeb", 'begins with "amazon"'],
      ["amznweb", 'begins with "amzn"'],
      ["web/1", "letters, digits"],
      ["web 1", "letters, digits"],
    ] as const) {
      it(`refuse ${name}`, () => expect(messageOf(() => componentName(name, {}))).to.contain(part));
    }
  });
});
