import { expect } from "chai";
import { verifyNight } from "../../rehearsal/verification";
import { GOLDEN, GROUP, group, launched, madeImages, refresh, type Refreshed } from "./refresh";
import { sharedPython } from "./python";

/** The verification goes by the account: each of these changes it, and the run's own word stays "Success". */
describe("the verification", function () {
  this.timeout(30000);
  before(() => sharedPython());

  const verified = ({ account, night }: Refreshed) =>
    verifyNight(account, night, { instanceId: GOLDEN, autoScalingGroupName: GROUP, prefix: "web" });

  const changes: Record<string, { change: (refreshed: Refreshed) => void; fails: number[]; detail: RegExp }> =
    {
      "no image": {
        change: ({ account }) =>
          madeImages(account).forEach((image) => account.ec2.addImage({ ...image, Name: "x" })),
        fails: [0, 1],
        detail: /no such image was made/,
      },
      "an image of another instance": {
        change: ({ account }) =>
          madeImages(account).forEach((image) =>
            account.ec2.addImage({ ...image, SourceInstanceId: "i-0other" }),
          ),
        fails: [0, 1],
        detail: /no such image was made/,
      },
      "an image of another day": {
        change: ({ account }) =>
          madeImages(account).forEach((image) =>
            account.ec2.addImage({ ...image, CreationDate: "2026-11-23T05:30:00.000Z" }),
          ),
        fails: [0, 1],
        detail: /no such image was made/,
      },
      "an image that is not available": {
        change: ({ account }) =>
          madeImages(account).forEach((image) => account.ec2.addImage({ ...image, State: "failed" })),
        fails: [0],
        detail: /is failed/,
      },
      "no launch configuration": {
        change: ({ account }) => account.autoscaling.launchConfigurations.delete("web_2026-11-24"),
        fails: [1],
        detail: /there is no such launch configuration/,
      },
      "a launch configuration with another image": {
        change: ({ account }) => (launched(account).ImageId = "ami-0another"),
        fails: [1],
        detail: /it names ami-0another/,
      },
      "a group that refers to another launch configuration": {
        change: ({ account }) => (group(account).LaunchConfigurationName = `${GROUP}-initial`),
        fails: [2],
        detail: /it refers to web-group-initial/,
      },
      "no group": {
        change: ({ account }) => account.autoscaling.groups.delete(GROUP),
        fails: [2],
        detail: /there is no such group/,
      },
      "a step that failed": {
        change: ({ night }) => (night.steps[7].status = "Failed"),
        fails: [3],
        detail: /the run is Success, report failed/,
      },
      "a run that failed": {
        change: ({ night }) => (night.status = "Failed"),
        fails: [3],
        detail: /the run is Failed/,
      },
      "no step at all": {
        change: ({ night }) => (night.steps = []),
        fails: [3],
        detail: /the run is Success/,
      },
    };
  for (const [what, { change, fails, detail }] of Object.entries(changes)) {
    it(`finds ${what}`, async () => {
      const refreshed = await refresh();
      expect(verified(refreshed).every(({ ok }) => ok)).to.equal(true);
      change(refreshed);
      const checks = verified(refreshed);
      expect(checks.flatMap(({ ok }, index) => (ok ? [] : [index]))).to.deep.equal(fails);
      expect(checks[fails[0]].detail).to.match(detail);
    });
  }
});
