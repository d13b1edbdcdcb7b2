import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { InstanceRecord } from "../../rehearsal/account/ec2";
import type { Volume } from "../../rehearsal/account/ec2/shapes";
import { sharedPython } from "./python";
import { broken, golden, GOLDEN, madeImages, refresh, sentence } from "./refresh";

/** Gives the golden instance a second volume. */
function attach(account: Account): void {
  const { instance, volumes } = account.ec2.instances.get(GOLDEN) as InstanceRecord;
  const [root] = instance.BlockDeviceMappings;
  const volume = { ...(volumes.get(root.DeviceName) as Volume), VolumeId: "vol-0fedcba9876543210" };
  volumes.set("/dev/sdf", volume);
  instance.BlockDeviceMappings.push({
    DeviceName: "/dev/sdf",
    Ebs: { ...root.Ebs, VolumeId: volume.VolumeId, DeleteOnTermination: false },
  });
}

const devicesOf = (account: Account) =>
  madeImages(account)[0].BlockDeviceMappings.map(({ DeviceName: name }) => name);

describe("volumes of the golden instance", () => {
  before(() => sharedPython());

  for (const launchSource of ["configuration", "template", "mixed"] as const) {
    it(`stay out of the image where their devices are excluded, on ${launchSource}`, async () => {
      const { account, run, checks } = await refresh({
        launchSource,
        world: attach,
        args: { excludeDevices: ["/dev/sdf"] },
      });
      expect(run.status, sentence(run)).to.equal("Success");
      expect(devicesOf(account)).to.deep.equal([golden(account).RootDeviceName]);
      expect(run.outputs["report.Summary"]).to.not.contain("outlive");
      expect(broken(checks)).to.deep.equal([]);
    });
  }

  it("are all in the image where nothing is said, and the run names those that outlive instances", async () => {
    const { account, run } = await refresh({ world: attach });
    expect(devicesOf(account)).to.deep.equal([golden(account).RootDeviceName, "/dev/sdf"]);
    expect(String(run.outputs["report.Summary"])).to.contain(
      " Volumes at /dev/sdf outlive each instance that is launched, and cost money until somebody deletes them",
    );
  });

  for (const [what, device, said] of [
    ["the root", "/dev/xvda", /has its root volume at \/dev\/xvda, and without it/],
    [
      "one that it does not have",
      "/dev/sdz",
      /has no volume at \/dev\/sdz, only at \/dev\/sdf, \/dev\/xvda: correct/,
    ],
  ] as const) {
    it(`cannot be excluded where that is ${what}, and nothing is made`, async () => {
      const { account, run } = await refresh({ world: attach, args: { excludeDevices: [device] } });
      expect(run.status).to.equal("Failed");
      expect(sentence(run)).to.match(said);
      expect(madeImages(account)).to.deep.equal([]);
    });
  }
});
