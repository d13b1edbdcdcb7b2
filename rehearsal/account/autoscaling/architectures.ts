import { instanceTypes } from "../ec2/instanceTypes";

/** The architectures that an instance type runs, if it is one of those that the account knows. */
export function architecturesOf(instanceType: string | undefined): string[] | undefined {
  return instanceTypes.find(({ InstanceType }) => InstanceType === instanceType)?.ProcessorInfo
    .SupportedArchitectures;
}
