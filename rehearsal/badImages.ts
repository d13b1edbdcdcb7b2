import type { CallAws } from "./account/api";
import type { AccountState } from "./account/state";
import type { Watch } from "./nights";

/** Lets the images that are made be bad: no instance of them ever becomes healthy. */
export function spoilImages({ ec2 }: AccountState): Watch {
  return (call: CallAws) => (service, api, params) => {
    const answer = call(service, api, params);
    if (service === "ec2" && api === "CreateImage") {
      ec2.badImages.add(String(answer.ImageId));
    }
    return answer;
  };
}
