import { expect } from "chai";
import { findMeant, isAlmost } from "../../../components/inputs/spelling";
import { OPTION_NAMES } from "../../../components/inputs/options";
import { NAMED } from "../../../components/inputs/physicalNames";

describe("a misspelt name", () => {
  for (const [word, meant] of [
    ["retianImages", "retainImages"],
    ["retainImage", "retainImages"],
    ["retain-images", "retainImages"],
    ["instanceID", "instanceId"],
    ["Prefix", "prefix"],
    ["corn", "cron"],
    ["tag", "tags"],
    ["launchConfigurationsFrom", "launchConfigurationFrom"],
    // What could be one thing or another, or nothing.
    ["retain", undefined],
    ["id", undefined],
    ["schedule", undefined],
    ["x", undefined],
    ["", undefined],
  ] as const) {
    it(`among the options, ${JSON.stringify(word)}, is ${meant ?? "none of them"}`, () => {
      expect(findMeant(word, OPTION_NAMES)).to.equal(meant);
    });
  }

  for (const [word, meant] of [
    ["rol", undefined],
    ["role", undefined],
    ["rules", "rule"],
    ["eventRole", "eventsRole"],
    ["policy", undefined],
  ] as const) {
    it(`among the names, ${JSON.stringify(word)}, is ${meant ?? "none of them"}`, () => {
      expect(findMeant(word, NAMED)).to.equal(meant);
    });
  }

  it("of a namespace is almost the project's, and neither the same nor another package's", () => {
    for (const almost of [
      "ami-refesh",
      "ami-refrehs",
      "ami_refresh",
      "AMI-Refresh",
      "amirefresh",
      "ami-refreshs",
    ]) {
      expect(isAlmost(almost, "ami-refresh"), almost).to.equal(true);
    }
    for (const other of ["ami-refresh", "aws", "pulumi", "ami", "refresh", "ami-refresh-prod"]) {
      expect(isAlmost(other, "ami-refresh"), other).to.equal(false);
    }
    // A short name is quickly near another.
    expect(isAlmost("aws", "awx")).to.equal(false);
  });
});
