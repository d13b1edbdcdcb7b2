import { expect } from "chai";
import { Account } from "../../../rehearsal/account/account";
import type { Members, Value } from "../../../rehearsal/account/api";
import { Clock } from "../../../rehearsal/account/clock";
import { AwsError } from "../../../rehearsal/account/errors";
import type { Principal } from "../../../rehearsal/account/iam";
import type { Statement } from "../../../rehearsal/account/policy";
import { furnish } from "../../../rehearsal/account/world";
import type { SourceKind } from "../../../rehearsal/account/world/sourceKinds";

export const place = { partition: "aws", region: "ap-northeast-1", accountId: "111122223333" };
export const goldenId = "i-0123456789abcdef0";
export const roleArn = "arn:aws:iam::111122223333:role/app/web";
export const start = new Date("2026-11-23T05:30:00.000Z");

/** Somebody with these permissions. */
export function principal(...statements: Statement[]): Principal {
  return {
    arn: "arn:aws:sts::111122223333:assumed-role/automation/run",
    policies: [{ Version: "2012-10-17", Statement: statements }],
  };
}

export function allow(action: string, resource = "*", condition: Statement["Condition"] = {}): Statement {
  return { Effect: "Allow", Action: action, Resource: resource, Condition: condition };
}

export const administrator = principal(allow("*"));

/** An account with the golden instance, whose profile has a role, and the group `web` on what is wanted. */
export function furnished(launchSource?: SourceKind): { account: Account; clock: Clock; call: Call } {
  const clock = new Clock(start);
  const account = new Account(place, clock);
  furnish(account, {
    instanceId: goldenId,
    groupName: "web",
    launchSource,
    instanceProfileRoleArn: roleArn,
  });
  const call: Call = (api, params, caller = administrator) =>
    account.call(caller, serviceOf(api), api, params);
  return { account, clock, call };
}

export type Call = (api: string, params: Members, caller?: Principal) => Members;

function serviceOf(api: string): string {
  if (/AutomationExecution|Parameter$/.test(api)) {
    return "ssm";
  }
  return /Scaling|LaunchConfiguration|InstanceRefresh/.test(api) ? "autoscaling" : "ec2";
}

/** The error that AWS answers with. */
export function refusal(act: () => unknown): { code: string; message: string; status: number } {
  try {
    act();
  } catch (error) {
    expect(error).to.be.instanceOf(AwsError);
    const { code, message, status } = error as AwsError;
    return { code, message, status };
  }
  throw new Error("AWS did not refuse");
}

/** A member of an answer, by its path. */
export function at(value: Value, ...path: (string | number)[]): Value {
  return path.reduce((inside, step) => (inside as Record<string | number, Value>)[step], value);
}

/**
 * Every permission of a list is needed: with all of them the call is made, without any one of them it is refused, and
 * `words` says how.
 */
export function itNeeds(
  needs: Statement[],
  make: () => (caller: Principal) => unknown,
  words: (missing: Statement) => { code: string; message: string; status: number },
): void {
  it("is made with exactly these permissions", () => {
    make()(principal(...needs));
  });
  for (const missing of needs) {
    it(`is refused without ${String(missing.Action)} on ${String(missing.Resource)}`, () => {
      const call = make();
      const rest = principal(...needs.filter((need) => need !== missing));
      expect(refusal(() => call(rest))).to.deep.equal(words(missing));
    });
  }
}

/** What AWS says of a missing permission, whichever service says it. */
export function notAllowed(caller: Principal, { Action, Resource }: Statement): string {
  const where = Resource === "*" ? "" : ` on resource: ${String(Resource)}`;
  return `User: ${caller.arn} is not authorized to perform: ${String(Action)}${where} because no identity-based policy allows the ${String(Action)} action`;
}
