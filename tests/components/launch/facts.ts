import type { LaunchFacts } from "../../../components/launch/facts";

// Facts for tests of what follows from them.

export const TEMPLATE = "lt-0123456789abcdef0";
export const OTHER_TEMPLATE = "lt-0fedcba9876543210";
export const ROLE = "arn:aws:iam::123456789012:role/web";

/** A launch configuration with an instance profile. */
export const CONFIGURATION: LaunchFacts = {
  kind: "configuration",
  templates: [],
  roleArns: [ROLE],
  taggedTypes: [],
  usedTypes: [],
  namedArns: [],
  keyArns: [],
};

/** One template by a version number, with everything that a template can name. */
export const BY_NUMBER: LaunchFacts = {
  kind: "template",
  templates: [{ id: TEMPLATE, refersBy: ["number"] }],
  roleArns: [ROLE],
  taggedTypes: ["instance", "volume"],
  usedTypes: ["capacity-reservation", "key-pair", "placement-group", "snapshot", "spot-instances-request"],
  namedArns: [
    "arn:aws:ec2:ap-northeast-1:123456789012:secondary-subnet/ss-1",
    "arn:aws:license-manager:ap-northeast-1:123456789012:license-configuration:lic-1",
  ],
  keyArns: ["arn:aws:kms:ap-northeast-1:123456789012:key/1"],
};

const NOTHING_LAUNCHED = { roleArns: [], taggedTypes: [], usedTypes: [], namedArns: [], keyArns: [] };

export const BY_DEFAULT: LaunchFacts = {
  ...NOTHING_LAUNCHED,
  kind: "template",
  templates: [{ id: TEMPLATE, refersBy: ["default"] }],
};

export const BY_LATEST: LaunchFacts = {
  ...NOTHING_LAUNCHED,
  kind: "template",
  templates: [{ id: TEMPLATE, refersBy: ["latest"] }],
};

/** One template by its latest version, which takes its image from a parameter. */
export const BY_PARAMETER: LaunchFacts = {
  ...NOTHING_LAUNCHED,
  kind: "parameter",
  parameter: "/images/web",
  templates: [{ id: TEMPLATE, refersBy: ["latest"] }],
};

export const MIXED: LaunchFacts = {
  ...NOTHING_LAUNCHED,
  kind: "mixed",
  templates: [
    { id: TEMPLATE, refersBy: ["default", "number"] },
    { id: OTHER_TEMPLATE, refersBy: ["latest"] },
  ],
};
