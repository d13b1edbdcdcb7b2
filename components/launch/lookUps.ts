import { getGroupOutput } from "@pulumi/aws/autoscaling/getGroup";
import { getInstanceOutput } from "@pulumi/aws/ec2/getInstance";
import { getInstancesOutput } from "@pulumi/aws/ec2/getInstances";
import { getLaunchConfigurationOutput } from "@pulumi/aws/ec2/getLaunchConfiguration";
import { getLaunchTemplateOutput } from "@pulumi/aws/ec2/getLaunchTemplate";
import { getInstanceProfileOutput } from "@pulumi/aws/iam/getInstanceProfile";
import * as pulumi from "@pulumi/pulumi";
import { Checker } from "../checked";
import { InputError } from "../errors";
import { ifKnown, notKnown } from "../notKnown";
import { failureOf, LookUpFailure } from "./failure";

// One function a look-up, each through the component's own provider. A look-up is an Output with the user's own Output as
// its argument, so that one of a group that the same program makes is simply waited for: the engine asks nothing while the
// resource behind the Output does not exist.

/** What every look-up needs. */
export interface Asking {
  readonly checker: Checker;
  readonly options: pulumi.InvokeOutputOptions;
}

/** How a look-up that failed reads, as one sentence that quotes what was asked. */
type Sentence<Q> = (asked: Q, failure: LookUpFailure) => string;

export function lookUpGroup(asking: Asking, name: pulumi.Output<string>, sentence: Sentence<string>) {
  const answer = getGroupOutput({ name: toAskWith(name) }, asking.options);
  return answered(asking, name, answer, sentence);
}

export function lookUpInstance(asking: Asking, id: pulumi.Output<string>, sentence: Sentence<string>) {
  const answer = getInstanceOutput({ instanceId: toAskWith(id) }, asking.options);
  return answered(asking, id, answer, sentence);
}

/** The instance itself where it is a member of the group, and nothing where it is not. */
export function lookUpMember(
  asking: Asking,
  member: { instanceId: pulumi.Output<string>; groupName: pulumi.Output<string>; states: string[] },
  sentence: Sentence<string>,
) {
  const { instanceId, groupName, states } = member;
  const answer = getInstancesOutput(
    {
      filters: [
        { name: "instance-id", values: [toAskWith(instanceId)] },
        // Auto Scaling tags every member. The other look-ups show neither this tag nor the group's members.
        { name: "tag:aws:autoscaling:groupName", values: [toAskWith(groupName)] },
      ],
      instanceStateNames: states,
    },
    asking.options,
  );
  return answered(asking, instanceId, answer, sentence);
}

// What follows is asked with the answers of other look-ups.

export function lookUpTemplate<Q>(
  asking: Asking,
  about: pulumi.Output<Q>,
  id: string,
  sentence: Sentence<Q>,
) {
  return answered(asking, about, getLaunchTemplateOutput({ id }, asking.options), sentence);
}

export function lookUpConfiguration<Q>(
  asking: Asking,
  about: pulumi.Output<Q>,
  name: string,
  sentence: Sentence<Q>,
) {
  return answered(asking, about, getLaunchConfigurationOutput({ name }, asking.options), sentence);
}

export function lookUpProfile<Q>(
  asking: Asking,
  about: pulumi.Output<Q>,
  name: string,
  sentence: Sentence<Q>,
) {
  return answered(asking, about, getInstanceProfileOutput({ name }, asking.options), sentence);
}

/**
 * A checked value, for the argument of a look-up. One that was refused becomes one that is not known: then nothing is
 * asked. Given the refused value itself, the SDK would print its sentence once more, as an argument that it could not
 * serialise.
 */
function toAskWith(checked: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.recover(checked, () => notKnown());
}

/**
 * The answer, or one sentence. Without `recover` the engine prints a look-up that fails three times, with stacks. A
 * refused value that was asked with fails again in here, as the same error, which is reported once.
 */
function answered<Q, A extends object>(
  { checker }: Asking,
  asked: pulumi.Output<Q>,
  answer: pulumi.Output<A>,
  sentence: Sentence<Q>,
): pulumi.Output<A> {
  const recovered = pulumi.recover(answer, (error) =>
    checker.conclude(asked, pulumi.output(failureOf(error)), (known, failure): A => {
      throw new InputError(sentence(known, failure));
    }),
  );
  return checker.conclude(asked, ifKnown(recovered), (_, known) => known);
}
