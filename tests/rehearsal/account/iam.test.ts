import { expect } from "chai";
import { Clock } from "../../../rehearsal/account/clock";
import { Iam } from "../../../rehearsal/account/iam";
import type { PolicyDocument } from "../../../rehearsal/account/policy";
import { place, refusal } from "./support";

const trust: PolicyDocument = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { Service: "ssm.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
  },
};
const policy: PolicyDocument = { Statement: { Effect: "Allow", Action: "ec2:*", Resource: "*" } };
const context = { "aws:SourceAccount": "111122223333" };

const clock = new Clock(new Date("2026-11-24T00:00:00Z"));

describe("IAM in memory", () => {
  it("gives roles an ARN with their path", () => {
    const iam = new Iam({ ...place, partition: "aws-cn" }, clock);
    expect(iam.putRole({ name: "a", trust }).arn).to.equal("arn:aws-cn:iam::111122223333:role/a");
    const { arn } = iam.putRole({ name: "b", trust, path: "/x/y/", tags: { team: "web" } });
    expect(arn).to.equal("arn:aws-cn:iam::111122223333:role/x/y/b");
    expect(iam.roleByArn(arn)?.tags).to.deep.equal({ team: "web" });
    expect(iam.roleByArn("arn:aws-cn:iam::111122223333:role/b")).to.equal(undefined);
    expect(iam.role("B")?.arn).to.equal(arn);
  });

  it("keeps a role's policies when its trust changes", () => {
    const iam = new Iam(place, clock);
    iam.putRole({ name: "a", trust });
    iam.putRolePolicy("a", "p", policy);
    const { arn } = iam.putRole({ name: "a", trust });
    expect(iam.assume(arn, "ssm.amazonaws.com", context).policies).to.deep.equal([policy]);
  });

  it("puts a policy on a role that there is, under a name of its own", () => {
    const iam = new Iam(place, clock);
    expect(refusal(() => iam.putRolePolicy("none", "p", policy))).to.deep.equal({
      code: "NoSuchEntity",
      message: "The role with name none cannot be found.",
      status: 404,
    });
    const { arn } = iam.putRole({ name: "a", trust });
    iam.putRolePolicy("a", "p", { Statement: [] });
    iam.putRolePolicy("a", "p", policy);
    expect(iam.assume(arn, "ssm.amazonaws.com", context).policies).to.deep.equal([policy]);
  });

  it("lets a service assume a role that trusts it", () => {
    const iam = new Iam(place, clock);
    const { arn } = iam.putRole({ name: "a", trust, path: "/x/" });
    expect(iam.assume(arn, "ssm.amazonaws.com", context, "Automation-1").arn).to.equal(
      "arn:aws:sts::111122223333:assumed-role/a/Automation-1",
    );
    expect(iam.assume(arn, "ssm.amazonaws.com", context).arn).to.equal(
      "arn:aws:sts::111122223333:assumed-role/a/ssm",
    );
  });

  it("keeps everybody else out", () => {
    const iam = new Iam(place, clock);
    const { arn } = iam.putRole({ name: "a", trust });
    const denied = (service: string, role = arn) => ({
      code: "AccessDenied",
      message: `${service} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
      status: 403,
    });
    expect(refusal(() => iam.assume(arn, "events.amazonaws.com", context))).to.deep.equal(
      denied("events.amazonaws.com"),
    );
    expect(refusal(() => iam.assume(arn, "ssm.amazonaws.com", {}))).to.deep.equal(
      denied("ssm.amazonaws.com"),
    );
    const unknown = arn.replace("role/a", "role/none");
    expect(refusal(() => iam.assume(unknown, "ssm.amazonaws.com", context))).to.deep.equal(
      denied("ssm.amazonaws.com", unknown),
    );
  });

  it("finds an instance profile by its name and by its ARN", () => {
    const iam = new Iam(place, clock);
    const arn = iam.putInstanceProfile("web", "arn:aws:iam::111122223333:role/web");
    expect(arn).to.equal("arn:aws:iam::111122223333:instance-profile/web");
    expect(iam.instanceProfile("web")).to.equal(iam.instanceProfile(arn));
    expect(iam.instanceProfile("web")?.roleArn).to.equal("arn:aws:iam::111122223333:role/web");
    expect(iam.instanceProfile("none")).to.equal(undefined);
  });
});
