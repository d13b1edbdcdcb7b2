import { expect } from "chai";
import { Account } from "../../../rehearsal/account/account";
import { Clock } from "../../../rehearsal/account/clock";
import { latestNumber } from "../../../rehearsal/account/ec2/launchTemplates";
import { furnish } from "../../../rehearsal/account/world";
import { sourceKinds } from "../../../rehearsal/account/world/sourceKinds";
import { launches } from "../../../rehearsal/launches";
import { groupPlaces } from "../../../rehearsal/verification/places";
import { goldenId, place, start } from "./support";

describe("a crowded account", () => {
  function crowded(launchSource: (typeof sourceKinds)[number]): Account {
    const account = new Account(place, new Clock(start));
    furnish(account, { instanceId: goldenId, groupName: "web", launchSource, crowded: true });
    return account;
  }

  for (const kind of ["configuration", "mixed"] as const) {
    describe(`with a group on ${kind}`, () => {
      let account: Account;
      before(() => (account = crowded(kind)));

      it("is as full as AWS lets it be, with room for what a run keeps and makes", () => {
        const { groups, launchConfigurations, quotas } = account.autoscaling;
        expect(groups.size).to.equal(500);
        expect(account.ec2.launchTemplates.size).to.equal(5_000);
        expect(launchConfigurations.size).to.equal(quotas.launchConfigurations - 3);
      });

      it("has fifty thousand images of other teams, with a snapshot each", () => {
        const images = account.ec2.allImages().filter(({ Name }) => Name.startsWith("crowd-"));
        expect(images).to.have.length(50_000);
        const snapshots = new Set(images.map((image) => image.BlockDeviceMappings[0].Ebs.SnapshotId));
        expect(snapshots.size).to.equal(50_000);
        expect([...snapshots].every((id) => account.ec2.snapshot(id) !== undefined)).to.equal(true);
        const ofUs = images.filter(
          ({ Name, Tags }) => Name.startsWith(goldenId) || Tags.some(({ Value }) => Value === "web"),
        );
        expect(ofUs).to.deep.equal([]);
        const places = new Set(images.map(({ OwnerId }) => OwnerId));
        expect([...places]).to.deep.equal([place.accountId]);
      });

      it("has groups of every kind with one or two instances, each of which can launch", () => {
        const groups = [...account.autoscaling.groups.values()].filter((group) =>
          group.AutoScalingGroupName.startsWith("crowd-"),
        );
        const of = (member: "LaunchConfigurationName" | "LaunchTemplate" | "MixedInstancesPolicy") =>
          groups.filter((group) => group[member] !== undefined).length;
        expect(of("LaunchConfigurationName")).to.equal(100);
        expect(of("MixedInstancesPolicy")).to.equal(100);
        expect(of("LaunchTemplate")).to.equal(groups.length - 200);
        expect(new Set(groups.map(({ Instances }) => Instances.length))).to.deep.equal(new Set([1, 2]));
        expect(groups.filter((group) => typeof launches(account, group) === "string")).to.deep.equal([]);
      });

      it("has groups that pin versions of templates of their own which are neither default nor latest", () => {
        const pinned = groupPlaces(account).filter(
          ({ who, template }) => who.includes("crowd-") && template !== undefined,
        );
        expect(pinned).to.have.length(100 * 2 + (account.autoscaling.groups.size - 203));
        const templates = pinned.map(({ template }) =>
          account.ec2.launchTemplates.get(template?.LaunchTemplateId ?? "")!,
        );
        expect(new Set(templates).size).to.equal(templates.length);
        for (const [index, template] of templates.entries()) {
          expect(pinned[index].template?.Version).to.equal("2");
          expect([template.DefaultVersionNumber, latestNumber(template)]).to.deep.equal([1, 3]);
        }
      });
    });
  }
});
