import { expect } from "chai";
import { executionsUrl } from "../../components/console";
import { consoleHost, servicePrincipals } from "../../components/partitions";
import { passedTo } from "../../components/permissions/policy";
import { partitionOf } from "../../rehearsal/account/partitions";
import { AmiRefresh } from "../../components";
import { PLACES, underMocks, valueOf } from "../mocks";

describe("in every partition", () => {
  const consoles: Record<string, string | undefined> = {
    aws: "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
    "aws-eusc": "console.amazonaws-eusc.eu",
  };
  for (const place of PLACES) {
    const { partition, region } = place;
    it(`${partition}: the console, or none where AWS publishes no address`, () => {
      expect(consoleHost(partition)).to.equal(consoles[partition]);
      expect(executionsUrl(place)).to.equal(
        consoles[partition] &&
          `https://${region}.${consoles[partition]}/systems-manager/automation/executions?region=${region}`,
      );
    });

    it(`${partition}: a service's name is the common one, and the partition's own where it has one`, () => {
      const own = `ec2.${partitionOf(region)?.dnsSuffix}`;
      expect(servicePrincipals("ec2", partition)).to.deep.equal(
        own === "ec2.amazonaws.com" ? [own] : ["ec2.amazonaws.com", own],
      );
      expect(passedTo("ec2", partition)).to.deep.equal({
        StringEquals: { "iam:PassedToService": servicePrincipals("ec2", partition) },
      });
    });
  }

  it("one that is not known has the common names and no console", () => {
    expect(servicePrincipals("ssm", "aws-new")).to.deep.equal(["ssm.amazonaws.com"]);
    expect(consoleHost("aws-new")).to.equal(undefined);
  });

  it("the component's output is undefined where there is no address", async () => {
    const place = PLACES.find(({ partition }) => partition === "aws-iso");
    const args = {
      instanceId: "i-0123456789abcdef0",
      autoScalingGroupName: "web",
      prefix: "web",
      cron: "0 1 * * ? *",
    };
    const { value } = await underMocks(() => new AmiRefresh("web", args), { place });
    expect(await valueOf<string | undefined>(value.executionsUrl)).to.equal(undefined);
  });
});
