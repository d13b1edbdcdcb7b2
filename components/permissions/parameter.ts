import { Place } from "../place";
import { parameterArn } from "./arns";
import { Statement } from "./policy";
import { Scope } from "./scope";

// What it takes where the group's launch template takes its image from a parameter: this one, and nothing of the template.

/**
 * To give it a new image, read that back, and put the old one back where the roll-out fails. AWS looks at an image that a
 * parameter of data type aws:ec2:image is to name with the caller's own ec2:DescribeImages, which every roll-out has; without it
 * the call succeeds and the value stays.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html
 */
export function changeParameter(scope: Scope): Statement[] {
  return statements(scope, "TheParameterOfTheGroup", ["ssm:GetParameter", "ssm:PutParameter"]);
}

/** To read which image it names; nothing where the group's image comes from no parameter. */
export function readParameter(scope: Scope): Statement[] {
  return statements(scope, "ReadTheParameterOfTheGroup", "ssm:GetParameter");
}

/** To write into another parameter what the group launches. */
export function publishImage(place: Place, name: string): Statement[] {
  return [
    {
      Sid: "PublishTheImage",
      Effect: "Allow",
      Action: "ssm:PutParameter",
      Resource: parameterArn(place, name),
    },
  ];
}

function statements(scope: Scope, sid: string, action: Statement["Action"]): Statement[] {
  const { parameter } = scope.launch;
  return parameter === undefined
    ? []
    : [{ Sid: sid, Effect: "Allow", Action: action, Resource: parameterArn(scope, parameter) }];
}
