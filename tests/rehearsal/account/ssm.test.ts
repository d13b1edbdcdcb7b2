import { expect } from "chai";
import type { Account } from "../../../rehearsal/account/account";
import type { Members } from "../../../rehearsal/account/api";
import type { AutomationExecution } from "../../../rehearsal/account/ssm/execution";
import { NotModelled } from "../../../rehearsal/errors";
import { allow, at, furnished, itNeeds, notAllowed, principal, refusal } from "./support";

const content = `
schemaVersion: "0.3"
parameters:
  Group: { type: String }
  DryRun: { type: Boolean, default: false }
  Tags: { type: StringList, default: [a, b] }
mainSteps:
  - { name: look, action: aws:executeAwsApi, inputs: { Service: ec2, Api: DescribeImages } }
`;

function world() {
  const { account, call, clock } = furnished();
  account.ssm.putDocument({ name: "refresh", content, format: "YAML" });
  const start = (Group = "web") =>
    account.ssm.start({
      documentName: "refresh",
      documentVersion: "$DEFAULT",
      parameters: { Group: [Group] },
    }).executionId;
  return { account, call, clock, start };
}

/** An execution of some other document. */
function add(account: Account, execution: Partial<AutomationExecution>): string {
  const id = account.ids.uuid();
  account.ssm.addExecution({
    AutomationExecutionId: id,
    DocumentName: "another",
    DocumentVersion: "3",
    AutomationExecutionStatus: "Success",
    ExecutionStartTime: account.clock.now(),
    ExecutedBy: "arn:aws:iam::111122223333:user/somebody",
    Parameters: {},
    ...execution,
  });
  return id;
}

function denied(missing: Parameters<typeof notAllowed>[1]) {
  return { code: "AccessDeniedException", message: notAllowed(principal(), missing), status: 400 };
}

describe("StartAutomationExecution", () => {
  it("reads a document once, and again when there is another one", () => {
    const { account, start } = world();
    start();
    const { ssm } = account;
    const runbook = ssm.runbook("refresh");
    start();
    expect(ssm.runbook("refresh")).to.equal(runbook);
    ssm.putDocument({ name: "refresh", content: content.replace("look", "search"), format: "YAML" });
    expect(ssm.runbook("refresh")?.mainSteps[0].name).to.equal("search");
    expect(ssm.runbook("none")).to.equal(undefined);
  });
});

describe("GetAutomationExecution", () => {
  const api = "GetAutomationExecution";

  it("gives an execution with the parameters that it was started with", () => {
    const { call, clock, start } = world();
    const id = start();
    expect(call(api, { AutomationExecutionId: id })).to.deep.equal({
      AutomationExecution: {
        AutomationExecutionId: id,
        DocumentName: "refresh",
        DocumentVersion: "1",
        AutomationExecutionStatus: "Pending",
        ExecutionStartTime: clock.now(),
        ExecutedBy: "arn:aws:iam::111122223333:user/operations",
        Parameters: { Group: ["web"] },
        Mode: "Auto",
      },
    });
  });

  it("gives the defaults too where a test wants that", () => {
    const { account, call, start } = world();
    account.ssm.executionParameters = "all";
    const answer = call(api, { AutomationExecutionId: start() });
    expect(at(answer, "AutomationExecution", "Parameters")).to.deep.equal({
      Group: ["web"],
      DryRun: ["false"],
      Tags: ["a", "b"],
    });
  });

  it("tells of the end only when it has come", () => {
    const { account, call, clock, start } = world();
    const AutomationExecutionId = start();
    const end = new Date(clock.now().getTime() + 5000);
    account.ssm.updateExecution(AutomationExecutionId, {
      AutomationExecutionStatus: "Failed",
      ExecutionEndTime: end,
      FailureMessage: "no",
    });
    const ask = () => call(api, { AutomationExecutionId }).AutomationExecution as Members;
    expect(ask()).to.include({ AutomationExecutionStatus: "InProgress" });
    expect(ask()).not.to.have.any.keys("ExecutionEndTime", "FailureMessage");
    clock.advance(5);
    expect(ask()).to.include({ AutomationExecutionStatus: "Failed", FailureMessage: "no" });
    expect(ask().ExecutionEndTime).to.deep.equal(end);
  });

  it("refuses ids that there are not", () => {
    const { account, call } = world();
    expect(refusal(() => call(api, { AutomationExecutionId: account.ids.uuid() }))).to.deep.equal({
      code: "AutomationExecutionNotFoundException",
      message: "There is no automation execution information for the requested automation execution ID.",
      status: 400,
    });
    expect(refusal(() => call(api, { AutomationExecutionId: "x" })).code).to.equal("ParamValidationError");
    expect(refusal(() => call(api, { AutomationExecutionId: "x".repeat(37) }))).to.deep.equal({
      code: "ValidationException",
      message: `1 validation error detected: Value '${"x".repeat(37)}' at 'automationExecutionId' failed to satisfy constraint: Member must have length less than or equal to 36`,
      status: 400,
    });
  });

  describe("permissions", () => {
    const id = world().start();
    const arn = `arn:aws:ssm:ap-northeast-1:111122223333:automation-execution/${id}`;
    itNeeds(
      [allow(`ssm:${api}`, arn)],
      () => {
        const { call, start } = world();
        const AutomationExecutionId = start();
        return (caller) => call(api, { AutomationExecutionId }, caller);
      },
      denied,
    );
  });
});

describe("DescribeAutomationExecutions", () => {
  const api = "DescribeAutomationExecutions";
  const filter = (Key: string, ...Values: string[]) => ({ Filters: [{ Key, Values }] });
  const ids = (answer: Members) =>
    (answer.AutomationExecutionMetadataList as Members[]).map((one) => String(one.AutomationExecutionId));

  it("lists executions, the newest first, without their parameters", () => {
    const { account, call, clock, start } = world();
    const first = start();
    const second = start();
    clock.advance(60);
    const third = add(account, {});
    const answer = call(api, {});
    expect(ids(answer)).to.deep.equal([third, second, first]);
    expect(at(answer, "AutomationExecutionMetadataList", 2)).to.deep.equal({
      AutomationExecutionId: first,
      DocumentName: "refresh",
      DocumentVersion: "1",
      AutomationExecutionStatus: "Pending",
      ExecutionStartTime: new Date("2026-11-23T05:30:00.000Z"),
      ExecutedBy: "arn:aws:iam::111122223333:user/operations",
      Mode: "Auto",
      AutomationType: "Local",
    });
  });

  it("lists those that pass every filter", () => {
    const { account, call, clock, start } = world();
    const old = add(account, { DocumentName: "refresh-2" });
    clock.advance(60);
    const live = start();
    account.ssm.updateExecution(live, {
      AutomationExecutionStatus: "InProgress",
      CurrentStepName: "look",
      CurrentAction: "aws:executeAwsApi",
    });
    const other = add(account, { AutomationExecutionStatus: "Waiting" });
    const cases: [Members, string[]][] = [
      [filter("DocumentNamePrefix", "refresh"), [live, old]],
      [filter("DocumentNamePrefix", "Refresh"), []],
      [filter("ExecutionStatus", "InProgress", "Waiting"), [other, live]],
      [filter("ExecutionId", old), [old]],
      [filter("CurrentAction", "aws:executeAwsApi"), [live]],
      [filter("StartTimeAfter", "2026-11-23T05:30:30Z"), [other, live]],
      [filter("StartTimeBefore", "2026-11-23T05:30:30.5Z"), [old]],
      [
        {
          Filters: [
            ...filter("DocumentNamePrefix", "refresh").Filters,
            ...filter("ExecutionStatus", "InProgress").Filters,
          ],
        },
        [live],
      ],
    ];
    for (const [params, expected] of cases) {
      expect(ids(call(api, params)), JSON.stringify(params)).to.deep.equal(expected);
    }
  });

  it("answers in pages, fifty at a time or fewer", () => {
    const { account, call, start } = world();
    for (let count = 0; count < 60; count += 1) {
      start();
    }
    expect(ids(call(api, {}))).to.have.length(50);
    const first = call(api, { MaxResults: 40 });
    const rest = call(api, { MaxResults: 40, NextToken: first.NextToken });
    expect(new Set([...ids(first), ...ids(rest)])).to.have.property("size", 60);
    expect(rest).not.to.have.property("NextToken");
    account.ssm.longestPage = 1;
    expect(ids(call(api, { MaxResults: 40 }))).to.have.length(1);
  });

  it("does not list a new execution for a while where a test wants that", () => {
    const { account, call, clock, start } = world();
    account.ssm.listedAfterSeconds = 3;
    const id = start();
    clock.advance(2.9);
    expect(ids(call(api, {}))).to.deep.equal([]);
    expect(call("GetAutomationExecution", { AutomationExecutionId: id })).to.have.property(
      "AutomationExecution",
    );
    clock.advance(0.1);
    expect(ids(call(api, {}))).to.deep.equal([id]);
  });

  it("shows a run that is ahead of the clock as it is now", () => {
    const { account, call, clock, start } = world();
    const id = start();
    account.ssm.updateExecution(id, {
      AutomationExecutionStatus: "Success",
      ExecutionEndTime: new Date(clock.now().getTime() + 1000),
    });
    expect(ids(call(api, filter("ExecutionStatus", "InProgress")))).to.deep.equal([id]);
    clock.advance(1);
    expect(ids(call(api, filter("ExecutionStatus", "InProgress")))).to.deep.equal([]);
  });

  const faults: [Members, string, string][] = [
    [{ MaxResults: 0 }, "ParamValidationError", "valid min value: 1"],
    [{ Filters: [] }, "ParamValidationError", "Invalid length for parameter Filters, value: 0"],
    [filter("ExecutionStatus"), "ParamValidationError", "Filters[0].Values, value: 0, valid min length: 1"],
    [{ MaxResults: 51 }, "ValidationException", "'51' at 'maxResults'"],
    [
      filter("ExecutionStatus", ...Array.from({ length: 11 }, () => "Failed")),
      "ValidationException",
      "at 'filters.1.member.values' failed to satisfy constraint: Member must have length less than or equal to 10",
    ],
    [filter("DocumentName", "refresh"), "ValidationException", "Member must satisfy enum value set"],
    [filter("ExecutionStatus", "Running"), "InvalidFilterValue", "Running is not a status"],
    [filter("StartTimeAfter", "yesterday"), "InvalidFilterValue", "yesterday"],
    [
      filter("StartTimeAfter", "2026-11-23T05:30:30Z", "2026-11-23T05:30:31Z"),
      "InvalidFilterValue",
      "takes one time",
    ],
    [{ NextToken: "x" }, "InvalidNextToken", "'x'"],
  ];
  for (const [params, code, words] of faults) {
    it(`answers ${code} to ${JSON.stringify(params).slice(0, 70)}`, () => {
      const { message, ...error } = refusal(() => world().call(api, params));
      expect(error).to.deep.equal({ code, status: 400 });
      expect(message).to.include(words);
    });
  }

  it("does not model other filters", () => {
    expect(() => world().call(api, filter("TagKey", "a"))).to.throw(NotModelled, 'Filters "TagKey"');
  });

  describe("permissions", () => {
    itNeeds([allow(`ssm:${api}`)], () => (caller) => world().call(api, {}, caller), denied);
  });
});
