import { expect } from "chai";
import type { Account } from "../../../rehearsal/account/account";
import type { Principal } from "../../../rehearsal/account/iam";
import { resolvedImage } from "../../../rehearsal/account/ssm/resolvedImage";
import { PARAMETER } from "../../../rehearsal/account/world/sources";
import { NotModelled } from "../../../rehearsal/errors";
import { launches } from "../../../rehearsal/launches";
import { allow, at, furnished, itNeeds, notAllowed, principal, refusal } from "./support";

const ARN = "arn:aws:ssm:ap-northeast-1:111122223333:parameter/images/web";

function world() {
  const { account, call, clock } = furnished("parameter");
  const initial = account.ssm.parameters.latest(PARAMETER)?.Value ?? "";
  const other = account.ec2.allImages().find(({ ImageId }) => ImageId !== initial)?.ImageId ?? "";
  const put = (value: string, caller?: Principal, more = {}) =>
    call(
      "PutParameter",
      { Name: PARAMETER, Value: value, Type: "String", DataType: "aws:ec2:image", Overwrite: true, ...more },
      caller,
    );
  const value = () => at(call("GetParameter", { Name: PARAMETER }), "Parameter", "Value");
  return { account, call, clock, initial, other, put, value };
}

const launched = (account: Account) => {
  const group = account.autoscaling.groups.get("web");
  const found = group && launches(account, group);
  return Array.isArray(found) ? found.map(({ imageId }) => imageId) : found;
};

function denied(missing: Parameters<typeof notAllowed>[1]) {
  return { code: "AccessDeniedException", message: notAllowed(principal(), missing), status: 400 };
}

describe("GetParameter", () => {
  it("tells the value, the version and the data type", () => {
    const { account, call, initial } = world();
    const LastModifiedDate = account.clock.now();
    expect(call("GetParameter", { Name: PARAMETER })).to.deep.equal({
      Parameter: {
        Name: PARAMETER,
        Type: "String",
        Value: initial,
        Version: 1,
        LastModifiedDate,
        ARN,
        DataType: "aws:ec2:image",
      },
    });
  });

  it("tells an older version by its number", () => {
    const { call, clock, initial, other, put } = world();
    put(other);
    clock.advance(60);
    expect(at(call("GetParameter", { Name: `${PARAMETER}:1` }), "Parameter", "Value")).to.equal(initial);
    expect(at(call("GetParameter", { Name: PARAMETER }), "Parameter", "Version")).to.equal(2);
    const { code } = refusal(() => call("GetParameter", { Name: `${PARAMETER}:3` }));
    expect(code).to.equal("ParameterVersionNotFound");
  });

  it("knows no other parameter, and no label", () => {
    const { call } = world();
    expect(refusal(() => call("GetParameter", { Name: "/images/other" })).code).to.equal("ParameterNotFound");
    expect(() => call("GetParameter", { Name: `${PARAMETER}:prod` })).to.throw(NotModelled, "labels");
  });

  describe("permissions", () => {
    itNeeds(
      [allow("ssm:GetParameter", ARN)],
      () => (caller) => world().call("GetParameter", { Name: PARAMETER }, caller),
      denied,
    );
  });
});

describe("PutParameter", () => {
  it("is answered before the image is looked at, and the value comes later", () => {
    const { account, clock, initial, other, put, value } = world();
    expect(put(other)).to.deep.equal({ Version: 2, Tier: "Standard" });
    expect([value(), launched(account)]).to.deep.equal([initial, [initial]]);
    clock.advance(account.ssm.parameters.validatedAfterSeconds);
    expect([value(), launched(account)]).to.deep.equal([other, [other]]);
  });

  it("takes values in the order in which they were sent", () => {
    const { clock, initial, other, put, value } = world();
    put(other);
    expect(put(initial).Version).to.equal(3);
    clock.advance(60);
    expect(value()).to.equal(initial);
  });

  it("says nothing of an image that does not exist, or is gone when it is looked at", () => {
    const { account, clock, initial, other, put, value } = world();
    put("ami-0123456789abcdef0");
    put(other);
    account.ec2.removeImage(other);
    clock.advance(3600);
    expect(value()).to.equal(initial);
  });

  it("says nothing of a caller who may not look at images", () => {
    const { clock, initial, other, put, value } = world();
    put(other, principal(allow("ssm:PutParameter", ARN)));
    clock.advance(3600);
    expect(value()).to.equal(initial);
    put(other, principal(allow("ssm:PutParameter", ARN), allow("ec2:DescribeImages")));
    clock.advance(3600);
    expect(value()).to.equal(other);
  });

  it("looks at nothing of a text", () => {
    const { account, call } = world();
    account.ssm.parameters.add("text", "before", "text");
    call("PutParameter", { Name: "text", Value: "after", Overwrite: true });
    expect(at(call("GetParameter", { Name: "text" }), "Parameter", "Value")).to.equal("after");
  });

  it("makes a parameter that there is not yet", () => {
    const { account, other, put } = world();
    put(other, undefined, { Name: "new", Type: "String", Overwrite: false });
    expect(account.ssm.parameters.latest("new")).to.equal(undefined);
    account.clock.advance(60);
    expect(account.ssm.parameters.latest("new")).to.deep.include({ Value: other, Version: 1 });
  });

  it("refuses what AWS does", () => {
    const { other, put } = world();
    expect(refusal(() => put(other, undefined, { Overwrite: false })).code).to.equal(
      "ParameterAlreadyExists",
    );
    expect(refusal(() => put(other, undefined, { DataType: "text" })).code).to.equal("ValidationException");
    expect(() => put(other, undefined, { Type: "SecureString" })).to.throw(NotModelled, "another type");
  });

  describe("permissions", () => {
    itNeeds(
      [allow("ssm:PutParameter", ARN)],
      () => (caller) => {
        const { other, put } = world();
        put(other, caller);
      },
      denied,
    );
  });
});

describe("an image that a parameter names", () => {
  it("is the one of the version that is asked for, or of the latest", () => {
    const { account, initial, other } = world();
    account.ssm.parameters.set(PARAMETER, other);
    expect(resolvedImage(account, `resolve:ssm:${PARAMETER}`)).to.equal(other);
    expect(resolvedImage(account, `resolve:ssm:${PARAMETER}:1`)).to.equal(initial);
    expect(resolvedImage(account, "resolve:ssm:/none")).to.equal(undefined);
    expect(resolvedImage(account, other)).to.equal(other);
  });

  it("is told by DescribeImageReferences, where the parameter is of that data type", () => {
    const { account, call, initial } = world();
    account.ssm.parameters.add("text", initial, "text");
    const ResourceTypes = [{ ResourceType: "ssm:Parameter" }];
    expect(call("DescribeImageReferences", { ImageIds: [initial], ResourceTypes })).to.deep.equal({
      ImageReferences: [{ ImageId: initial, ResourceType: "ssm:Parameter", Arn: ARN }],
    });
  });

  it("is no image to launch where the parameter is gone", () => {
    const { account } = world();
    account.ssm.parameters.remove(PARAMETER);
    expect(launched(account)).to.deep.equal([undefined]);
  });
});
