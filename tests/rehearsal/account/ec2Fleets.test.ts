import { expect } from "chai";
import type { Members } from "../../../rehearsal/account/api";
import type { Fleet } from "../../../rehearsal/account/ec2/launchTemplateShapes";
import { NotModelled } from "../../../rehearsal/errors";
import { allow, furnished, itNeeds, notAllowed, principal, refusal } from "./support";

const latest = { LaunchTemplateId: "lt-12345678", Version: "$Latest" };
const named = { LaunchTemplateName: "batch", Version: "2" };

const fleets: Fleet[] = [
  { id: "fleet-1", kind: "ec2", state: "active", type: "maintain", specifications: [latest, named] },
  { id: "fleet-2", kind: "ec2", state: "deleted_running", type: "request", specifications: [named] },
  { id: "fleet-3", kind: "ec2", state: "active", type: "request", specifications: [] },
  { id: "sfr-1", kind: "spot", state: "active", type: "maintain", specifications: [latest] },
  { id: "sfr-2", kind: "spot", state: "cancelled", type: "request", specifications: [named] },
];

function world() {
  const { account, call } = furnished();
  account.ec2.fleets.splice(0, Infinity, ...fleets);
  return { account, call };
}

function unauthorized(missing: Parameters<typeof notAllowed>[1]) {
  const message = `You are not authorized to perform this operation. ${notAllowed(principal(), missing)}`;
  return { code: "UnauthorizedOperation", message, status: 403 };
}

const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

describe("DescribeFleets", () => {
  const ids = (answer: Members) => (answer.Fleets as Members[]).map(({ FleetId }) => FleetId);

  it("gives EC2 fleets with the templates that they launch from", () => {
    const [fleet] = world().call("DescribeFleets", {}).Fleets as Members[];
    expect(fleet).to.deep.equal({
      FleetId: "fleet-1",
      FleetState: "active",
      Type: "maintain",
      LaunchTemplateConfigs: [
        { LaunchTemplateSpecification: latest, Overrides: [] },
        { LaunchTemplateSpecification: named, Overrides: [] },
      ],
    });
  });

  const cases: [Members, string[]][] = [
    [{}, ["fleet-1", "fleet-2", "fleet-3"]],
    [filter("fleet-state", "active"), ["fleet-1", "fleet-3"]],
    [filter("fleet-state", "deleted-running", "modifying"), ["fleet-2"]],
    [filter("type", "request"), ["fleet-2", "fleet-3"]],
  ];
  for (const [params, expected] of cases) {
    it(`${JSON.stringify(params)} gives ${expected.join(", ")}`, () => {
      expect(ids(world().call("DescribeFleets", params))).to.deep.equal(expected);
    });
  }

  it("answers in pages", () => {
    const { call } = world();
    const first = call("DescribeFleets", { MaxResults: 2 });
    expect(ids(first)).to.deep.equal(["fleet-1", "fleet-2"]);
    expect(ids(call("DescribeFleets", { MaxResults: 2, NextToken: first.NextToken }))).to.deep.equal([
      "fleet-3",
    ]);
  });

  it("does not model other filters", () => {
    expect(() => world().call("DescribeFleets", filter("activity-status", "error"))).to.throw(
      NotModelled,
      'ec2:DescribeFleets Filters "activity-status"',
    );
  });

  describe("permissions", () => {
    itNeeds(
      [allow("ec2:DescribeFleets")],
      () => (caller) => world().call("DescribeFleets", {}, caller),
      unauthorized,
    );
  });
});

describe("DescribeSpotFleetRequests", () => {
  it("gives Spot fleet requests, whatever their state", () => {
    const answer = world().call("DescribeSpotFleetRequests", {});
    expect(answer).not.to.have.property("NextToken");
    const [first, second] = answer.SpotFleetRequestConfigs as Members[];
    expect(first).to.deep.equal({
      SpotFleetRequestId: "sfr-1",
      SpotFleetRequestState: "active",
      SpotFleetRequestConfig: {
        IamFleetRole: "arn:aws:iam::111122223333:role/aws-ec2-spot-fleet-tagging-role",
        TargetCapacity: 1,
        Type: "maintain",
        LaunchTemplateConfigs: [{ LaunchTemplateSpecification: latest, Overrides: [] }],
      },
      Tags: [],
    });
    expect(second).to.include({ SpotFleetRequestId: "sfr-2", SpotFleetRequestState: "cancelled" });
  });

  it("answers in pages", () => {
    const { account, call } = world();
    account.ec2.longestPage = 1;
    expect(call("DescribeSpotFleetRequests", {}).NextToken).to.equal("1");
    const second = call("DescribeSpotFleetRequests", { NextToken: "1" });
    expect((second.SpotFleetRequestConfigs as Members[])[0]).to.include({ SpotFleetRequestId: "sfr-2" });
    expect(refusal(() => call("DescribeSpotFleetRequests", { NextToken: "3" })).code).to.equal(
      "InvalidNextToken",
    );
  });

  describe("permissions", () => {
    itNeeds(
      [allow("ec2:DescribeSpotFleetRequests")],
      () => (caller) => world().call("DescribeSpotFleetRequests", {}, caller),
      unauthorized,
    );
  });
});
