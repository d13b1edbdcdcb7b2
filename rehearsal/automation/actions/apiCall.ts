import { NotModelled } from "../../errors";
import { AwsError } from "../../account/errors";
import type { Members } from "../../account/api";
import { callFailed } from "../failure";
import type { Fields } from "../reading/fields";
import type { JsonMap } from "../values";
import type { Attempt } from "./action";

/** Service and Api have to be plain names: what AWS makes of others, snake_case included, is not confirmed. */
export function checkApiCall(inputs: Fields): void {
  const service = inputs.neededText("Service");
  const api = inputs.neededText("Api");
  if (!/^[a-z][a-z0-9-]*$/.test(service)) {
    throw new NotModelled(`${inputs.where}: the rehearsal does not model the Service "${service}"`);
  }
  if (!/^[A-Z][A-Za-z0-9]*$/.test(api)) {
    throw new NotModelled(`${inputs.where}: the rehearsal does not model the Api "${api}"`);
  }
}

/** Makes the step's call; `without` are inputs that are the action's own. An error answer fails the step. */
export function callApi({ inputs, call }: Attempt, without: readonly string[] = []): Members {
  const { Service, Api, ...rest } = inputs;
  try {
    return call(Service as string, Api as string, omit(rest, without));
  } catch (error) {
    if (error instanceof AwsError) throw callFailed(Api as string, error);
    throw error;
  }
}

function omit(map: JsonMap, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name)));
}
