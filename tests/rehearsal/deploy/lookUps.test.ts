import { expect } from "chai";
import type { Account } from "../../../rehearsal/account/account";
import { LookUpFailure } from "../../../rehearsal/deploy/lookUps";
import { Provider } from "../../../rehearsal/deploy/provider";
import { NotModelled } from "../../../rehearsal/errors";
import { furnishedAccount, TOKYO } from "../../mocks";

const GOLDEN = "i-0123456789abcdef0";

type Answer = Record<string, unknown>;

const ask = (account: Account, token: string, inputs: Answer = {}): Answer =>
  new Provider(account).lookUp(token, inputs);

const failureOf = (token: string, inputs: Answer, account = furnishedAccount()): Error => {
  try {
    ask(account, token, inputs);
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
};

const GROUP = "aws:autoscaling/getGroup:getGroup";
const INSTANCE = "aws:ec2/getInstance:getInstance";
const INSTANCES = "aws:ec2/getInstances:getInstances";
const TEMPLATE = "aws:ec2/getLaunchTemplate:getLaunchTemplate";
const CONFIGURATION = "aws:ec2/getLaunchConfiguration:getLaunchConfiguration";
const PROFILE = "aws:iam/getInstanceProfile:getInstanceProfile";

describe("a look-up", () => {
  describe("of what does not exist fails in the provider's words:", () => {
    for (const [token, inputs, reason] of [
      [GROUP, { name: "nowhere" }, "reading Auto Scaling Group (nowhere): empty result"],
      [INSTANCE, { instanceId: "i-00000000" }, "no matching EC2 Instance found"],
      [TEMPLATE, { id: "lt-00000000" }, "no matching EC2 Launch Template found"],
      [
        CONFIGURATION,
        { name: "nowhere" },
        "reading Auto Scaling Launch Configuration (nowhere): couldn't find resource",
      ],
      [PROFILE, { name: "nowhere" }, "reading IAM Instance Profile (nowhere): couldn't find resource"],
    ] as const) {
      it(reason, () => {
        const error = failureOf(token, inputs);
        expect(error).to.be.instanceOf(LookUpFailure);
        expect(error.message).to.equal(
          `invocation of ${token} returned an error: invoking ${token}: 1 error occurred:\n\t* ${reason}\n\n`,
        );
        expect((error as LookUpFailure).details).to.equal(error.message);
      });
    }
  });

  describe("that is not modelled is refused by name:", () => {
    for (const [token, inputs, part] of [
      ["aws:ec2/getVpc:getVpc", {}, "the look-up aws:ec2/getVpc:getVpc"],
      [TEMPLATE, { name: "web" }, "the argument name of the look-up aws:ec2/getLaunchTemplate"],
      [
        INSTANCES,
        { filters: [{ name: "vpc-id", values: ["vpc-1"] }] },
        "the filter vpc-id of aws.ec2.getInstances",
      ],
    ] as const) {
      it(part, () => {
        const error = failureOf(token, inputs as Answer);
        expect(error).to.be.instanceOf(NotModelled);
        expect(error.message).to.contain(`does not model ${part}`);
      });
    }
  });

  it("of a group on a launch configuration has empty texts and lists for the other kinds", () => {
    const answer = ask(furnishedAccount(), GROUP, { name: "web-group" });
    expect(answer).to.include({ name: "web-group", launchConfiguration: "web-group-initial", status: "" });
    expect(answer.launchTemplates).to.deep.equal([]);
    expect(answer.mixedInstancesPolicies).to.deep.equal([]);
    expect(answer).to.not.have.any.keys("instances", "instanceIds");
  });

  it("of a group on a template tells the version as the group does", () => {
    const answer = ask(furnishedAccount(TOKYO, { launchSource: "template-latest" }), GROUP, {
      name: "web-group",
    });
    expect(answer.launchConfiguration).to.equal("");
    const [template] = answer.launchTemplates as Answer[];
    expect(template).to.include({ name: "web", version: "$Latest" });
    expect(template.id).to.match(/^lt-/);
  });

  it("of a group on a mixed instances policy tells the overrides' templates and not their images", () => {
    const account = furnishedAccount(TOKYO, { launchSource: "mixed" });
    const answer = ask(account, GROUP, { name: "web-group" });
    expect(answer.launchConfiguration).to.equal("");
    expect(answer.launchTemplates).to.deep.equal([]);
    const [policy] = answer.mixedInstancesPolicies as { launchTemplates: Answer[] }[];
    const [{ launchTemplateSpecifications, overrides }] = policy.launchTemplates;
    const named = (specifications: unknown) =>
      (specifications as Answer[]).map(
        ({ launchTemplateName, version }) => `${launchTemplateName} ${version}`,
      );
    expect(named(launchTemplateSpecifications)).to.deep.equal(["web 2"]);
    expect(
      (overrides as Answer[]).map((override) => named(override.launchTemplateSpecifications)),
    ).to.deep.equal([[], [], ["web-large $Default"], ["web-arm64 1"], []]);
    expect(JSON.stringify(answer)).to.not.contain("ami-");
  });

  it("of a template tells what its latest version holds, whichever is in use", () => {
    const account = furnishedAccount(TOKYO, { launchSource: "template-default" });
    const template = [...account.ec2.launchTemplates.values()].find(
      ({ LaunchTemplateName }) => LaunchTemplateName === "web",
    );
    const answer = ask(account, TEMPLATE, { id: template?.LaunchTemplateId ?? "" });
    expect(answer).to.include({ name: "web", defaultVersion: 2, latestVersion: 3, instanceType: "t3.micro" });
    expect(answer.imageId).to.equal(template?.versions.get(3)?.LaunchTemplateData.ImageId);
    expect(answer.iamInstanceProfiles).to.deep.equal([{ arn: "", name: "web-server" }]);
    expect(answer.placements).to.deep.equal([]);
    template?.versions.delete(3);
    expect(ask(account, TEMPLATE, { id: template?.LaunchTemplateId ?? "" })).to.include({ latestVersion: 2 });
  });

  it("of an instance leaves AWS's own tags out, and has the profile by its name", () => {
    const account = furnishedAccount();
    account.ec2.instances.get(GOLDEN)?.instance.Tags.push({ Key: "aws:autoscaling:groupName", Value: "web" });
    const answer = ask(account, INSTANCE, { instanceId: GOLDEN });
    expect(answer).to.include({ instanceState: "running", iamInstanceProfile: "web-server" });
    expect(answer.tags).to.deep.equal({ Name: "golden" });
    const [root] = answer.rootBlockDevices as Answer[];
    expect(root).to.include({ deviceName: "/dev/xvda", encrypted: false, kmsKeyId: "", volumeSize: 8 });
    expect(answer.ebsBlockDevices).to.deep.equal([]);
  });

  it("of instances finds running members unless told otherwise, and none is no error", () => {
    const account = furnishedAccount();
    const filters = [{ name: "tag:aws:autoscaling:groupName", values: ["web-group"] }];
    const members = ask(account, INSTANCES, { filters }).ids as string[];
    expect(members).to.have.length(3);
    const stopped = account.ec2.instances.get(members[0]);
    if (stopped !== undefined) {
      stopped.instance.State = { Code: 80, Name: "stopped" };
    }
    expect(ask(account, INSTANCES, { filters }).ids).to.have.length(2);
    expect(ask(account, INSTANCES, { filters, instanceStateNames: ["stopped"] }).ids).to.deep.equal([
      members[0],
    ]);
    const golden = [...filters, { name: "instance-id", values: [GOLDEN] }];
    expect(ask(account, INSTANCES, { filters: golden }).ids).to.deep.equal([]);
  });

  it("of a launch configuration fails where its image is gone", () => {
    const account = furnishedAccount();
    const name = "web-group-initial";
    expect(ask(account, CONFIGURATION, { name })).to.include({ name, instanceType: "t3.small" });
    const found = account.autoscaling.launchConfigurations.get(name);
    if (found !== undefined) {
      found.ImageId = "ami-00000000";
    }
    expect(failureOf(CONFIGURATION, { name }, account).message).to.contain("couldn't find resource");
  });

  it("of an instance profile finds one without a role, and says so by an empty text", () => {
    const account = furnishedAccount();
    expect(ask(account, PROFILE, { name: "web-server" })).to.include({
      name: "web-server",
      roleArn: "arn:aws:iam::123456789012:role/web-server",
      roleName: "web-server",
    });
    account.iam.putInstanceProfile("empty", "");
    expect(ask(account, PROFILE, { name: "empty" })).to.include({ roleArn: "", roleName: "" });
  });
});
