import { InputError } from "../errors";
import { quote } from "../quote";

/** /dev/sdf, /dev/xvdba or, on Windows, xvdf. */
const DEVICE = /^(\/dev\/)?(sd[a-z]\d{0,2}|xvd[a-z]{1,2}\d?)$/;
/** More volumes than an instance has: EC2 User Guide, volume limits. */
const MOST = 128;

/** Checks for names of devices, as EC2 shows them of an instance. Whether there are such, a run finds out. */
export function checkExcludeDevices(value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST) {
    throw new InputError(
      `excludeDevices ${quote(value)} is not a list of 1 to ${MOST} devices: give their names, such as ["/dev/sdf"], or leave it ` +
        `out and every volume is in the image.`,
    );
  }
  const devices: unknown[] = value;
  devices.forEach((device, index) => {
    if (typeof device !== "string" || !DEVICE.test(device)) {
      throw new InputError(
        `excludeDevices[${index}] ${quote(device)} is not the name of a device: give it as EC2 shows it of the golden instance, ` +
          `such as "/dev/sdf".`,
      );
    }
    if (devices.indexOf(device) !== index) {
      throw new InputError(`excludeDevices[${index}] ${quote(device)} is there twice: give each once.`);
    }
  });
  return devices as string[];
}
