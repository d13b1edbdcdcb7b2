import { InputError } from "../errors";
import { quote } from "../quote";

// The parameter of Systems Manager from which a launch template takes its image: `resolve:ssm:NAME`.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html#use-an-ssm-parameter-instead-of-an-ami-id

const RESOLVED = "resolve:ssm:";

/** What a parameter's name consists of. Source: Systems Manager API reference, PutParameter. */
const NAME = /^[a-zA-Z0-9_.\-/]{1,1011}$/;

/** Names that begin so are AWS's own. Same source. */
const OF_AWS = /^\/?(aws|ssm)/i;

/** Whether an image of a template is one that a parameter names. */
export function isResolved(imageId: string | undefined): imageId is string {
  return imageId?.startsWith(RESOLVED) ?? false;
}

/** The parameter's name, or one sentence where a run could not change what it names. `holder` is how the sentence begins. */
export function readParameterName(holder: string, imageId: string): string {
  const name = imageId.slice(RESOLVED.length);
  const input = `${holder}, whose image is the parameter ${quote(imageId)}`;
  if (name.startsWith("arn:") || OF_AWS.test(name)) {
    throw new InputError(
      `${input}, which may be AWS's own or another account's, and a run changes a parameter of this account that the template ` +
        `names without an ARN: let it name such a parameter.`,
    );
  }
  const [bare, pinned] = name.split(":");
  if (pinned !== undefined) {
    throw new InputError(
      `${input}, in which ${quote(pinned)} is a version or a label of ${quote(bare)}, and no new value would reach the group: ` +
        `let the template name the parameter without a version or label.`,
    );
  }
  if (!NAME.test(name)) {
    throw new InputError(
      `${input}, which is no name of a parameter: a name consists of letters, digits and _ . - /; let the template name one.`,
    );
  }
  return name;
}
