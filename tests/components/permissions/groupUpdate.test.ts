import { expect } from "chai";
import { LaunchFacts } from "../../../components/launch/facts";
import { rollOutStatements } from "../../../components/permissions/rollOut";
import { type Context, readCondition } from "../../../rehearsal/account/policyConditions";
import { BY_NUMBER, CONFIGURATION } from "../launch/facts";
import { SCOPE } from "./scope";

// Every condition key of autoscaling:UpdateAutoScalingGroup but for tags. Source: Service Authorization Reference.
const KEYS: Context = {
  "autoscaling:CapacityReservationIds": ["cr-1"],
  "autoscaling:CapacityReservationResourceGroupArns": ["arn:group"],
  "autoscaling:ImageId": "ami-1",
  "autoscaling:InstanceTypes": ["t3.large"],
  "autoscaling:LaunchConfigurationName": "other",
  "autoscaling:LaunchTemplateVersionSpecified": true,
  "autoscaling:MaxSize": "9",
  "autoscaling:MinSize": "0",
  "autoscaling:VPCZoneIdentifiers": ["subnet-1"],
};

interface Kind {
  launch: LaunchFacts;
  /** What a roll-out sends. */
  sent: Context;
  /** What it may send beside: overrides of a mixed instances policy name types and images. */
  free: string[];
}

const KINDS: Record<string, Kind> = {
  "a launch configuration": {
    launch: CONFIGURATION,
    sent: { "autoscaling:LaunchConfigurationName": "web_2026-11-23" },
    free: ["autoscaling:ImageId", "autoscaling:LaunchConfigurationName"],
  },
  "launch templates": {
    launch: BY_NUMBER,
    sent: { "autoscaling:LaunchTemplateVersionSpecified": true },
    free: ["autoscaling:ImageId", "autoscaling:InstanceTypes", "autoscaling:LaunchTemplateVersionSpecified"],
  },
};

for (const [what, { launch, sent, free }] of Object.entries(KINDS)) {
  describe(`the statement that updates a group with ${what}`, () => {
    const [statement] = rollOutStatements({ ...SCOPE, launch }).filter(
      ({ Action }) => Action === "autoscaling:UpdateAutoScalingGroup",
    );
    const allows = readCondition(statement.Condition);

    it("allows what a roll-out sends", () => {
      expect(allows(sent)).to.equal(true);
    });

    for (const [key, value] of Object.entries(KEYS)) {
      it(`${free.includes(key) ? "leaves open" : "refuses"} ${key}`, () => {
        expect(allows({ ...sent, [key]: value })).to.equal(free.includes(key));
      });
    }
  });
}

it("an update of a group with a launch configuration names one", () => {
  const [statement] = rollOutStatements({ ...SCOPE, launch: CONFIGURATION }).filter(
    ({ Action }) => Action === "autoscaling:UpdateAutoScalingGroup",
  );
  expect(readCondition(statement.Condition)({})).to.equal(false);
});
