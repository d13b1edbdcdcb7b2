import { InputError } from "../errors";
import { LaunchConfigurationFrom } from "../launchConfigurationFrom";
import { quote } from "../quote";

export function checkLaunchConfigurationFrom(value: unknown): LaunchConfigurationFrom {
  const known = Object.values(LaunchConfigurationFrom);
  const found = known.find((one) => one === value);
  if (found === undefined) {
    throw new InputError(
      `launchConfigurationFrom ${quote(value)} is not known: give ${known.map(quote).join(" or ")}.`,
    );
  }
  return found;
}
