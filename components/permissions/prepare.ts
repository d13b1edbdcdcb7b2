import { makeLaunchConfigurations } from "./launchConfiguration";
import { TEMPLATE_LOOKS, useTemplates } from "./launchTemplate";
import { Statement } from "./policy";
import { checkStatements, passStatements } from "./rollOut";
import { Scope } from "./scope";

// What prepare's role may do: check the image and the group, and make what names the image. It may not change the group.

export function prepareStatements(scope: Scope): Statement[] {
  if (scope.launch.kind === "configuration") {
    const { looks, statements } = makeLaunchConfigurations(scope);
    return [...checkStatements(scope, looks), ...statements, ...passStatements(scope)];
  }
  return [...checkStatements(scope, TEMPLATE_LOOKS), ...useTemplates(scope, ["make", "delete"])];
}
