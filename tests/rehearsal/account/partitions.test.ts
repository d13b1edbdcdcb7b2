import { expect } from "chai";
import { partitionOf } from "../../../rehearsal/account/partitions";
import { PLACES } from "../../mocks";

describe("what the rehearsal believes of a Region", () => {
  for (const { region, partition } of PLACES) {
    it(`${region} is in ${partition}`, () => expect(partitionOf(region)?.name).to.equal(partition));
  }

  it("is also right for the others, and for one that comes later", () => {
    const others = {
      "us-gov-east-1": "aws-us-gov",
      "cn-northwest-1": "aws-cn",
      "us-isob-west-1": "aws-iso-b",
    };
    const later = {
      "eu-south-9": "aws",
      "mx-central-1": "aws",
      "il-central-1": "aws",
      "us-isof-east-1": "aws-iso-f",
    };
    for (const [region, partition] of Object.entries({ ...others, ...later })) {
      expect(partitionOf(region)?.name, region).to.equal(partition);
    }
  });

  it("is nothing where no partition has it", () => {
    for (const region of [
      "",
      "tokyo",
      "ap-northeast",
      "ap-northeast-1a",
      "xx-north-1",
      "AP-NORTHEAST-1",
      "aws-global",
    ]) {
      expect(partitionOf(region), region).to.equal(undefined);
    }
  });
});
