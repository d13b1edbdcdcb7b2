/** What EC2 tells about an instance type, as far as it decides which images the type can launch. */
export interface InstanceTypeInfo {
  InstanceType: string;
  CurrentGeneration: boolean;
  SupportedVirtualizationTypes: string[];
  BareMetal: boolean;
  Hypervisor: string;
  ProcessorInfo: { SupportedArchitectures: string[] };
  SupportedBootModes: string[];
  NetworkInfo: { EnaSupport: "required" | "supported" | "unsupported" };
  NitroTpmSupport: "supported" | "unsupported";
}

const nitro = {
  SupportedVirtualizationTypes: ["hvm"],
  BareMetal: false,
  Hypervisor: "nitro",
  NetworkInfo: { EnaSupport: "required" },
  NitroTpmSupport: "supported",
} satisfies Partial<InstanceTypeInfo>;

const intel = {
  ...nitro,
  ProcessorInfo: { SupportedArchitectures: ["x86_64"] },
  SupportedBootModes: ["legacy-bios", "uefi"],
};

const graviton = {
  ...nitro,
  ProcessorInfo: { SupportedArchitectures: ["arm64"] },
  SupportedBootModes: ["uefi"],
};

const old = {
  BareMetal: false,
  Hypervisor: "xen",
  ProcessorInfo: { SupportedArchitectures: ["i386", "x86_64"] },
  SupportedBootModes: ["legacy-bios"],
  NetworkInfo: { EnaSupport: "unsupported" },
  NitroTpmSupport: "unsupported",
} satisfies Partial<InstanceTypeInfo>;

/** A few of each kind, with the values that EC2 gives. */
export const instanceTypes: InstanceTypeInfo[] = [
  ...named(["t3.micro", "t3.small", "t3.large", "t3a.small"], { CurrentGeneration: true, ...intel }),
  ...named(["m5.large", "m6i.large", "c5.large"], { CurrentGeneration: false, ...intel }),
  ...named(["t4g.small", "m6g.large", "m7g.large", "c6g.large"], { CurrentGeneration: true, ...graviton }),
  ...named(["t2.micro"], { CurrentGeneration: true, ...old, SupportedVirtualizationTypes: ["hvm"] }),
  ...named(["m1.small"], {
    CurrentGeneration: false,
    ...old,
    SupportedVirtualizationTypes: ["hvm", "paravirtual"],
  }),
];

function named(names: string[], info: Omit<InstanceTypeInfo, "InstanceType">): InstanceTypeInfo[] {
  return names.map((InstanceType) => ({ InstanceType, ...info }));
}
