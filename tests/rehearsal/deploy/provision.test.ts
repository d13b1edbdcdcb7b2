import { expect } from "chai";
import type { Registered } from "../../../rehearsal/deploy/program";
import { provision, scheduled, scheduledOnly } from "../../../rehearsal/deploy/provision";
import { Provider } from "../../../rehearsal/deploy/provider";
import { NotModelled, RehearsalError } from "../../../rehearsal/errors";
import { runNights } from "../../../rehearsal/nights";
import { messageOf } from "../../mocks";
import { furnished } from "../account/support";
import { sharedPython } from "../python";

const place = "ap-northeast-1:111122223333";
const content = `
schemaVersion: "0.3"
assumeRole: arn:aws:iam::111122223333:role/all
mainSteps:
  - { name: look, action: aws:executeAwsApi, inputs: { Service: ec2, Api: DescribeImages, Owners: [self] } }
`;

/** A resource of these properties, as the provider gives it back. */
function resource(type: string, name: string, inputs: Registered["inputs"]): Registered {
  const { account } = furnished();
  const custom = type.startsWith("aws:");
  const state = custom ? new Provider(account).create(type, name, inputs).state : {};
  return { type, name, inputs, custom, state };
}

const component = (type: string, name: string) => resource(`ami-refresh:index:${type}`, name, {});
const document = (name: string, more: object = {}) =>
  resource("aws:ssm/document:Document", name, {
    name: `doc-${name}`,
    content,
    documentType: "Automation",
    documentFormat: "YAML",
    ...more,
  });
const target = (name: string, runbook = name) =>
  resource("aws:cloudwatch/eventTarget:EventTarget", `${name}-target`, {
    rule: "rule",
    targetId: name,
    arn: `arn:aws:ssm:${place}:automation-definition/doc-web-${runbook}:$DEFAULT`,
    roleArn: "arn:aws:iam::111122223333:role/all",
    input: "{}",
  });
const statement = { Effect: "Allow", Action: "*", Resource: "*" };
const services = { Service: ["ssm.amazonaws.com", "events.amazonaws.com"] };
const trust = { Effect: "Allow", Principal: services, Action: "sts:AssumeRole" };
const role = (name: string) =>
  resource("aws:iam/role:Role", name, { name, assumeRolePolicy: JSON.stringify({ Statement: trust }) });
const policy = (name: string) =>
  resource("aws:iam/rolePolicy:RolePolicy", `${name}-policy`, {
    name,
    role: name,
    policy: JSON.stringify({ Statement: statement }),
  });
const rule = resource("aws:cloudwatch/eventRule:EventRule", "rule", {
  name: "rule",
  scheduleExpression: "cron(30 5 * * ? *)",
  state: "ENABLED",
});

/** A component with components of its own, three documents, two roles and two targets. */
const registered = [
  component("AmiRefresh", "web"),
  component("Runbook", "web-create-image"),
  component("Runbook", "web-retire"),
  component("Schedule", "web-schedule"),
  ...["all", "more"].flatMap((name) => [role(name), policy(name)]),
  ...["web-create-image", "web-roll-out", "web-retire"].map((name) => document(name)),
  rule,
  target("retire"),
  target("create-image"),
];
const provisioned = (resources: Registered[]) => {
  const { account } = furnished();
  return { account, deployment: provision(account, resources) };
};

describe("what a program registers", function () {
  it("may be several documents, roles and targets, whose names tell what they are", () => {
    const { account, deployment } = provisioned(registered);
    expect(deployment.documents).to.deep.equal([
      { runbook: "create-image", name: "doc-web-create-image" },
      { runbook: "roll-out", name: "doc-web-roll-out" },
      { runbook: "retire", name: "doc-web-retire" },
    ]);
    expect(deployment.timer.starts.map(({ documentName }) => documentName)).to.deep.equal([
      "doc-web-create-image",
      "doc-web-retire",
    ]);
    expect(scheduled(deployment).map(({ runbook }) => runbook)).to.deep.equal(["create-image", "retire"]);
    expect(scheduledOnly(deployment, "doc-web-retire").timer.starts).to.have.length(1);
    expect(account.iam.role("more")?.policies.size).to.equal(1);
  });

  it("has its own name where no component made it", () => {
    const alone = [document("web-runbook"), rule, target("runbook")];
    expect(provisioned(alone).deployment.documents[0].runbook).to.equal("web-runbook");
    const made = [component("AmiRefresh", "web"), ...alone];
    expect(provisioned(made).deployment.documents[0].runbook).to.equal("runbook");
  });

  it("may be rules of the Recycle Bin, which are kept", () => {
    const retentionPeriod = { retentionPeriodValue: 14, retentionPeriodUnit: "DAYS" };
    const resourceTags = [{ resourceTagKey: "k", resourceTagValue: "v" }];
    const bin = (more: object) =>
      resource("aws:rbin/rule:Rule", "bin", {
        resourceType: "EC2_IMAGE",
        resourceTags,
        retentionPeriod,
        ...more,
      });
    const { deployment } = provisioned([...registered, bin({ description: "Undo", tags: { Team: "web" } })]);
    expect(deployment.binRules).to.deep.equal([
      { description: "Undo", resourceType: "EC2_IMAGE", resourceTags, retentionPeriod },
    ]);
    expect(() => provisioned([...registered, bin({ lockConfiguration: {} })])).to.throw(
      NotModelled,
      "property lockConfiguration of aws:rbin/rule:Rule",
    );
    expect(() => provisioned([...registered, bin({ resourceType: "EC2_VOLUME" })])).to.throw(NotModelled);
  });

  for (const [what, resources, words] of [
    [
      "no document",
      registered.filter(({ type }) => !/Document/.test(type)),
      /no resource of type aws:ssm\/document/,
    ],
    [
      "no target",
      registered.filter(({ type }) => !/Target/.test(type)),
      /no resource of type aws:cloudwatch\/eventTar/,
    ],
    ["two rules", [...registered, rule], /registers 2 resources of type aws:cloudwatch\/eventRule/],
    [
      "two documents of one name",
      [...registered, document("web-other", { name: "doc-web-retire" })],
      /two documents named doc-web-retire/,
    ],
    [
      "two targets of one id",
      [...registered, target("retire", "roll-out")],
      /two targets retire of rule rule/,
    ],
  ] as const) {
    it(`is refused with ${what}`, () => {
      expect(() => provisioned([...resources])).to.throw(RehearsalError);
      expect(messageOf(() => provisioned([...resources]))).to.match(words);
    });
  }

  it("starts at one time what the rule's targets are, in runs of one night", async () => {
    const { account, deployment } = provisioned(registered);
    const python = await sharedPython();
    const at = account.clock.now();
    const begun: string[] = [];
    const nights = [
      ...runNights({
        account,
        deployment,
        python,
        faults: [],
        starts: [{ at }, { at: new Date(at.getTime() + 60_000), byHand: [{ runbook: "roll-out" }] }],
        onNight: ({ number, runs }) => void begun.push(`night ${number}, ${runs.length} runs`),
        onRun: ({ runbook, status }, { number }) => void begun.push(`${number} ${runbook} ${status}`),
      }),
    ];
    expect(begun).to.deep.equal([
      "night 1, 0 runs",
      "1 create-image InProgress",
      "1 retire InProgress",
      "night 2, 0 runs",
      "2 roll-out InProgress",
    ]);
    const told = nights.map(({ runs }) =>
      runs.map(({ runbook, documentName, status }) => [runbook, documentName, status]),
    );
    expect(told).to.deep.equal([
      [
        ["create-image", "doc-web-create-image", "Success"],
        ["retire", "doc-web-retire", "Success"],
      ],
      [["roll-out", "doc-web-roll-out", "Success"]],
    ]);
    expect(nights[0].runs.map(({ startedAt }) => startedAt)).to.deep.equal([
      at.toISOString(),
      at.toISOString(),
    ]);
  });
});
