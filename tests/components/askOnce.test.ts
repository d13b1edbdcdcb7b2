import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AmiRefresh } from "../../components";
import { furnishedAccount, TOKYO, underMocks } from "../mocks";

interface Given {
  instanceId?: pulumi.Input<string>;
  provider?: Provider;
}

/** The look-ups of a program with a component for each of its groups, which launch from one template. */
async function lookUpsOf(give: () => Given[]) {
  const { lookUps } = await underMocks(
    () =>
      give().forEach(({ instanceId = "i-0123456789abcdef0", provider }, index) => {
        const name = ["web", "web-group"][index];
        const args = { instanceId, autoScalingGroupName: name, prefix: name, cron: "30 5 * * ? *" };
        return new AmiRefresh(name, args, { provider });
      }),
    { account: furnishedAccount(TOKYO, { launchSource: "template" }) },
  );
  return lookUps;
}

async function countLookUps(...given: Given[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { token } of await lookUpsOf(() => given)) {
    const name = token.split(":").at(-1) ?? "";
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const ONE_EACH = {
  getCallerIdentity: 1,
  getInstance: 1,
  getInstanceProfile: 1,
  getLaunchTemplate: 1,
  getPartition: 1,
  getRegion: 1,
};

describe("askOnce", () => {
  it("lets two components ask once about the golden instance, template and profile that they share", async () => {
    expect(await countLookUps({}, {})).to.deep.equal({ ...ONE_EACH, getGroup: 2, getInstances: 2 });
  });

  it("knows an instance that the same program makes by its Output", async () => {
    const [one, other] = [pulumi.output("i-0123456789abcdef0"), pulumi.output("i-0123456789abcdef0")];
    expect((await countLookUps({ instanceId: one }, { instanceId: one })).getInstance).to.equal(1);
    expect((await countLookUps({ instanceId: one }, { instanceId: other })).getInstance).to.equal(2);
  });

  it("asks each provider", async () => {
    const lookUps = await lookUpsOf(() => [
      {},
      { provider: new Provider("other", { region: "ap-northeast-1" }) },
    ]);
    const ofOther = lookUps.filter(({ provider }) => provider?.includes("::other::"));
    expect([ofOther.length, lookUps.length]).to.deep.equal([8, 16]);
  });

  it("asks in each program", async () => {
    const alone = { ...ONE_EACH, getGroup: 1, getInstances: 1 };
    expect(await countLookUps({})).to.deep.equal(alone);
    expect(await countLookUps({})).to.deep.equal(alone);
  });
});
