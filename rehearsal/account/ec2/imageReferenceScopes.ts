import { AwsError } from "../errors";

export interface ResourceTypeRequest {
  ResourceType?: string;
  ResourceTypeOptions?: { OptionName?: string; OptionValues?: string[] }[];
}

/** Where DescribeImageReferences looks for references. */
export interface Scopes {
  /** The states of instances that count; without any, instances do not. */
  states: string[];
  /** How many of a template's newest versions count: 0 where templates do not. */
  versionDepth: number;
  /** The other types of resources. */
  others: string[];
}

const allStates = ["pending", "running", "shutting-down", "terminated", "stopping", "stopped"];
const usualDepth = 10;
const deepest = 10_000;
const otherTypes = ["ssm:Parameter", "imagebuilder:ImageRecipe", "imagebuilder:ContainerRecipe"];
const types = ["ec2:Instance", "ec2:LaunchTemplate", ...otherTypes];

interface Asked {
  IncludeAllResourceTypes?: boolean;
  ResourceTypes?: ResourceTypeRequest[];
}

/** What a request asks for; where it asks for all types, those that it names beside that have their own options. */
export function readResourceTypes({
  IncludeAllResourceTypes: all,
  ResourceTypes: named = [],
}: Asked): Scopes {
  if (!all && named.length === 0) {
    throw new AwsError(
      "MissingParameter",
      "Either IncludeAllResourceTypes or ResourceTypes must be specified.",
    );
  }
  const wrong = named.find(({ ResourceType = "" }) => !types.includes(ResourceType));
  if (wrong !== undefined) {
    throw invalid(`resourceType '${wrong.ResourceType}' must be one of ${types.join(", ")}.`);
  }
  const asked = (type: string) => all || named.some(({ ResourceType }) => ResourceType === type);
  return {
    states: asked("ec2:Instance") ? (option(named, "ec2:Instance", "state-name") ?? allStates) : [],
    versionDepth: asked("ec2:LaunchTemplate")
      ? depth(option(named, "ec2:LaunchTemplate", "version-depth"))
      : 0,
    others: otherTypes.filter(asked),
  };
}

/** The values of a type's option, if they were given. */
function option(named: ResourceTypeRequest[], type: string, name: string): string[] | undefined {
  const options = named
    .filter(({ ResourceType }) => ResourceType === type)
    .flatMap(({ ResourceTypeOptions = [] }) => ResourceTypeOptions);
  const unknown = options.find(({ OptionName }) => OptionName !== name);
  if (unknown !== undefined) {
    throw invalid(`optionName '${unknown.OptionName}' of ${type} must be ${name}.`);
  }
  return options.at(0)?.OptionValues;
}

function depth(values: string[] = [String(usualDepth)]): number {
  const [value] = values;
  if (values.length !== 1 || !/^[1-9][0-9]*$/.test(value) || Number(value) > deepest) {
    throw invalid(
      `optionValues '${values.join()}' of version-depth must be one number from 1 to ${deepest}.`,
    );
  }
  return Number(value);
}

/** EC2's words are not known. */
function invalid(what: string): AwsError {
  return new AwsError("InvalidParameterValue", `Invalid value: ${what}`);
}
