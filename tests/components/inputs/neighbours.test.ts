import * as aws from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../../../components";
import { furnishedAccount, type MockOptions, underMocks } from "../../mocks";

const ARGS: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web",
  prefix: "web",
  cron: "0 1 * * ? *",
};
const OTHER: AmiRefreshArgs = { ...ARGS, autoScalingGroupName: "web-group", prefix: "api" };

const both =
  (
    one: Partial<AmiRefreshArgs>,
    other: Partial<AmiRefreshArgs>,
    opts?: () => pulumi.ComponentResourceOptions,
  ) =>
  () => {
    new AmiRefresh("one", { ...ARGS, ...one });
    new AmiRefresh("other", { ...OTHER, ...other }, opts?.());
  };

/** What the two are refused with; nothing where they are not. */
async function refusal(build: () => unknown, options: MockOptions = {}): Promise<string | undefined> {
  const { rejections, resources } = await underMocks(build, options);
  expect(rejections.length).to.be.lessThan(2);
  const rules = resources.filter(({ type }) => type === "aws:cloudwatch/eventRule:EventRule");
  expect(rules.map(({ name }) => name)).to.deep.equal(
    rejections.length === 0 ? ["one-schedule", "other-schedule"] : ["one-schedule"],
  );
  return (rejections as Error[]).map(({ message, stack }) => {
    expect(stack).to.equal(undefined);
    return message;
  })[0];
}

const later = <T>(value: T) => pulumi.output(Promise.resolve(value)) as pulumi.Output<never>;

describe("two components in one program", () => {
  it("with a group and a prefix each are no trouble", async () => {
    expect(await refusal(both({}, {}))).to.equal(undefined);
  });

  for (const [what, group] of Object.entries({ given: "web", "known only later": later("web") })) {
    it(`with the same group, ${what}, are refused`, async () => {
      expect(await refusal(both({}, { autoScalingGroupName: group }))).to.match(
        /^AmiRefresh "other": autoScalingGroupName "web" is that of AmiRefresh "one" too, in the same account and Region, .*: give each group one component, or this one another group\.$/,
      );
    });
  }

  it("with the same prefix are refused where launch configurations are named with it", async () => {
    expect(await refusal(both({}, { prefix: "web" }))).to.match(
      /^AmiRefresh "other": prefix "web" is that of AmiRefresh "one" too, in the same account and Region, where two launch configurations .*: give each component a prefix of its own\.$/,
    );
  });

  it("with the same prefix are told so with launch templates", async () => {
    const account = furnishedAccount(undefined, { launchSource: "template" });
    const { rejections, remarks } = await underMocks(both({}, { prefix: "web" }), { account });
    expect(rejections).to.deep.equal([]);
    expect(remarks.filter((remark) => remark.includes("prefix"))).to.deep.equal([
      'The prefix is that of AmiRefresh "one" too: the versions that they make of launch templates have the same descriptions.',
    ]);
  });

  for (const [what, names, others] of [
    ["rule", { rule: "nightly" }, { rule: "nightly" }],
    ["role, in another case, of another kind", { retireRole: "Refresh" }, { eventsRole: "refresh" }],
    ["document", { document: "RefreshWeb" }, { rollOutDocument: "RefreshWeb" }],
    ["rule, of another kind", { rule: "nightly" }, { failureRule: "nightly" }],
    ["alarm", { deadLettersAlarm: "Alarm" }, { imageAgeAlarm: "Alarm" }],
    ["queue", { deadLetterQueue: "Letters" }, { deadLetterQueue: "Letters" }],
    ["topic", { topic: "Operations" }, { topic: "Operations" }],
    ["dashboard", { dashboard: "Web" }, { dashboard: "Web" }],
  ] as const) {
    it(`with the same name of a ${what}, are refused`, async () => {
      const [named] = Object.keys(others);
      expect(await refusal(both({ names }, { names: others }))).to.match(
        new RegExp(
          `^AmiRefresh "other": names\\.${named} "\\w+" is that of AmiRefresh "one" too, in the same account, and each`,
        ),
      );
    });
  }

  it("with the same name of a policy, or of a rule and a role, are no trouble", async () => {
    const names = { eventsPolicy: "policy", rule: "nightly" };
    expect(
      await refusal(both({ names }, { names: { eventsPolicy: "policy", eventsRole: "nightly" } })),
    ).to.equal(undefined);
  });

  it("in different Regions may have the same of all but the roles", async () => {
    const elsewhere = () => ({ provider: new aws.Provider("elsewhere", { region: "eu-west-1" }) });
    const names = { rule: "nightly", document: "RefreshWeb" };
    const same = { autoScalingGroupName: "web", prefix: "web" };
    const options: MockOptions = { elsewhere: "eu-west-1" };
    expect(await refusal(both({ names }, { ...same, names }, elsewhere), options)).to.equal(undefined);
    const roles = { names: { retireRole: "Retire" } };
    expect(await refusal(both(roles, { ...same, ...roles }, elsewhere), options)).to.match(
      /names\.retireRole "Retire" is that/,
    );
  });

  it("in different programs know nothing of each other", async () => {
    for (const name of ["one", "two"]) {
      const { rejections } = await underMocks(() => new AmiRefresh(name, ARGS));
      expect(rejections).to.deep.equal([]);
    }
  });

  it("do not print a group's name that is secret", async () => {
    const secret = pulumi.secret("web") as unknown as pulumi.Output<string>;
    expect(await refusal(both({}, { autoScalingGroupName: secret }))).to.match(
      /^AmiRefresh "other": autoScalingGroupName "\[secret\]" is that of AmiRefresh "one" too/,
    );
  });
});
