import { getGroupOutput, GetGroupResult } from "@pulumi/aws/autoscaling/getGroup";
import { getInstanceOutput, GetInstanceResult } from "@pulumi/aws/ec2/getInstance";
import { getInstancesOutput, GetInstancesResult } from "@pulumi/aws/ec2/getInstances";
import {
  getLaunchConfigurationOutput,
  GetLaunchConfigurationResult,
} from "@pulumi/aws/ec2/getLaunchConfiguration";
import { getLaunchTemplateOutput, GetLaunchTemplateResult } from "@pulumi/aws/ec2/getLaunchTemplate";
import { getInstanceProfileOutput, GetInstanceProfileResult } from "@pulumi/aws/iam/getInstanceProfile";
import * as pulumi from "@pulumi/pulumi";
import { LookUp, requireAnswer } from "../answer";
import { askOnce } from "../askOnce";
import { Checked, Checker } from "../inputs/checker";
import { InputError } from "../errors";
import { CheckedInputs } from "../inputs/checkInputs";
import { Place } from "../place";
import { makeUnknown } from "../unknown";
import { LookUpFailure, readFailure } from "./failure";

// One function a look-up, each through the component's own provider. A look-up is an Output with the user's own Output as
// its argument, so that one of a group that the same program makes is simply waited for: the engine asks nothing while the
// resource behind the Output does not exist.

/** What is looked up, and where. */
export interface LaunchQuestion {
  readonly checker: Checker;
  readonly inputs: CheckedInputs;
  readonly place: pulumi.Output<Place>;
  /** The golden instance as it was given: of two components that were given the same one, the first looks it up. */
  readonly golden: pulumi.Input<string>;
  /** Whose look-ups these are, and where a remark is shown. */
  readonly component: pulumi.Resource;
}

/** How a look-up that failed reads, as one sentence that quotes what was asked. */
type Sentence<Q> = (asked: Q, failure: LookUpFailure) => string;

export function lookUpGroup(question: LaunchQuestion, name: Checked<string>, sentence: Sentence<string>) {
  const answer = getGroupOutput({ name: askable(name) }, { parent: question.component });
  const lookUp: LookUp<GetGroupResult> = {
    token: "aws:autoscaling/getGroup:getGroup",
    anyOf: ["launchConfiguration", "launchTemplates", "mixedInstancesPolicies"],
  };
  return answerOrExplain(question, lookUp, name, answer, sentence);
}

export function lookUpInstance(question: LaunchQuestion, id: Checked<string>, sentence: Sentence<string>) {
  const { component, golden } = question;
  const lookUp: LookUp<GetInstanceResult> = {
    token: "aws:ec2/getInstance:getInstance",
    anyOf: ["instanceState"],
  };
  const answer = askOnce(component, lookUp.token, golden, () =>
    getInstanceOutput({ instanceId: askable(id) }, { parent: component }),
  );
  return answerOrExplain(question, lookUp, id, answer, sentence);
}

/**
 * The instance itself where it is a member of the group, and nothing where it is not. `golden` is its own look-up, which is the
 * same call of AWS: where both are denied, that one says so.
 */
export function lookUpMember(
  question: LaunchQuestion,
  member: { instanceId: Checked<string>; groupName: Checked<string>; states: string[] },
  sentence: Sentence<string>,
  golden: pulumi.Output<unknown>,
) {
  const { instanceId, groupName, states } = member;
  const answer = getInstancesOutput(
    {
      filters: [
        { name: "instance-id", values: [askable(instanceId)] },
        // Auto Scaling tags every member. The other look-ups show neither this tag nor the group's members.
        { name: "tag:aws:autoscaling:groupName", values: [askable(groupName)] },
      ],
      instanceStateNames: states,
    },
    { parent: question.component },
  );
  const lookUp: LookUp<GetInstancesResult> = { token: "aws:ec2/getInstances:getInstances", anyOf: ["ids"] };
  return answerOrExplain(question, lookUp, instanceId, answer, sentence, golden);
}

// What follows is asked with the answers of other look-ups.

export function lookUpTemplate<Q>(
  question: LaunchQuestion,
  about: Checked<Q>,
  id: string,
  sentence: Sentence<Q>,
) {
  const lookUp: LookUp<GetLaunchTemplateResult> = {
    token: "aws:ec2/getLaunchTemplate:getLaunchTemplate",
    anyOf: ["latestVersion"],
  };
  const answer = askOnce(question.component, lookUp.token, id, () =>
    getLaunchTemplateOutput({ id }, { parent: question.component }),
  );
  return answerOrExplain(question, lookUp, about, answer, sentence);
}

export function lookUpConfiguration<Q>(
  question: LaunchQuestion,
  about: Checked<Q>,
  name: string,
  sentence: Sentence<Q>,
) {
  const lookUp: LookUp<GetLaunchConfigurationResult> = {
    token: "aws:ec2/getLaunchConfiguration:getLaunchConfiguration",
    anyOf: ["iamInstanceProfile", "imageId"],
  };
  const answer = askOnce(question.component, lookUp.token, name, () =>
    getLaunchConfigurationOutput({ name }, { parent: question.component }),
  );
  return answerOrExplain(question, lookUp, about, answer, sentence);
}

export function lookUpProfile<Q>(
  question: LaunchQuestion,
  about: Checked<Q>,
  name: string,
  sentence: Sentence<Q>,
) {
  const lookUp: LookUp<GetInstanceProfileResult> = {
    token: "aws:iam/getInstanceProfile:getInstanceProfile",
    anyOf: ["roleArn"],
  };
  const answer = askOnce(question.component, lookUp.token, name, () =>
    getInstanceProfileOutput({ name }, { parent: question.component }),
  );
  return answerOrExplain(question, lookUp, about, answer, sentence);
}

/**
 * A checked value, for the argument of a look-up. One that was refused becomes one that is not known: then nothing is
 * asked. Given the refused value itself, the SDK would print its sentence once more, as an argument that it could not
 * serialise.
 */
function askable(checked: Checked<string>): pulumi.Input<string> {
  return typeof checked === "string" ? checked : pulumi.recover(checked, () => makeUnknown());
}

/**
 * The answer, or one sentence. Without `recover` the engine prints a look-up that fails three times, with stacks. A
 * refused value that was asked with fails again in here, as the same error, which is reported once; and so does whatever makes
 * this look-up fail too: a provider that does not know where it is, or the `cause` that is given.
 */
function answerOrExplain<Q, A extends object>(
  { checker, place }: LaunchQuestion,
  lookUp: LookUp<A>,
  asked: Checked<Q>,
  answer: pulumi.Output<A>,
  sentence: Sentence<Q>,
  cause: pulumi.Output<unknown> = place,
): pulumi.Output<A> {
  const recovered = pulumi.recover(answer, (error) =>
    checker.conclude(asked, pulumi.all([readFailure(error), cause]), (known, [failure]): A => {
      throw new InputError(sentence(known, failure));
    }),
  );
  const complete = requireAnswer(checker, lookUp, recovered, cause);
  return pulumi.Output.isInstance(asked) ? checker.conclude(asked, complete, (_, known) => known) : complete;
}
