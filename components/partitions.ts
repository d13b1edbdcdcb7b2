/** What differs between AWS's partitions, and a component has to know. */
interface Partition {
  /**
   * What host names end with. Services are principals under `amazonaws.com` in every partition; under which name a role is passed
   * to one is documented for China alone, where both are allowed.
   */
  readonly dnsSuffix: string;
  /** What follows the Region in the console's address. AWS publishes none for the isolated partitions. */
  readonly console?: string;
}

/**
 * Every partition that botocore knows. Sources: botocore 1.44.8, `data/partitions.json`; for the consoles AWS's pages on China,
 * GovCloud and the European Sovereign Cloud (docs.aws.eu, endpoints).
 */
const PARTITIONS: Readonly<Record<string, Partition>> = {
  aws: { dnsSuffix: "amazonaws.com", console: "console.aws.amazon.com" },
  "aws-cn": { dnsSuffix: "amazonaws.com.cn", console: "console.amazonaws.cn" },
  "aws-eusc": { dnsSuffix: "amazonaws.eu", console: "console.amazonaws-eusc.eu" },
  "aws-iso": { dnsSuffix: "c2s.ic.gov" },
  "aws-iso-b": { dnsSuffix: "sc2s.sgov.gov" },
  "aws-iso-e": { dnsSuffix: "cloud.adc-e.uk" },
  "aws-iso-f": { dnsSuffix: "csp.hci.ic.gov" },
  "aws-us-gov": { dnsSuffix: "amazonaws.com", console: "console.amazonaws-us-gov.com" },
};

/** What the console's address ends with, or nothing where none is public. */
export function consoleHost(partition: string): string | undefined {
  return PARTITIONS[partition]?.console;
}

/** The names of a service, as whom a role is passed to. */
export function servicePrincipals(service: string, partition: string): string[] {
  const suffixes = ["amazonaws.com", PARTITIONS[partition]?.dnsSuffix ?? "amazonaws.com"];
  return [...new Set(suffixes)].map((suffix) => `${service}.${suffix}`);
}
