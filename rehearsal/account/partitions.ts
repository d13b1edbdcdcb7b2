/** One of AWS's partitions: the Regions that it has or will have, and what its host names end with. */
interface Partition {
  readonly name: string;
  readonly regions: RegExp;
  readonly dnsSuffix: string;
}

/** Source: botocore 1.44.8, `data/partitions.json`. */
const PARTITIONS: readonly Partition[] = [
  { name: "aws", regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/, dnsSuffix: "amazonaws.com" },
  { name: "aws-cn", regions: /^cn-\w+-\d+$/, dnsSuffix: "amazonaws.com.cn" },
  { name: "aws-eusc", regions: /^eusc-(de)-\w+-\d+$/, dnsSuffix: "amazonaws.eu" },
  { name: "aws-iso", regions: /^us-iso-\w+-\d+$/, dnsSuffix: "c2s.ic.gov" },
  { name: "aws-iso-b", regions: /^us-isob-\w+-\d+$/, dnsSuffix: "sc2s.sgov.gov" },
  { name: "aws-iso-e", regions: /^eu-isoe-\w+-\d+$/, dnsSuffix: "cloud.adc-e.uk" },
  { name: "aws-iso-f", regions: /^us-isof-\w+-\d+$/, dnsSuffix: "csp.hci.ic.gov" },
  { name: "aws-us-gov", regions: /^us-gov-\w+-\d+$/, dnsSuffix: "amazonaws.com" },
];

/** The partition that a Region is in, or nothing where none can have it. */
export function partitionOf(region: string): Partition | undefined {
  return PARTITIONS.find(({ regions }) => regions.test(region));
}
