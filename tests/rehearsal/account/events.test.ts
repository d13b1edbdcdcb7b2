import { expect } from "chai";
import { NotModelled } from "../../../rehearsal/errors";
import { sharedPython } from "../python";
import { refresh } from "../refresh";
import { type Change, resourceOf, withoutAllowedValues } from "../registered";

/** Changes properties of what was registered. */
function having(name: string, changes: Record<string, unknown>): Change {
  return (resources) => {
    const found = resourceOf(resources, name);
    Object.assign(found.inputs, changes);
    Object.assign(found.state, changes);
  };
}

describe("EventBridge's start of a runbook", () => {
  before(() => sharedPython());

  const good = {
    AutomationAssumeRole: ["arn:aws:iam::123456789012:role/web-create-image-role-x"],
    InstanceId: ["i-0123456789abcdef0"],
    LaunchConfigPrefix: ["web"],
    AutoScalingGroupName: ["web-group"],
  };

  for (const [what, input, says] of [
    [
      "values that are no lists",
      JSON.stringify({ ...good, InstanceId: "i-0123456789abcdef0" }),
      /not an object of lists/,
    ],
    ["numbers in the lists", JSON.stringify({ ...good, InstanceId: [17] }), /not an object of lists/],
    ["no JSON", "InstanceId=i-1", /is not JSON/],
    ["more than 8192 characters", JSON.stringify({ ...good, Tags: ["x".repeat(8200)] }), /at most 8192/],
    [
      "a parameter that the document lacks",
      JSON.stringify({ ...good, Prefix: ["web"] }),
      /Prefix.*InvalidAutomationExecutionParameters/,
    ],
    ["an empty value", JSON.stringify({ ...good, LaunchConfigPrefix: [""] }), /LaunchConfigPrefix/],
    [
      "a role that the events role may not pass",
      JSON.stringify({ ...good, AutomationAssumeRole: ["arn:aws:iam::123456789012:role/admin"] }),
      /not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role\/admin/,
    ],
  ] as const) {
    it(`fails, and nothing runs, with ${what}`, async () => {
      const { run } = await refresh({
        registered: (resources) => {
          withoutAllowedValues(resources);
          having("web-create-image-target", { input })(resources);
        },
      });
      expect(run.status).to.equal("NotStarted");
      expect(run.failureMessage).to.match(says);
      expect(run.steps).to.deep.equal([]);
    });
  }

  it("fails for a version of the document that is not there", async () => {
    const arn = "arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/x:7";
    const { run } = await refresh({ registered: having("web-create-image-target", { arn }) });
    expect(run.status).to.equal("NotStarted");
  });

  describe("is not modelled", () => {
    for (const [what, name, changes, says] of [
      [
        "for a document/ target, which would be Run Command",
        "web-create-image-target",
        { arn: "arn:aws:ssm:ap-northeast-1:123456789012:document/x" },
        /target arn:aws:ssm:.*document\/x/,
      ],
      [
        "for a target without a version, which starts nothing",
        "web-create-image-target",
        { arn: "arn:aws:ssm:ap-northeast-1:123456789012:automation-definition/x" },
        /automation-definition\/NAME:VERSION/,
      ],
      [
        "for another property of the target",
        "web-create-image-target",
        { ecsTarget: { taskCount: 1 } },
        /property ecsTarget of aws:cloudwatch\/eventTarget/,
      ],
      ["for another property of the rule", "web-schedule", { eventBusName: "mine" }, /property eventBusName/],
      [
        "for another type of document",
        "web-create-image",
        { documentType: "Command" },
        /documentType Command/,
      ],
      [
        "for managed policies on a role",
        "web-create-image-role",
        { managedPolicyArns: ["x"] },
        /property managedPolicyArns/,
      ],
    ] as const) {
      it(what, async () => {
        const failure = await refresh({ registered: having(name, changes), fromRule: true }).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(failure).to.be.instanceOf(NotModelled);
        expect((failure as Error).message).to.match(says);
      });
    }
  });
});
