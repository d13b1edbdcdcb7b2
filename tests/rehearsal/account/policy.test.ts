import { expect } from "chai";
import {
  evaluate,
  evaluateTrust,
  type PolicyDocument,
  type Statement,
} from "../../../rehearsal/account/policy";
import type { ConditionBlock, Context } from "../../../rehearsal/account/policyConditions";
import { NotModelled } from "../../../rehearsal/errors";

const request = { action: "ec2:CreateImage", resource: "arn:aws:ec2:eu-west-1::image/*", context: {} };

function decide(statements: object[], asked: Partial<typeof request> & { context?: Context } = {}): string {
  const policy = { Version: "2012-10-17", Statement: statements } as PolicyDocument;
  return evaluate([policy], { ...request, ...asked });
}

function allow(parts: Partial<Statement>): Statement {
  return { Effect: "Allow", Action: "ec2:CreateImage", Resource: "*", ...parts };
}

describe("evaluating identity policies", () => {
  it("denies what nothing allows", () => {
    expect(evaluate([], request)).to.equal("implicitDeny");
    expect(decide([])).to.equal("implicitDeny");
  });

  it("takes one statement where a policy has no list", () => {
    expect(evaluate([{ Statement: allow({}) }], request)).to.equal("allowed");
  });

  it("lets a deny win over any allow, in whichever policy it stands", () => {
    const deny: PolicyDocument = { Statement: { Effect: "Deny", Action: "ec2:*", Resource: "*" } };
    expect(evaluate([deny, { Statement: allow({}) }], request)).to.equal("explicitDeny");
    expect(evaluate([{ Statement: allow({}) }, deny], request)).to.equal("explicitDeny");
    expect(evaluate([deny], { ...request, action: "iam:PassRole" })).to.equal("implicitDeny");
  });

  describe("actions", () => {
    const cases: [string | string[], string][] = [
      ["ec2:CreateImage", "allowed"],
      ["EC2:createimage", "allowed"],
      ["ec2:Create*", "allowed"],
      ["ec2:CreateImag?", "allowed"],
      ["*", "allowed"],
      [["ec2:CreateTags", "ec2:CreateImage"], "allowed"],
      ["ec2:CreateImageX", "implicitDeny"],
      ["ec2:CreateImage?", "implicitDeny"],
      ["c2:CreateImage", "implicitDeny"],
      ["ec2.CreateImage", "implicitDeny"],
      [[], "implicitDeny"],
    ];
    for (const [Action, expected] of cases) {
      it(`${JSON.stringify(Action)}: ${expected}`, () =>
        expect(decide([allow({ Action })])).to.equal(expected));
    }
  });

  describe("resources", () => {
    const instance = "arn:aws:ec2:eu-west-1:111122223333:instance/i-1";
    const configuration =
      "arn:aws:autoscaling:eu-west-1:111122223333:launchConfiguration:*:launchConfigurationName/web_2026-01-01";
    const cases: [string | string[], string, string][] = [
      ["*", instance, "allowed"],
      ["*", "*", "allowed"],
      [instance, instance, "allowed"],
      [instance, "*", "implicitDeny"],
      [instance.toUpperCase().replace("ARN:AWS:EC2", "arn:aws:ec2"), instance, "implicitDeny"],
      ["arn:aws:ec2:*:*:instance/*", instance, "allowed"],
      ["arn:aws:ec2:*", instance, "allowed"],
      ["arn:aws:ec2:eu-west-?:111122223333:instance/i-?", instance, "allowed"],
      ["arn:aws:ec2:*:instance/*", instance, "allowed"],
      // A wildcard that does not end its segment stays inside it.
      ["arn:aws:ec2:eu*3:instance/*", instance, "implicitDeny"],
      ["arn:aws:ec2:eu*1:*:instance/*", instance, "allowed"],
      ["arn:aws:ec2:eu-west-1:111122223333?instance/i-1", instance, "implicitDeny"],
      ["arn:aws:ec2:eu-west-1:111122223333:*/*", "arn:aws:ec2:eu-west-1::image/*", "implicitDeny"],
      ["arn:aws:ec2:eu-west-1::image/*", "arn:aws:ec2:eu-west-1::image/*", "allowed"],
      ["arn:aws:ec2:eu-west-1::image/ami-*", "arn:aws:ec2:eu-west-1::image/*", "implicitDeny"],
      [
        "arn:aws:autoscaling:eu-west-1:111122223333:launchConfiguration:*:launchConfigurationName/web_*",
        configuration,
        "allowed",
      ],
      [
        "arn:aws:autoscaling:eu-west-1:111122223333:launchConfiguration:*:launchConfigurationName/app_*",
        configuration,
        "implicitDeny",
      ],
      [["arn:aws:s3:::b", instance], instance, "allowed"],
      ["arn:aws:ec2:eu.west.1:111122223333:instance/i-1", instance, "implicitDeny"],
    ];
    for (const [Resource, resource, expected] of cases) {
      it(`${JSON.stringify(Resource)} for ${resource}: ${expected}`, () =>
        expect(decide([allow({ Resource })], { resource })).to.equal(expected));
    }
  });

  describe("conditions", () => {
    const arn = "arn:aws:ssm:eu-west-1:111122223333:automation-execution/1";
    const cases: [ConditionBlock, Context, boolean][] = [
      [{}, {}, true],
      [{ StringEquals: { "aws:k": "v" } }, { "aws:k": "v" }, true],
      [{ StringEquals: { "aws:k": "v" } }, { "aws:k": "V" }, false],
      [{ StringEquals: { "aws:k": "v*" } }, { "aws:k": "vv" }, false],
      [{ StringEquals: { "aws:k": "v" } }, {}, false],
      [{ StringEquals: { "AWS:RequestTag/Owner": "v" } }, { "aws:RequestTag/owner": "v" }, true],
      [{ StringEquals: { "aws:k": ["u", "v"] } }, { "aws:k": "v" }, true],
      [{ StringEquals: { "aws:k": ["u", "v"] } }, { "aws:k": "w" }, false],
      [{ StringEquals: { "aws:k": [] } }, { "aws:k": "v" }, false],
      [{ StringEquals: { "aws:k": "v" } }, { "aws:k": ["u", "v"] }, true],
      [{ StringEquals: { "aws:k": "v" } }, { "aws:k": ["u", "w"] }, false],
      [{ StringEquals: { "aws:k": "v", "aws:l": "w" } }, { "aws:k": "v" }, false],
      [
        { StringEquals: { "aws:k": "v" }, StringLike: { "aws:l": "w*" } },
        { "aws:k": "v", "aws:l": "ww" },
        true,
      ],
      [
        { StringEquals: { "aws:k": "v" }, StringLike: { "aws:l": "x*" } },
        { "aws:k": "v", "aws:l": "ww" },
        false,
      ],
      [{ StringEquals: { "aws:k": 5 } }, { "aws:k": "5" }, true],
      [{ StringEqualsIfExists: { "aws:k": "v" } }, {}, true],
      [{ StringEqualsIfExists: { "aws:k": "v" } }, { "aws:k": "w" }, false],
      [{ StringNotEquals: { "aws:k": "v" } }, { "aws:k": "w" }, true],
      [{ StringNotEquals: { "aws:k": "v" } }, { "aws:k": "v" }, false],
      [{ StringNotEquals: { "aws:k": ["u", "v"] } }, { "aws:k": "v" }, false],
      [{ StringNotEquals: { "aws:k": "v" } }, {}, true],
      [{ StringNotEquals: { "aws:k": "v" } }, { "aws:k": ["u", "v"] }, false],
      [{ StringNotEqualsIfExists: { "aws:k": "v" } }, {}, true],
      [{ StringLike: { "aws:k": "a?c*" } }, { "aws:k": "abcd" }, true],
      [{ StringLike: { "aws:k": "a?c" } }, { "aws:k": "abcd" }, false],
      [{ StringLike: { "aws:k": "a.c" } }, { "aws:k": "abc" }, false],
      [{ StringLikeIfExists: { "aws:k": "a" } }, {}, true],
      [{ ArnLike: { "aws:k": "arn:aws:ssm:*:111122223333:automation-execution/*" } }, { "aws:k": arn }, true],
      [
        { ArnEquals: { "aws:k": "arn:aws:ssm:*:111122223333:automation-execution/*" } },
        { "aws:k": arn },
        true,
      ],
      [{ ArnLike: { "aws:k": "arn:aws:ssm:*:111122223333:document/*" } }, { "aws:k": arn }, false],
      [{ ArnLike: { "aws:k": "arn:aws:*:automation-execution/*:x:y" } }, { "aws:k": arn }, false],
      [{ ArnLike: { "aws:k": "arn:aws:ssm:*:*:*" } }, { "aws:k": "no arn" }, false],
      [{ ArnLike: { "aws:k": "arn:aws:ssm:*:*:*" } }, {}, false],
      [{ ArnLikeIfExists: { "aws:k": "arn:aws:ssm:*:*:*" } }, {}, true],
      [{ ArnEqualsIfExists: { "aws:k": "arn:aws:ssm:*:*:*" } }, {}, true],
      [{ Bool: { "aws:k": "true" } }, { "aws:k": true }, true],
      [{ Bool: { "aws:k": true } }, { "aws:k": "True" }, true],
      [{ Bool: { "aws:k": "false" } }, { "aws:k": true }, false],
      [{ Bool: { "aws:k": "true" } }, {}, false],
      [{ BoolIfExists: { "aws:k": "true" } }, {}, true],
      [{ Null: { "aws:k": "true" } }, {}, true],
      [{ Null: { "aws:k": true } }, { "aws:k": "v" }, false],
      [{ Null: { "aws:k": "false" } }, { "aws:k": "v" }, true],
      [{ Null: { "aws:k": "false" } }, {}, false],
      [{ "ForAnyValue:StringEquals": { "aws:k": ["a", "b"] } }, { "aws:k": ["x", "b"] }, true],
      [{ "ForAnyValue:StringEquals": { "aws:k": ["a", "b"] } }, { "aws:k": ["x", "y"] }, false],
      [{ "ForAnyValue:StringLike": { "aws:k": "b*" } }, { "aws:k": ["x", "bc"] }, true],
      [{ "ForAnyValue:StringEquals": { "aws:k": "a" } }, {}, false],
      [{ "ForAllValues:StringEquals": { "aws:k": ["a", "b"] } }, { "aws:k": ["b", "a"] }, true],
      [{ "ForAllValues:StringEquals": { "aws:k": ["a", "b"] } }, { "aws:k": ["b", "x"] }, false],
      [{ "ForAllValues:StringEquals": { "aws:k": ["a", "b"] } }, { "aws:k": "b" }, true],
      [{ "ForAllValues:StringLike": { "aws:k": "b*" } }, { "aws:k": ["b", "bc"] }, true],
      [{ "ForAllValues:StringLike": { "aws:k": "b*" } }, { "aws:k": ["b", "ab"] }, false],
      // IAM's own: a request that lacks the key, or has no value of it, has no other value.
      [{ "ForAllValues:StringEquals": { "aws:k": "a" } }, {}, true],
      [{ "ForAllValues:StringEquals": { "aws:k": "a" } }, { "aws:k": [] }, true],
      [{ "ForAllValues:StringEqualsIfExists": { "aws:k": "a" } }, {}, true],
      [{ "ForAllValues:StringEquals": { "aws:k": "a" }, Null: { "aws:k": "false" } }, {}, false],
      [
        { "ForAllValues:StringEquals": { "aws:k": "a" }, Null: { "aws:k": "false" } },
        { "aws:k": ["a"] },
        true,
      ],
    ];
    for (const [Condition, context, holds] of cases) {
      it(`${JSON.stringify(Condition)} ${holds ? "holds" : "does not hold"} for ${JSON.stringify(context)}`, () =>
        expect(decide([allow({ Condition })], { context })).to.equal(holds ? "allowed" : "implicitDeny"));
    }

    it("narrow a deny as they narrow an allow", () => {
      const deny = { Effect: "Deny", Action: "*", Resource: "*", Condition: { Bool: { "aws:k": "true" } } };
      expect(decide([allow({}), deny], { context: { "aws:k": true } })).to.equal("explicitDeny");
      expect(decide([allow({}), deny], { context: { "aws:k": false } })).to.equal("allowed");
    });
  });

  describe("what is not modelled is refused by its name", () => {
    const cases: [object, string][] = [
      [{ NotAction: "ec2:*" }, "NotAction"],
      [{ NotResource: "*" }, "NotResource"],
      [{ NotPrincipal: "*" }, "NotPrincipal"],
      [{ Principal: "*" }, "Principal"],
      [{ Action: undefined }, "a statement without Action"],
      [{ Resource: undefined }, "a statement without Resource"],
      [{ Effect: "allow" }, 'Effect "allow"'],
      [{ Resource: "image/*" }, 'Resource "image/*"'],
      [{ Resource: "arn:aws:*:eu-west-1::image/*" }, 'Resource "arn:aws:*:eu-west-1::image/*"'],
      [{ Resource: "arn:aws:s3:::${aws:username}" }, "${aws:username}"],
      [{ Condition: { StringEquals: { "aws:k": "${aws:username}" } } }, "${aws:username}"],
      [{ Condition: { NumericEquals: { "aws:k": 1 } } }, "NumericEquals"],
      [{ Condition: { ArnNotLike: { "aws:k": "arn:aws:s3:::b" } } }, "ArnNotLike"],
      [{ Condition: { NullIfExists: { "aws:k": "true" } } }, "NullIfExists"],
      [{ Condition: { IfExists: { "aws:k": "true" } } }, "IfExists"],
      [
        { Condition: { "ForAllValues:StringNotEquals": { "aws:TagKeys": "k" } } },
        "ForAllValues:StringNotEquals",
      ],
      [{ Condition: { "ForAllValues:Null": { "aws:TagKeys": "true" } } }, "ForAllValues:Null"],
      [{ Condition: { "ForSomeValues:StringEquals": { "aws:k": "k" } } }, "ForSomeValues:StringEquals"],
      [
        { Condition: { "ForAnyValue:StringNotEquals": { "aws:TagKeys": "k" } } },
        "ForAnyValue:StringNotEquals",
      ],
      [{ Condition: { ArnLike: { "aws:k": "arn:*" } } }, "arn:*"],
      [{ Condition: { ArnLike: { "aws:k": "arn:aws:s3::b" } } }, "arn:aws:s3::b"],
    ];
    for (const [parts, name] of cases) {
      it(`${JSON.stringify(parts)}`, () => {
        // Not even a statement about something else may hold what nobody understands.
        const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b", ...parts };
        const present = Object.fromEntries(
          Object.entries(statement).filter(([, value]) => value !== undefined),
        );
        const read = "NotAction" in parts ? { ...present, Action: undefined } : present;
        expect(() => decide([read]))
          .to.throw(NotModelled)
          .with.property("message")
          .that.includes(name);
      });
    }

    it("a policy of an unknown version", () => {
      const policy = { Version: "2030-01-01", Statement: [] };
      expect(() => evaluate([policy], request)).to.throw(NotModelled, '"2030-01-01"');
    });
  });
});

describe("evaluating trust policies", () => {
  const trust = (parts: object): PolicyDocument =>
    ({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "ssm.amazonaws.com" }, Action: "sts:AssumeRole", ...parts },
      ],
    }) as PolicyDocument;
  const ssm = { service: "ssm.amazonaws.com", context: { "aws:SourceAccount": "111122223333" } };

  it("lets the named services in", () => {
    expect(evaluateTrust(trust({}), ssm)).to.equal(true);
    expect(evaluateTrust(trust({ Principal: { Service: ["a.amazonaws.com", ssm.service] } }), ssm)).to.equal(
      true,
    );
    expect(evaluateTrust(trust({}), { ...ssm, service: "events.amazonaws.com" })).to.equal(false);
  });

  it("looks at action, condition and effect", () => {
    expect(evaluateTrust(trust({ Action: "sts:TagSession" }), ssm)).to.equal(false);
    const other = { StringEquals: { "aws:SourceAccount": "444455556666" } };
    expect(evaluateTrust(trust({ Condition: other }), ssm)).to.equal(false);
    expect(evaluateTrust(trust({ Condition: { StringNotEquals: other.StringEquals } }), ssm)).to.equal(true);
    expect(evaluateTrust(trust({ Effect: "Deny" }), ssm)).to.equal(false);
  });

  it("refuses other kinds of principals by name", () => {
    expect(() => evaluateTrust(trust({ Principal: "*" }), ssm)).to.throw(NotModelled, 'Principal "*"');
    expect(() => evaluateTrust(trust({ Principal: { AWS: "*" } }), ssm)).to.throw(NotModelled, "AWS");
    expect(() => evaluateTrust(trust({ Resource: "*" }), ssm)).to.throw(NotModelled, "Resource");
  });
});
