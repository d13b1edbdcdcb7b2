import { AwsError } from "../errors";
import { operation } from "../operation";
import { string, structure } from "../parameters";

const api = "DisableRule";

/** A scheduled rule of the default bus starts nothing any more, until somebody enables it. */
export const disableRule = operation<{ Name: string }>({
  api,
  input: structure({ Name: string({ min: 1, max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ }) }, ["Name"]),
  demands: ({ place: { partition, region, accountId } }, { Name }) => [
    {
      action: `events:${api}`,
      resource: `arn:${partition}:events:${region}:${accountId}:rule/${Name}`,
      context: {},
    },
  ],
  perform: ({ eventBus }, { Name }) => {
    const rule = eventBus.schedules.get(Name);
    if (!rule) {
      throw new AwsError("ResourceNotFoundException", `Rule ${Name} does not exist on EventBus default.`);
    }
    rule.enabled = false;
    return {};
  },
});
