import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import { NotModelled } from "../../../rehearsal/errors";
import { administrator, allow, at, furnished, goldenId, principal, refusal } from "./support";

// Machines that start and stop, their agents, and the commands of Run Command.

const SEND: Members = {
  InstanceIds: [goldenId],
  DocumentName: "AWS-RunPatchBaseline",
  Parameters: { Operation: ["Install"] },
  Comment: "ami-refresh",
  TimeoutSeconds: 600,
};
const INSTANCE = `arn:aws:ec2:ap-northeast-1:111122223333:instance/${goldenId}`;
const BASELINE = "arn:aws:ssm:ap-northeast-1::document/AWS-RunPatchBaseline";

function machine() {
  const { account, clock } = furnished();
  const ec2 = (api: string, caller = administrator) =>
    account.call(caller, "ec2", api, { InstanceIds: [goldenId] });
  const ssm = (api: string, params: Members, caller = administrator) =>
    account.call(caller, "ssm", api, params);
  return {
    account,
    clock,
    ec2,
    ssm,
    state: () => {
      account.catchUp();
      return account.ec2.instances.get(goldenId)?.instance.State.Name;
    },
    ping: () => {
      const asked = { Filters: [{ Key: "InstanceIds", Values: [goldenId] }] };
      const [told] = ssm("DescribeInstanceInformation", asked).InstanceInformationList as Members[];
      return told?.PingStatus;
    },
    send: (params: Members = {}) =>
      String(at(ssm("SendCommand", { ...SEND, ...params }), "Command", "CommandId")),
    status: (id: string) => at(ssm("ListCommands", { CommandId: id }), "Commands", 0, "Status"),
  };
}

describe("a machine", () => {
  it("takes its time to stop, says since when, and takes it to start again", () => {
    const { account, clock, ec2, state, ping } = machine();
    expect(at(ec2("StopInstances"), "StoppingInstances", 0, "PreviousState", "Name")).to.equal("running");
    expect(state()).to.equal("stopping");
    clock.advance(60);
    expect(state()).to.equal("stopped");
    const record = account.ec2.instances.get(goldenId);
    expect(record?.instance.StateTransitionReason).to.equal("User initiated (2026-11-23 05:30:00 GMT)");
    expect(ping()).to.equal(undefined);
    expect(at(ec2("StartInstances"), "StartingInstances", 0, "CurrentState", "Name")).to.equal("pending");
    expect(record?.instance.LaunchTime).to.deep.equal(clock.now());
    expect(record?.instance.StateTransitionReason).to.equal("");
    clock.advance(30);
    expect(state()).to.equal("running");
    expect(ping()).to.equal("ConnectionLost");
    clock.advance(60);
    expect(ping()).to.equal("Online");
  });

  it("is left as it is where it is in that state already, and refuses what it cannot do now", () => {
    const { clock, ec2, state } = machine();
    expect(at(ec2("StartInstances"), "StartingInstances", 0, "PreviousState", "Name")).to.equal("running");
    ec2("StopInstances");
    expect(refusal(() => ec2("StartInstances"))).to.include({ code: "IncorrectInstanceState" });
    clock.advance(60);
    expect(state()).to.equal("stopped");
    ec2("StopInstances");
    ec2("StartInstances");
    expect(refusal(() => ec2("StopInstances"))).to.include({ code: "IncorrectInstanceState" });
  });

  it("with a customer's key starts only for who may let EC2 use it", () => {
    const { account, clock, ec2 } = machine();
    const { Arn } = account.kms.addKey("CUSTOMER");
    account.ec2.instances.get(goldenId)?.volumes.forEach((volume) => {
      Object.assign(volume, { Encrypted: true, KmsKeyId: Arn });
    });
    ec2("StopInstances");
    clock.advance(60);
    const starts = allow("ec2:StartInstances", INSTANCE);
    const record = account.ec2.instances.get(goldenId);
    ec2("StartInstances", principal(starts));
    clock.advance(60);
    account.catchUp();
    expect(record?.instance.State.Name).to.equal("stopped");
    expect(record?.instance.StateReason).to.include({ Code: "Client.InternalError" });
    const grants = allow("kms:CreateGrant", Arn, { Bool: { "kms:GrantIsForAWSResource": "true" } });
    ec2("StartInstances", principal(starts, grants));
    clock.advance(60);
    account.catchUp();
    expect(record?.instance.State.Name).to.equal("running");
    expect(record?.instance.StateReason).to.equal(undefined);
  });
});

describe("a command", () => {
  it("is pending, at work and at its end, and says what the instance said", () => {
    const { clock, ssm, send, status } = machine();
    const id = send();
    expect(status(id)).to.equal("Pending");
    clock.advance(5);
    expect(status(id)).to.equal("InProgress");
    clock.advance(420);
    expect(status(id)).to.equal("Success");
    const found = ssm("ListCommandInvocations", { CommandId: id, Details: true });
    expect(at(found, "CommandInvocations", 0, "CommandPlugins", 0, "Output")).to.equal("Patched");
    expect(
      at(ssm("ListCommandInvocations", { CommandId: id }), "CommandInvocations", 0, "CommandPlugins"),
    ).to.deep.equal([]);
  });

  it("is found by its instance and its time", () => {
    const { clock, ssm, send } = machine();
    send();
    clock.advance(60);
    const later = send();
    const found = (Filters: Members[]) =>
      (ssm("ListCommands", { InstanceId: goldenId, Filters }).Commands as Members[]).map(
        ({ CommandId }) => CommandId,
      );
    expect(found([{ key: "InvokedAfter", value: "2026-11-23T05:31:00Z" }])).to.deep.equal([later]);
    expect(found([{ key: "InvokedAfter", value: "2026-11-23T05:30:00Z" }])).to.have.length(2);
    expect(() => found([{ key: "Status", value: "Success" }])).to.throw(
      NotModelled,
      'ssm:ListCommands Filters "Status"',
    );
  });

  it("ends when it is cancelled, unless it has ended", () => {
    const { clock, ssm, send, status } = machine();
    const id = send();
    ssm("CancelCommand", { CommandId: id });
    expect(status(id)).to.equal("Cancelling");
    clock.advance(10);
    expect(status(id)).to.equal("Cancelled");
    const other = send();
    clock.advance(420);
    ssm("CancelCommand", { CommandId: other });
    expect(status(other)).to.equal("Success");
    const none = "00000000-0000-4000-8000-000000000000";
    expect(refusal(() => ssm("CancelCommand", { CommandId: none }))).to.include({ code: "InvalidCommandId" });
  });

  it("is not delivered to an agent that is not reached", () => {
    const { account, clock, send, status } = machine();
    account.ssm.runCommand.lost.add(goldenId);
    const id = send();
    clock.advance(599);
    expect(status(id)).to.equal("Pending");
    clock.advance(1);
    expect(status(id)).to.equal("TimedOut");
  });

  it("is refused for an instance that is not managed, and without what the document asks for", () => {
    const { account, send } = machine();
    expect(refusal(() => send({ Parameters: {} }))).to.include({ code: "InvalidParameters" });
    account.ssm.runCommand.unmanaged.add(goldenId);
    expect(refusal(() => send())).to.include({ code: "InvalidInstanceId" });
  });

  it("asks for a right on the document and for one on the instance", () => {
    const { ssm } = machine();
    const [document, instance] = [BASELINE, INSTANCE].map((resource) => allow("ssm:SendCommand", resource));
    ssm("SendCommand", SEND, principal(document, instance));
    for (const statement of [document, instance]) {
      expect(refusal(() => ssm("SendCommand", SEND, principal(statement)))).to.include({
        code: "AccessDeniedException",
      });
    }
    const own = "arn:aws:ssm:ap-northeast-1:111122223333:document/Mine";
    ssm("SendCommand", { ...SEND, DocumentName: "Mine" }, principal(allow("ssm:SendCommand", own), instance));
    const shared = "arn:aws:ssm:ap-northeast-1:999999999999:document/Mine";
    ssm(
      "SendCommand",
      { ...SEND, DocumentName: shared },
      principal(allow("ssm:SendCommand", shared), instance),
    );
  });
});
