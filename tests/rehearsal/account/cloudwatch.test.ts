import { expect } from "chai";
import type { Account } from "../../../rehearsal/account/account";
import type { Members } from "../../../rehearsal/account/api";
import type { Alarm } from "../../../rehearsal/account/cloudwatch/alarm";
import { evaluateAlarms } from "../../../rehearsal/account/cloudwatch/alarms";
import { administrator, allow, furnished, notAllowed, principal, refusal } from "./support";

const DAY = 24 * 60 * 60;
const TOPIC = "arn:aws:sns:ap-northeast-1:111122223333:people";
const metric = { namespace: "AmiRefresh", name: "Hours", dimensions: { Group: "web" } };
const hours = (value: number): Members => ({
  MetricName: "Hours",
  Dimensions: [{ Name: "Group", Value: "web" }],
  Value: value,
});

const put = (account: Account, data: Members[], caller = administrator, Namespace = "AmiRefresh") =>
  account.call(caller, "cloudwatch", "PutMetricData", { Namespace, MetricData: data });

describe("PutMetricData", () => {
  it("puts each value of now, by namespace, name and dimensions", () => {
    const { account } = furnished();
    expect(put(account, [hours(1.5), { MetricName: "Other", Value: 2 }])).to.deep.equal({});
    const values = (id: typeof metric) => account.cloudwatch.values(id, 0, Infinity);
    expect(values(metric)).to.deep.equal([1.5]);
    expect(values({ ...metric, namespace: "Else" })).to.deep.equal([]);
  });

  it("is asked of its namespace", () => {
    const condition = { StringEquals: { "cloudwatch:namespace": "AmiRefresh" } };
    const caller = principal(allow("cloudwatch:PutMetricData", "*", condition));
    put(furnished().account, [hours(1)], caller);
    expect(refusal(() => put(furnished().account, [hours(1)], caller, "Else"))).to.deep.equal({
      code: "AccessDenied",
      message: notAllowed(principal(), allow("cloudwatch:PutMetricData")),
      status: 403,
    });
  });
});

/** An account with an alarm whose every change of state is published. */
function alarmed(wanted: Partial<Alarm> = {}) {
  const { account, clock } = furnished();
  const alarm: Alarm = {
    name: "old",
    arn: "arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:old",
    description: "The image is old.",
    metric,
    statistic: "Maximum",
    comparison: "GreaterThanThreshold",
    threshold: 38,
    periodSeconds: DAY,
    periods: 1,
    missing: "ignore",
    actionsEnabled: true,
    alarmActions: [TOPIC],
    okActions: [TOPIC],
    state: "INSUFFICIENT_DATA",
    hasBeenOk: false,
    ...wanted,
  };
  account.cloudwatch.alarms.push(alarm);
  const evaluated = (value?: number) => {
    if (value !== undefined) {
      put(account, [hours(value)]);
    }
    evaluateAlarms(account);
    return alarm.state;
  };
  const subjects = () => account.sns.messages.map(({ subject }) => subject.split(":")[0]);
  return { account, clock, evaluated, subjects };
}

describe("an alarm", () => {
  it("tells of each change of its state, and of nothing else", () => {
    const { clock, evaluated, subjects } = alarmed();
    const states = [undefined, 20, 44, undefined, 68, 2, undefined].map((value) => {
      clock.advance(DAY);
      return evaluated(value);
    });
    expect(states).to.deep.equal(["INSUFFICIENT_DATA", "OK", "ALARM", "ALARM", "ALARM", "OK", "OK"]);
    expect(subjects()).to.deep.equal(["OK", "ALARM", "OK"]);
  });

  it("is silent where its actions are not enabled, and knows its state all the same", () => {
    const { evaluated, subjects } = alarmed({ actionsEnabled: false });
    expect(evaluated(44)).to.equal("ALARM");
    expect(subjects()).to.deep.equal([]);
  });

  for (const [missing, first, later] of [
    ["missing", "INSUFFICIENT_DATA", "INSUFFICIENT_DATA"],
    ["ignore", "INSUFFICIENT_DATA", "ALARM"],
    ["breaching", "ALARM", "ALARM"],
    ["notBreaching", "OK", "OK"],
  ] as const) {
    it(`takes what is missing as ${missing}, when nothing is there in two further periods either`, () => {
      const { clock, evaluated } = alarmed({ missing });
      expect(evaluated()).to.equal(first);
      expect(evaluated(50)).to.equal("ALARM");
      clock.advance(2 * DAY);
      expect(evaluated()).to.equal("ALARM");
      clock.advance(DAY);
      expect(evaluated()).to.equal(later);
    });
  }

  // AWS's table for three periods of which all have to breach; "-" is a day without data, the last is the newest.
  for (const [days, states] of [
    ["1 - 50 - 50", ["OK", "OK", "OK", "OK"]],
    ["- - - - 1", ["OK", "OK", "OK", "OK"]],
    ["- - - - -", ["INSUFFICIENT_DATA", "INSUFFICIENT_DATA", "ALARM", "OK"]],
    ["1 50 50 - 50", ["ALARM", "ALARM", "ALARM", "ALARM"]],
    ["- - 50 - -", ["ALARM", "INSUFFICIENT_DATA", "ALARM", "OK"]],
  ] as const) {
    for (const [index, missing] of (["missing", "ignore", "breaching", "notBreaching"] as const).entries()) {
      it(`of three periods is ${states[index]} after ${days} with ${missing}`, () => {
        const { account, clock, evaluated } = alarmed({ periods: 3, missing });
        for (const day of days.split(" ")) {
          clock.advance(DAY);
          put(account, day === "-" ? [] : [hours(Number(day))]);
        }
        expect(evaluated()).to.equal(states[index]);
      });
    }
  }

  it("on too few samples is in ALARM until the first, and again four days after the last", () => {
    const { clock, evaluated, subjects } = alarmed({
      statistic: "SampleCount",
      comparison: "LessThanThreshold",
      threshold: 1,
      periods: 2,
      missing: "breaching",
    });
    expect(evaluated()).to.equal("ALARM");
    for (let day = 0; day < 3; day++) {
      expect(evaluated(5)).to.equal("OK");
      clock.advance(DAY);
    }
    const states = [2, 3, 4, 5].map(() => {
      clock.advance(DAY);
      return evaluated();
    });
    expect(states).to.deep.equal(["OK", "OK", "ALARM", "ALARM"]);
    expect(subjects()).to.deep.equal(["ALARM", "OK", "ALARM"]);
  });
});
