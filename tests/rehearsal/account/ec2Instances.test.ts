import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import { NotModelled } from "../../../rehearsal/errors";
import { furnished, goldenId, refusal } from "./support";

const api = "DescribeInstances";
const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

function ids(answer: Members): string[] {
  const reservations = answer.Reservations as Members[];
  return reservations.flatMap(({ Instances }) =>
    (Instances as Members[]).map(({ InstanceId }) => String(InstanceId)),
  );
}

/** The account, whose second member is stopped. */
function world() {
  const { account, call } = furnished();
  const records = [...account.ec2.instances.values()].map(({ instance }) => instance);
  const members = records.filter(({ Tags }) => Tags.some(({ Value }) => Value === "web"));
  members[1].State = { Code: 80, Name: "stopped" };
  return { account, call, members: members.map(({ InstanceId }) => InstanceId), image: members[0].ImageId };
}

describe(`${api} with filters`, () => {
  it("gives the instances of an image, in a state, with a tag or an id", () => {
    const { call, members, image } = world();
    expect(ids(call(api, filter("image-id", image)))).to.deep.equal(members);
    const ofBoth = {
      Filters: [...filter("image-id", image).Filters, ...filter("instance-state-name", "stopped").Filters],
    };
    expect(ids(call(api, ofBoth))).to.deep.equal([members[1]]);
    expect(ids(call(api, filter("tag:aws:autoscaling:groupName", "web")))).to.deep.equal(members);
    expect(ids(call(api, filter("tag-key", "team")))).to.have.length(1);
    expect(ids(call(api, filter("instance-id", goldenId, "i-12345678")))).to.deep.equal([goldenId]);
    expect(ids(call(api, { InstanceIds: [goldenId], ...filter("image-id", image) }))).to.deep.equal([]);
    expect(() => call(api, filter("vpc-id", "vpc-1"))).to.throw(
      NotModelled,
      'ec2:DescribeInstances Filters "vpc-id"',
    );
  });

  it("takes at most 200 values", () => {
    const { call } = world();
    const values = (count: number) => Array.from({ length: count }, () => goldenId);
    expect(ids(call(api, filter("instance-id", ...values(200))))).to.deep.equal([goldenId]);
    const two = [
      ...filter("instance-id", ...values(200)).Filters,
      ...filter("image-id", "ami-12345678").Filters,
    ];
    expect(refusal(() => call(api, { Filters: two }))).to.deep.equal({
      code: "FilterLimitExceeded",
      message: "The maximum number of filter values specified on a single call is 200",
      status: 400,
    });
  });
});

describe(`${api} in pages`, () => {
  it("gives so many instances at a time", () => {
    const { call } = world();
    const all = ids(call(api, {}));
    const first = call(api, { MaxResults: 5 });
    expect(ids(first)).to.deep.equal(all.slice(0, 5));
    const rest = call(api, { MaxResults: 5, NextToken: first.NextToken });
    expect(ids(rest)).to.deep.equal(all.slice(5));
    expect(rest).not.to.have.property("NextToken");
  });

  it("gives shorter ones where a test wants that", () => {
    const { account, call } = world();
    account.ec2.longestPage = 1;
    expect(ids(call(api, {}))).to.deep.equal([goldenId]);
  });

  const faults: [Members, string, string][] = [
    [{ MaxResults: 4 }, "InvalidParameterValue", "Expecting a value greater than 5."],
    [{ MaxResults: 1001 }, "InvalidParameterValue", "Expecting a value smaller than 1000."],
    [{ MaxResults: 5, InstanceIds: [goldenId] }, "InvalidParameterCombination", "instancesSet"],
    [{ NextToken: "x" }, "InvalidNextToken", "'x'"],
  ];
  for (const [params, code, words] of faults) {
    it(`answers ${code} to ${JSON.stringify(params)}`, () => {
      const { message, ...error } = refusal(() => world().call(api, params));
      expect(error).to.deep.equal({ code, status: 400 });
      expect(message).to.include(words);
    });
  }
});
