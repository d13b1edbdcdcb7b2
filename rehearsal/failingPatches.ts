import type { CallAws } from "./account/api";
import type { AccountState } from "./account/state";
import type { Watch } from "./nights";

/** Lets the commands fail that are sent. */
export function failCommands({ ssm }: AccountState): Watch {
  return (call: CallAws) => (service, api, params) => {
    ssm.runCommand.fails = true;
    try {
      return call(service, api, params);
    } finally {
      ssm.runCommand.fails = false;
    }
  };
}
