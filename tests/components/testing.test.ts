import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { AmiRefresh, type AmiRefreshArgs } from "../../components";
import { answerLookUps, type LookUpChanges } from "../../components/testing";
import { underMocks } from "../mocks";

const ARGS: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web",
  prefix: "web",
  cron: "30 5 * * ? *",
};

/** The program of a user whose mocks answer look-ups so. */
function program(
  call: (args: pulumi.runtime.MockCallArgs) => pulumi.runtime.MockCallResult,
  args: Partial<AmiRefreshArgs> = {},
) {
  return underMocks(() => new AmiRefresh("web", { ...ARGS, ...args }), {
    answer: (token, inputs) => call({ token, inputs }) as Record<string, unknown>,
  });
}

function messages(rejections: unknown[]): string[] {
  return rejections.map((error) => (error as Error).message);
}

describe("the unit test of a program", () => {
  it("ends with one sentence under the mocks that everybody copies", async () => {
    const { rejections } = await program(({ inputs }) => inputs as pulumi.runtime.MockCallResult);
    expect(messages(rejections)).to.deep.equal([
      'AmiRefresh "web": the look-up aws:index/getPartition:getPartition was answered without partition: in a unit test let ' +
        "the mocks answer it, with answerLookUps of ami-refresh/testing; elsewhere make sure that the AWS provider is of " +
        "version 7.",
    ]);
  });

  const PROFILE = { iamInstanceProfiles: [{ arn: "", name: "web" }] };
  const LOOK_UPS: Record<string, { changes: LookUpChanges; args?: Partial<AmiRefreshArgs>; lacks: string }> =
    {
      "aws:index/getPartition:getPartition": { changes: {}, lacks: "partition" },
      "aws:index/getRegion:getRegion": { changes: {}, lacks: "region" },
      "aws:index/getCallerIdentity:getCallerIdentity": { changes: {}, lacks: "accountId" },
      "aws:autoscaling/getGroup:getGroup": {
        changes: {},
        lacks: "launchConfiguration, launchTemplates, mixedInstancesPolicies",
      },
      "aws:ec2/getInstance:getInstance": { changes: {}, lacks: "instanceState" },
      "aws:ec2/getInstances:getInstances": { changes: {}, lacks: "ids" },
      "aws:ec2/getLaunchTemplate:getLaunchTemplate": { changes: {}, lacks: "latestVersion" },
      "aws:iam/getInstanceProfile:getInstanceProfile": {
        changes: { launchTemplate: PROFILE },
        lacks: "roleArn",
      },
      "aws:ec2/getLaunchConfiguration:getLaunchConfiguration": {
        changes: { group: { launchConfiguration: "web-1" } },
        args: { launchConfigurationFrom: "group" },
        lacks: "iamInstanceProfile, imageId",
      },
    };
  for (const [token, { changes, args, lacks }] of Object.entries(LOOK_UPS)) {
    const answer = answerLookUps(changes);

    it(`has everything that it needs from answerLookUps, as from ${token}`, async () => {
      const { rejections, lookUps } = await program(answer, args);
      expect(messages(rejections)).to.deep.equal([]);
      expect(lookUps.map((one) => one.token)).to.include(token);
    });

    for (const [what, given] of [
      ["nothing", () => ({})],
      [
        "what was asked",
        ({ inputs }: pulumi.runtime.MockCallArgs) => inputs as pulumi.runtime.MockCallResult,
      ],
    ] as const) {
      it(`ends with one sentence where ${token} is answered with ${what}`, async () => {
        const { rejections } = await program(
          (call) => (call.token === token ? given(call) : answer(call)),
          args,
        );
        expect(messages(rejections)).to.have.length(1);
        expect(messages(rejections)[0]).to.include(
          `the look-up ${token} was answered without ${lacks}: in a unit`,
        );
      });
    }
  }
});

describe("answerLookUps", () => {
  const ask = (token: string, inputs: Record<string, unknown>, changes?: LookUpChanges) =>
    answerLookUps(changes)({ token, inputs }) as Record<string, unknown>;

  it("gives what the user wants changed", async () => {
    const { resources, rejections } = await program(
      answerLookUps({
        place: { partition: "aws-cn", region: "cn-north-1", accountId: "210987654321" },
        launchTemplate: { iamInstanceProfiles: [{ arn: "", name: "fleet" }] },
      }),
    );
    expect(messages(rejections)).to.deep.equal([]);
    const policy = resources.find(({ name }) => name === "web-roll-out-policy")?.inputs.policy;
    expect(String(policy)).to.include("arn:aws-cn:iam::210987654321:role/fleet");
  });

  it("answers of a golden instance that is a member of the group as the component refuses it", async () => {
    const { rejections } = await program(answerLookUps({ memberIds: [ARGS.instanceId as string] }));
    expect(messages(rejections)).to.have.length(1);
    expect(messages(rejections)[0]).to.include("is a member of Auto Scaling group");
  });

  it("gives a group one kind of launch source", () => {
    const token = "aws:autoscaling/getGroup:getGroup";
    expect(ask(token, { name: "web" }))
      .to.have.property("launchTemplates")
      .with.length(1);
    expect(ask(token, { name: "web" }, { group: { launchConfiguration: "web-1" } }))
      .to.have.property("launchTemplates")
      .with.length(0);
  });

  it("leaves other look-ups to the user, and answers with what was asked where nothing is said", () => {
    const inputs = { owners: ["self"] };
    const token = "aws:ec2/getAmi:getAmi";
    expect(ask(token, inputs)).to.equal(inputs);
    const otherwise = answerLookUps({}, ({ token }) => ({ token }));
    expect(otherwise({ token, inputs })).to.deep.equal({ token });
  });
});
