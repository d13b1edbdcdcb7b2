import { AwsError } from "../../errors";
import { operation } from "../../operation";
import { structure } from "../../parameters";
import { groupDemand } from "../groupDemands";
import { name } from "../limits";
import { advanceRefreshes } from "./advancing";
import { requireRefreshing } from "./cancelInstanceRefresh";
import { rollBack } from "./ending";
import { irreversibleFor } from "./reversible";

const api = "RollbackInstanceRefresh";

/** In the words of the API's own text, as far as they go. */
const reasons = {
  noDesiredConfiguration: "a desired configuration was not found.",
  movingVersion:
    "an incompatible launch template version ($Latest or $Default) is present on the Auto Scaling group.",
};

export const rollbackInstanceRefresh = operation<{ AutoScalingGroupName: string }>({
  api,
  input: structure({ AutoScalingGroupName: name() }, ["AutoScalingGroupName"]),
  demands: (account, request) => [groupDemand(account, api, request.AutoScalingGroupName)],
  perform: (account, { AutoScalingGroupName: groupName }) => {
    const refreshing = requireRefreshing(account, groupName, ["Pending", "InProgress", "Baking"]);
    const { refresh } = refreshing.progress;
    const irreversible = irreversibleFor(refreshing.group, refresh.DesiredConfiguration);
    if (irreversible) {
      throw new AwsError(
        "IrreversibleInstanceRefresh",
        `The request failed because ${reasons[irreversible]}`,
      );
    }
    rollBack(refreshing, "Rollback was initiated by user request.");
    advanceRefreshes(account);
    return { InstanceRefreshId: refresh.InstanceRefreshId };
  },
});
