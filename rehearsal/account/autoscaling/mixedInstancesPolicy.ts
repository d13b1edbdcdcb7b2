import { integer, list, string, structure } from "../parameters";
import { validationError } from "./errors";
import { imageId, instanceTypePattern, name, xmlText, xmlTextTo } from "./limits";
import { launchTemplateSpecification } from "./launchTemplateSpecification";
import type { LaunchTemplateOverride, LaunchTemplateSpecification, MixedInstancesPolicy } from "./shapes";

const range = structure({ Min: integer({ min: 0 }), Max: integer({ min: 0 }) }, ["Min"]);

const instanceRequirements = structure(
  {
    VCpuCount: range,
    MemoryMiB: range,
    CpuManufacturers: list(string({ enum: ["intel", "amd", "amazon-web-services", "apple"] })),
    AllowedInstanceTypes: list(instanceTypePattern()),
  },
  ["VCpuCount", "MemoryMiB"],
);

const override = structure({
  InstanceType: name(),
  WeightedCapacity: xmlTextTo(32),
  LaunchTemplateSpecification: launchTemplateSpecification,
  InstanceRequirements: instanceRequirements,
  ImageId: imageId(),
});

export const mixedInstancesPolicy = structure({
  LaunchTemplate: structure({
    LaunchTemplateSpecification: launchTemplateSpecification,
    Overrides: list(override),
  }),
  InstancesDistribution: structure({
    OnDemandAllocationStrategy: xmlText(),
    OnDemandBaseCapacity: integer(),
    OnDemandPercentageAboveBaseCapacity: integer(),
    SpotAllocationStrategy: xmlText(),
    SpotInstancePools: integer(),
    SpotMaxPrice: string({ min: 0, max: 255 }),
    DistributionSegments: list(
      structure({
        TargetCapacityTypes: list(
          string({
            enum: [
              "on-demand-capacity-reservation",
              "capacity-block",
              "interruptible-capacity-reservation",
              "on-demand",
            ],
          }),
        ),
      }),
    ),
  }),
});

/** Per group, as the API reference gives them. */
const limits = { instanceTypes: 40, launchTemplates: 20, instanceRequirements: 4 };

const strategies = {
  OnDemandAllocationStrategy: ["lowest-price", "prioritized"],
  SpotAllocationStrategy: [
    "capacity-optimized",
    "capacity-optimized-prioritized",
    "lowest-price",
    "price-capacity-optimized",
  ],
} as const;

/** What the API reference asks of a policy; where it gives no words for the refusal, these are the rehearsal's own. */
export function checkPolicy({ LaunchTemplate, InstancesDistribution }: MixedInstancesPolicy): void {
  const overrides = LaunchTemplate?.Overrides ?? [];
  overrides.forEach(checkOverride);
  checkWeights(overrides);
  const templates = [LaunchTemplate, ...overrides].map((part) => part?.LaunchTemplateSpecification);
  checkCount("launch templates", templates.map(nameOf), limits.launchTemplates);
  checkCount(
    "instance types",
    overrides.map(({ InstanceType }) => InstanceType),
    limits.instanceTypes,
  );
  checkCount(
    "sets of instance requirements",
    overrides.map(({ InstanceRequirements: set }) => set && JSON.stringify(set)),
    limits.instanceRequirements,
  );
  checkDistribution(InstancesDistribution ?? {});
}

function checkOverride({ InstanceType, InstanceRequirements, WeightedCapacity }: LaunchTemplateOverride) {
  if (InstanceType !== undefined && InstanceRequirements !== undefined) {
    throw validationError("You can't specify both InstanceType and InstanceRequirements in an override.");
  }
  if (WeightedCapacity !== undefined && !/^[1-9][0-9]{0,2}$/.test(WeightedCapacity)) {
    throw validationError(`Invalid WeightedCapacity '${WeightedCapacity}': it must be from 1 to 999.`);
  }
}

function checkWeights(overrides: LaunchTemplateOverride[]): void {
  const weighted = overrides.filter(({ WeightedCapacity }) => WeightedCapacity !== undefined);
  if (weighted.length > 0 && weighted.length < overrides.length) {
    throw validationError("If one override has a WeightedCapacity, all of them must have one.");
  }
}

function nameOf(specification: LaunchTemplateSpecification | undefined): string | undefined {
  return specification?.LaunchTemplateId ?? specification?.LaunchTemplateName;
}

function checkCount(what: string, values: (string | undefined)[], limit: number): void {
  const different = new Set(values.filter((value) => value !== undefined));
  if (different.size > limit) {
    throw validationError(
      `The policy has ${different.size} ${what}, more than the ${limit} that are allowed.`,
    );
  }
}

function checkDistribution(distribution: NonNullable<MixedInstancesPolicy["InstancesDistribution"]>): void {
  for (const member of ["OnDemandAllocationStrategy", "SpotAllocationStrategy"] as const) {
    const value = distribution[member];
    if (value !== undefined && !strategies[member].some((known) => known === value)) {
      throw validationError(
        `Invalid ${member} '${value}': it must be one of ${strategies[member].join(", ")}.`,
      );
    }
  }
  const { OnDemandPercentageAboveBaseCapacity: percentage = 100, SpotInstancePools: pools } = distribution;
  if (percentage < 0 || percentage > 100) {
    throw validationError(
      `Invalid OnDemandPercentageAboveBaseCapacity ${percentage}: it must be from 0 to 100.`,
    );
  }
  if (pools !== undefined && (distribution.SpotAllocationStrategy ?? "lowest-price") !== "lowest-price") {
    throw validationError("SpotInstancePools is valid only with the SpotAllocationStrategy lowest-price.");
  }
}
