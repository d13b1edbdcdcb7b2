import { expect } from "chai";
import { modelledApis } from "../../rehearsal/account/account";
import { failureSentence } from "../../rehearsal/automation/failure";
import { AwsError, NoAnswer } from "../../rehearsal/account/errors";
import { sourceKinds } from "../../rehearsal/account/world/sourceKinds";
import { Fault, refuseUnknownSteps } from "../../rehearsal/faults";
import { type Launch, launches } from "../../rehearsal/launches";
import { messageOf } from "../mocks";
import { furnished, goldenId } from "./account/support";
import { apis, nightly, seconds, steps } from "./nightly";
import { sharedPython } from "./python";

const noStep = () => "";

/** What comes of calls, each in one of the nights: the members of the answer, or the code of the error. */
function answers(fault: Fault, calls: [number, string, string][]): string[] {
  const { account } = furnished();
  const nights = [1, 2].map((night) =>
    fault.tonight({ night, account, instanceId: goldenId, groupName: "web" }),
  );
  return calls.map(([night, service, api]) => {
    const answer = () => ({ answered: true });
    const call = nights[night - 1].around?.(answer, noStep) ?? answer;
    try {
      return Object.keys(call(service, api, {})).join();
    } catch (error) {
      return error instanceof AwsError ? error.code : (error as Error).constructor.name;
    }
  });
}

describe("a fault of a call", () => {
  const images: [number, string, string] = [1, "ec2", "DescribeImages"];
  const later: [number, string, string] = [2, "ec2", "DescribeImages"];

  it("strikes every time in every night", () => {
    const fault = Fault.read("ec2:DescribeImages");
    expect(fault.happened).to.equal(false);
    expect(answers(fault, [images, images, later, [1, "ec2", "DescribeInstances"]])).to.deep.equal([
      "InternalError",
      "InternalError",
      "InternalError",
      "answered",
    ]);
    expect(fault.happened).to.equal(true);
  });

  it("strikes in one night only", () => {
    expect(answers(Fault.read("ec2:DescribeImages:denied@2"), [images, later, later])).to.deep.equal([
      "answered",
      "UnauthorizedOperation",
      "UnauthorizedOperation",
    ]);
  });

  it("strikes at one call only, counted anew each night", () => {
    expect(
      answers(Fault.read("ec2:DescribeImages:throttled@2.2"), [images, images, later, later, later]),
    ).to.deep.equal(["answered", "answered", "answered", "RequestLimitExceeded", "answered"]);
  });

  it("has the words of the service", () => {
    for (const [service, api, kind, code] of [
      ["autoscaling", "DescribeLaunchConfigurations", "error", "InternalFailure"],
      ["autoscaling", "DescribeLaunchConfigurations", "denied", "AccessDenied"],
      ["autoscaling", "DescribeLaunchConfigurations", "throttled", "Throttling"],
      ["autoscaling", "CreateLaunchConfiguration", "quota", "LimitExceeded"],
      ["kms", "DescribeKey", "error-after", "KMSInternalException"],
      ["kms", "DescribeKey", "denied", "AccessDeniedException"],
      ["kms", "DescribeKey", "throttled", "ThrottlingException"],
      ["kms", "DescribeKey", "quota", "LimitExceededException"],
      ["ssm", "GetAutomationExecution", "error", "InternalServerError"],
      ["ssm", "GetAutomationExecution", "denied", "AccessDeniedException"],
      ["ssm", "GetAutomationExecution", "throttled", "ThrottlingException"],
      ["ssm", "GetAutomationExecution", "quota", "ServiceQuotaExceededException"],
      ["ec2", "CreateImage", "quota", "ResourceLimitExceeded"],
      ["ec2", "CreateLaunchTemplateVersion", "quota", "MaxTemplateVersionLimitExceeded"],
      ["ec2", "CreateImage", "no-answer", NoAnswer.name],
      ["ec2", "CreateImage", "no-answer-after", NoAnswer.name],
    ]) {
      const fault = Fault.read(`${service}:${api}:${kind}`);
      expect(answers(fault, [[1, service, api]])).to.deep.equal([code]);
    }
  });

  it("comes before the effect, or after it", () => {
    for (const [kind, made] of [
      ["error", 0],
      ["error-after", 1],
      ["quota", 0],
      ["no-answer", 0],
      ["no-answer-after", 1],
    ] as const) {
      let effects = 0;
      const { account } = furnished();
      const call = Fault.read(`ec2:CreateImage:${kind}`)
        .tonight({ night: 1, account, instanceId: goldenId, groupName: "web" })
        .around?.(() => ({ effect: ++effects }), noStep);
      expect(() => call?.("ec2", "CreateImage", {})).to.throw();
      expect(effects).to.equal(made);
    }
  });

  it("can strike at every API that the account has", () => {
    for (const { service, api } of modelledApis) {
      expect(answers(Fault.read(`${service}:${api}`), [[1, service, api]])[0]).to.match(
        /Internal|ServiceFailure/,
      );
    }
  });
});

describe("a fault is refused", () => {
  for (const [text, part] of [
    ["CreateImage", "write SERVICE:API"],
    ["ec2:CreateImage@0", "write SERVICE:API"],
    ["ec2:CreateImage@1.0", "write SERVICE:API"],
    [
      "ec2:CreateImage:slow",
      "slow is no kind of fault; the kinds are error, error-after, denied, throttled, quota, no-answer, no-answer-after.",
    ],
    ["ec2:TerminateInstances", "the account has no API ec2:TerminateInstances; it has"],
    ["iam:CreateImage", "the account has no API iam:CreateImage"],
    [
      "image-explodes",
      "nothing is known as image-explodes; what can happen is image-fails, image-slow, image-late, image-vanishes, instance-terminated, group-deleted, group-switched, run-cancelled.",
    ],
    ["image-slow:finish", "image-slow is about the image that a run makes and has no moment; leave it out."],
    ["group-deleted:ec2:Nothing", "the account has no API ec2:Nothing"],
    ["group-deleted@0", "write SERVICE:API"],
    ["run-cancelled:finish:begin", "write SERVICE:API"],
  ]) {
    it(text, () => expect(messageOf(() => Fault.read(text))).to.contain(`--fault ${text}: ${part}`));
  }
});

describe("a fault at a step", () => {
  const faults = (...texts: string[]) => texts.map((text) => Fault.read(text));

  it("is refused where no runbook has the step", () => {
    for (const text of ["group-deleted:nosuchStep", "run-cancelled:nosuchStep:end@2"]) {
      expect(
        messageOf(() => refuseUnknownSteps(faults("group-deleted:retire", text), ["createImage", "retire"])),
      ).to.equal(`--fault ${text}: no runbook has a step nosuchStep; the steps are createImage, retire.`);
    }
  });

  it("is taken where a runbook has it, as one at another moment is", () => {
    refuseUnknownSteps(
      faults(
        "group-deleted:retire",
        "run-cancelled:createImage:end",
        "group-deleted",
        "group-deleted:90s",
        "ec2:CreateImage",
      ),
      ["createImage", "retire"],
    );
  });
});

describe("a call without an answer", function () {
  before(() => sharedPython());

  it("ends an API step after 25 seconds, and leaves nothing behind", async () => {
    const { runs, account, faults } = await nightly({ faults: ["ec2:CreateImage:no-answer"] });
    const [run] = runs;
    expect(run.status).to.equal("TimedOut");
    expect(run.failureMessage).to.contain("waiting 25 seconds for the answer of CreateImage");
    const { startedAt, endedAt } = run.steps[1];
    expect((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).to.equal(26);
    expect(account.ec2.allImages().some(({ Name }) => Name.startsWith("made"))).to.equal(false);
    expect(run.calls.at(-1)?.error).to.deep.equal({
      Code: "NoAnswer",
      Message: "No answer came (fault ec2:CreateImage:no-answer).",
    });
    expect(faults[0].happened).to.equal(true);
  });

  it("may have done what it was to do", async () => {
    const { runs, account } = await nightly({ faults: ["ec2:CreateImage:no-answer-after"] });
    expect(runs[0].status).to.equal("TimedOut");
    expect(account.ec2.allImages().at(-1)?.Name).to.match(/^made /);
  });

  it("is made again by boto3 after a minute", async () => {
    const { runs } = await nightly({ faults: ["ec2:DescribeImages:no-answer@1.1"] });
    const [run] = runs;
    expect(run.status).to.equal("Success");
    const [look] = run.steps;
    expect((Date.parse(look.endedAt) - Date.parse(look.startedAt)) / 1000).to.equal(2 + 60 + 0.5 + 2 * 0.3);
  });

  it("ends a script after five attempts", async () => {
    const { runs } = await nightly({ faults: ["ec2:DescribeImages:no-answer"] });
    const [run] = runs;
    expect(apis(run)).to.deep.equal(Array.from({ length: 5 }, () => "DescribeImages"));
    expect(failureSentence(run.failureMessage ?? "")).to.equal(
      'botocore.exceptions.ReadTimeoutError: Read timeout on endpoint URL: "https://ec2.ap-northeast-1.amazonaws.com/"',
    );
    expect(seconds(run)).to.be.within(300, 320);
  });

  it("is waited for again by a step that waits, until its end", async () => {
    const [usual] = (await nightly()).runs;
    const looks = usual.calls.filter(({ api }) => api === "DescribeImages");
    const first = looks.findIndex(({ step }) => step === "waitForImage") + 1;
    const [run] = (await nightly({ faults: [`ec2:DescribeImages:no-answer@1.${first}`] })).runs;
    expect(run.status).to.equal("Success");
    const codes = run.calls.filter(({ step }) => step === "waitForImage").map(({ error }) => error?.Code);
    expect(codes.slice(0, 2)).to.deep.equal(["NoAnswer", undefined]);
    // The minute of that poll is one in which the image was made all the same.
    expect(codes.length).to.be.lessThan(usual.calls.filter(({ step }) => step === "waitForImage").length);
  });
});

describe("something that happens to the image", function () {
  before(() => sharedPython());

  it("image-fails: it ends as failed", async () => {
    const { account, runs, faults } = await nightly({ faults: ["image-fails@1"], starts: [0, 3600] });
    const made = account.ec2.allImages().filter(({ Name }) => Name.startsWith("made"));
    expect(made.map(({ State }) => State)).to.deep.equal(["failed", "available"]);
    expect(runs).to.have.length(2);
    expect(faults[0].happened).to.equal(true);
  });

  it("image-slow: it takes seven hours", async () => {
    const { runs } = await nightly({ faults: ["image-slow"] });
    expect(seconds(runs[0]) / 3600).to.be.within(7, 7.1);
  });

  it("image-late: it is not found for two minutes", async () => {
    const { runs } = await nightly({ faults: ["image-late"] });
    const [, , find] = runs[0].steps;
    expect((Date.parse(find.endedAt) - Date.parse(find.startedAt)) / 1000).to.be.within(118, 126);
  });

  it("image-vanishes: somebody deregisters it when the run has seen it", async () => {
    const { account, runs, faults } = await nightly({ faults: ["image-vanishes"] });
    expect(runs[0].status).to.equal("Success");
    expect(account.ec2.allImages().some(({ Name }) => Name.startsWith("made"))).to.equal(false);
    expect(account.ec2.allSnapshots().at(-1)?.Description).to.match(/^Created by CreateImage/);
    expect(faults[0].happened).to.equal(true);
  });

  it("image-vanishes: or at another moment", async () => {
    const { runs } = await nightly({ faults: ["image-vanishes:waitForImage"] });
    expect(runs[0].failureMessage).to.contain("InvalidAMIID.Unavailable");
    expect(steps(runs[0]).at(-1)).to.equal("waitForImage Failed");
    const before = await nightly({ faults: ["image-vanishes:createImage"] });
    expect(before.faults[0].happened).to.equal(false);
  });
});

describe("something that happens to the account", function () {
  before(() => sharedPython());

  it("instance-terminated: the golden instance is gone when the image has been asked for", async () => {
    const { account, runs, faults } = await nightly({
      faults: ["instance-terminated@1"],
      starts: [0, 3600],
    });
    const record = account.ec2.instances.get(goldenId);
    expect(record?.instance).to.deep.include({
      State: { Code: 48, Name: "terminated" },
      BlockDeviceMappings: [],
    });
    expect(runs.map(({ status }) => status)).to.deep.equal(["Success", "Failed"]);
    expect(runs[1].failureMessage).to.contain("Instance is not in state");
    expect(faults[0].happened).to.equal(true);
    const before = await nightly({ faults: ["instance-terminated:createImage"] });
    expect(steps(before.runs[0])).to.deep.equal(["look Success", "createImage Failed"]);
  });

  it("group-deleted: the group is gone, with its instances", async () => {
    const { account, runs } = await nightly({ faults: ["group-deleted"] });
    expect(account.autoscaling.groups.has("web")).to.equal(false);
    expect(account.autoscaling.groups.has("other-team")).to.equal(true);
    const terminated = [...account.ec2.instances.values()].filter(
      ({ instance }) => instance.State.Name === "terminated",
    );
    expect(terminated).to.have.length(3);
    expect(runs[0].calls.at(-2)?.response).to.deep.equal({ AutoScalingGroups: [] });
    const again = await nightly({ faults: ["group-deleted:look", "group-deleted:finish"] });
    expect(again.faults.map(({ happened }) => happened)).to.deep.equal([true, false]);
  });

  for (const launchSource of sourceKinds) {
    it(`group-switched: a group on ${launchSource} launches from a copy under another name`, async () => {
      const before = furnished(launchSource).account;
      const { account, faults } = await nightly({ launchSource, faults: ["group-switched:90s"] });
      const group = account.autoscaling.groups.get("web")!;
      const was = before.autoscaling.groups.get("web")!;
      expect(faults[0].happened).to.equal(true);
      expect(group.MixedInstancesPolicy).to.equal(undefined);
      expect(group.LaunchConfigurationName ?? group.LaunchTemplate?.LaunchTemplateName).to.match(
        /^web-by-hand-/,
      );
      expect(group.LaunchConfigurationName === undefined).to.equal(was.LaunchConfigurationName === undefined);
      const [launch, wasLaunched] = [launches(account, group)[0], launches(before, was)[0]] as Launch[];
      for (const member of ["imageId", "instanceType", "userData", "profile"] as const) {
        expect(launch[member], member).to.deep.equal(wasLaunched[member]);
      }
    });
  }

  it("can happen at the second chance of a night", async () => {
    const { runs, faults } = await nightly({
      faults: ["run-cancelled:ec2:DescribeImages@1.2"],
      starts: [0],
    });
    // An error is no answer that counts: the image is not found at first.
    expect(steps(runs[0]).at(-1)).to.equal("find Cancelled");
    expect(runs[0].calls.at(-2)?.error?.Code).to.equal("InvalidAMIID.NotFound");
    expect(faults[0].happened).to.equal(true);
  });

  it("has not happened where the run never got there", async () => {
    const { faults } = await nightly({ faults: ["group-deleted:nowhere", "group-switched:2000s"] });
    expect(faults.map(({ happened }) => happened)).to.deep.equal([false, false]);
  });
});
