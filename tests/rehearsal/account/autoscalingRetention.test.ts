import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import { allow, furnished, itNeeds, notAllowed, principal, refusal } from "./support";

function denied(missing: Parameters<typeof notAllowed>[1]) {
  return { code: "AccessDenied", message: notAllowed(principal(), missing), status: 403 };
}

describe("DeleteLaunchConfiguration", () => {
  const api = "DeleteLaunchConfiguration";
  const used = { LaunchConfigurationName: "web-initial" };

  /** The account, whose group launches from something else than `web-initial`. */
  function world() {
    const { account, call } = furnished();
    account.autoscaling.groups.get("web")!.LaunchConfigurationName = "other-team-initial";
    return { account, call };
  }

  it("deletes one that no group refers to", () => {
    const { account, call } = world();
    expect(call(api, used)).to.deep.equal({});
    const left = [...account.autoscaling.launchConfigurations.keys()];
    expect(left).to.include("other-team-initial").and.not.to.include("web-initial");
  });

  it("keeps one that a group refers to", () => {
    const { account, call } = furnished();
    expect(refusal(() => call(api, used))).to.deep.equal({
      code: "ResourceInUse",
      message:
        "Cannot delete launch configuration web-initial because it is attached to AutoScalingGroup web",
      status: 400,
    });
    expect(account.autoscaling.launchConfigurations.has("web-initial")).to.equal(true);
  });

  it("does not find one that there is not", () => {
    const { call } = furnished();
    expect(refusal(() => call(api, { LaunchConfigurationName: "gone" }))).to.deep.equal({
      code: "ValidationError",
      message: "Launch configuration name not found - Launch configuration gone not found",
      status: 400,
    });
  });

  describe("permissions", () => {
    const arn = (name: string) =>
      `arn:aws:autoscaling:ap-northeast-1:111122223333:launchConfiguration:*:launchConfigurationName/${name}`;

    it("are needed on the launch configuration itself", () => {
      const { account, call } = world();
      const { LaunchConfigurationARN } = account.autoscaling.launchConfigurations.get("web-initial")!;
      const ofOthers = principal(allow(`autoscaling:${api}`, arn("other-*")));
      expect(refusal(() => call(api, used, ofOthers)).message).to.include(LaunchConfigurationARN);
      call(api, used, principal(allow(`autoscaling:${api}`, arn("web-*"))));
    });

    it("are needed before AWS says whether there is one", () => {
      const gone = { LaunchConfigurationName: "gone" };
      const { message } = refusal(() => furnished().call(api, gone, principal()));
      expect(message).to.include(arn("gone"));
    });
  });
});

describe("DescribeInstanceRefreshes", () => {
  const api = "DescribeInstanceRefreshes";
  const ofWeb = { AutoScalingGroupName: "web" };
  const ids = (answer: Members) =>
    (answer.InstanceRefreshes as Members[]).map(({ InstanceRefreshId }) => InstanceRefreshId);

  function world(count: number) {
    const { account, call } = furnished();
    const refreshes = Array.from({ length: count }, (_, index) => ({
      InstanceRefreshId: `refresh-${index + 1}`,
      AutoScalingGroupName: "web",
      Status: index + 1 === count ? "InProgress" : "Successful",
      StartTime: new Date(Date.UTC(2026, 0, index + 1)),
      DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: "lt-12345678", Version: "2" } },
    }));
    account.autoscaling.instanceRefreshes.set("web", refreshes);
    return { account, call, refreshes };
  }

  it("gives those of a group, the newest first", () => {
    const { call, refreshes } = world(2);
    expect(call(api, ofWeb)).to.deep.equal({ InstanceRefreshes: [refreshes[1], refreshes[0]] });
    expect(ids(call(api, { ...ofWeb, InstanceRefreshIds: ["refresh-1"] }))).to.deep.equal(["refresh-1"]);
    expect(ids(call(api, { AutoScalingGroupName: "other-team" }))).to.deep.equal([]);
    expect(ids(furnished().call(api, ofWeb))).to.deep.equal([]);
  });

  it("answers in pages, fifty at a time unless told otherwise", () => {
    const { call } = world(60);
    expect(ids(call(api, ofWeb))).to.have.length(50);
    const first = call(api, { ...ofWeb, MaxRecords: 40 });
    expect(ids(first)[0]).to.equal("refresh-60");
    expect(ids(call(api, { ...ofWeb, MaxRecords: 40, NextToken: first.NextToken }))).to.have.length(20);
  });

  it("does not find a group that there is not", () => {
    const { call } = world(1);
    expect(refusal(() => call(api, { AutoScalingGroupName: "gone" }))).to.deep.equal({
      code: "ValidationError",
      message: "AutoScalingGroup name not found - null",
      status: 400,
    });
    expect(refusal(() => call(api, { ...ofWeb, MaxRecords: 101 })).message).to.include(
      "'101' at 'maxRecords'",
    );
  });

  describe("permissions", () => {
    itNeeds([allow(`autoscaling:${api}`)], () => (caller) => world(1).call(api, ofWeb, caller), denied);
  });
});
