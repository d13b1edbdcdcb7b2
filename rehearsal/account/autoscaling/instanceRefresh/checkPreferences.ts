import type { AccountState } from "../../state";
import type { AwsError } from "../../errors";
import { validationError } from "../errors";
import type { RefreshPreferences } from "./shapes";

const mostAlarms = 10;

/** The words of a refusal whose own words are not known: AWS begins those that are known like this. */
export function invalid(words: string): AwsError {
  return validationError(`The request isn't valid. ${words}`);
}

/** What Auto Scaling asks of preferences beside their limits, whatever the group is. */
export function checkPreferences(account: AccountState, preferences: RefreshPreferences): void {
  checkPercentages(preferences);
  checkCheckpoints(preferences);
  checkAlarms(account, preferences.AlarmSpecification?.Alarms ?? []);
}

function checkPercentages({
  MinHealthyPercentage: min,
  MaxHealthyPercentage: max,
}: RefreshPreferences): void {
  if (max === undefined) {
    return;
  }
  if (min === undefined) {
    throw invalid("MaxHealthyPercentage cannot be specified without MinHealthyPercentage.");
  }
  if (max - min > 100) {
    throw invalid(
      `The difference between MaxHealthyPercentage ${max} and MinHealthyPercentage ${min} cannot be greater than 100.`,
    );
  }
}

/** The API's text asks for 100 at the end only of those who want to replace everything. Here everybody does. */
function checkCheckpoints({
  CheckpointPercentages: percentages,
  CheckpointDelay: delay,
}: RefreshPreferences): void {
  if (percentages === undefined) {
    if (delay !== undefined) {
      throw invalid("CheckpointDelay cannot be specified without CheckpointPercentages.");
    }
    return;
  }
  if (percentages.some((one, index) => index > 0 && one <= percentages[index - 1])) {
    throw invalid("CheckpointPercentages must be unique and in ascending order.");
  }
  if (percentages.at(-1) !== 100) {
    throw invalid("The last value of CheckpointPercentages must be 100.");
  }
}

/** An alarm that is not OK, one without data included, refuses the start. */
function checkAlarms({ cloudwatch }: AccountState, names: string[]): void {
  if (names.length > mostAlarms) {
    throw invalid(`${names.length} alarms were specified, more than the ${mostAlarms} that are allowed.`);
  }
  for (const name of names) {
    const alarm = cloudwatch.alarms.find((one) => one.name === name);
    if (!alarm) {
      throw invalid(`The CloudWatch alarm ${name} does not exist.`);
    }
    if (alarm.state !== "OK") {
      throw invalid(
        `The CloudWatch alarm ${name} is in the ${alarm.state} state. It must be in the OK state to start an instance refresh.`,
      );
    }
  }
}
