import type { GetLaunchTemplateResult } from "@pulumi/aws/ec2/getLaunchTemplate";
import { expect } from "chai";
import { listNamedArns, listNamedTypes } from "../../../components/launch/launchedResources";

const PLACE = { partition: "aws-cn", region: "cn-north-1", accountId: "210987654321" };
const SPOT = "arn:aws-cn:ec2:cn-north-1:210987654321:spot-instances-request/*";

/** Only what matters here of a look-up's answer. */
function template(given: object): GetLaunchTemplateResult {
  return given as GetLaunchTemplateResult;
}

const ebs = (snapshotId: string) => ({ deviceName: "/dev/sdb", ebs: [{ snapshotId }] });
const reservation = (target: object) => ({
  capacityReservationSpecifications: [
    { capacityReservationPreference: "open" },
    { capacityReservationTargets: [target] },
  ],
});

// Every resource type of RunInstances that not every launch uses, as a template can name one, and as it names none.
const CASES: Record<string, [given: object, types: string[], arns: string[]]> = {
  "nothing, where the provider leaves empty members out": [{}, [], []],
  "nothing, where the provider gives them empty": [
    {
      keyName: "",
      placements: [
        { groupName: "", groupId: "", hostResourceGroupArn: "", tenancy: "dedicated", hostId: "h-1" },
      ],
      blockDeviceMappings: [{ deviceName: "/dev/sdb", noDevice: "true" }, ebs("")],
      instanceMarketOptions: [],
      tagSpecifications: [{ resourceType: "instance" }],
      ...reservation({ capacityReservationId: "", capacityReservationResourceGroupArn: "" }),
    },
    [],
    [],
  ],
  "a key pair": [{ keyName: "ops" }, ["key-pair"], []],
  "a placement group by its name": [{ placements: [{ groupName: "close" }] }, ["placement-group"], []],
  "a placement group by its id": [{ placements: [{ groupId: "pg-1" }] }, ["placement-group"], []],
  "a snapshot for a data volume": [{ blockDeviceMappings: [ebs("snap-1")] }, ["snapshot"], []],
  "a capacity reservation": [reservation({ capacityReservationId: "cr-1" }), ["capacity-reservation"], []],
  "a resource group of capacity reservations": [
    reservation({ capacityReservationResourceGroupArn: "arn:group/reserved" }),
    [],
    ["arn:group/reserved"],
  ],
  "a resource group of hosts": [
    { placements: [{ hostResourceGroupArn: "arn:group/hosts" }] },
    [],
    ["arn:group/hosts"],
  ],
  "a license configuration": [
    { licenseSpecifications: [{ licenseConfigurationArn: "arn:license" }] },
    [],
    ["arn:license"],
  ],
  "a secondary subnet": [
    { secondaryInterfaces: [{ secondarySubnetId: "ss-1" }] },
    [],
    ["arn:aws-cn:ec2:cn-north-1:210987654321:secondary-subnet/ss-1"],
  ],
  "Spot Instances": [{ instanceMarketOptions: [{ marketType: "spot" }] }, [], [SPOT]],
  "tags for Spot requests": [{ tagSpecifications: [{ resourceType: "spot-instances-request" }] }, [], [SPOT]],
  "Spot Instances and tags for their requests": [
    {
      instanceMarketOptions: [{ marketType: "spot" }],
      tagSpecifications: [{ resourceType: "spot-instances-request" }],
    },
    [],
    [SPOT],
  ],
  "capacity blocks, which make no such request": [
    { instanceMarketOptions: [{ marketType: "capacity-block" }] },
    [],
    [],
  ],
};

describe("what a launch uses because its template names it", () => {
  for (const [what, [given, types, arns]] of Object.entries(CASES)) {
    it(what, () => {
      expect(listNamedTypes(template(given))).to.deep.equal(types);
      expect(listNamedArns(template(given), PLACE)).to.deep.equal(arns);
    });
  }
});
