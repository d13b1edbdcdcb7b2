import { NotModelled } from "../../errors";
import { decide } from "../authorization";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { boolean, string, structure } from "../parameters";
import { parameterArn } from "./arns";

interface PutParameterRequest {
  Name: string;
  Value: string;
  Type?: string;
  DataType?: string;
  Overwrite?: boolean;
}

const api = "PutParameter";

/**
 * A parameter, or a new value of one. One that is to name an image is answered before AWS looks at the image, which it does
 * with the caller's rights; where it finds none, or may not look, nothing is said and the value stays.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html
 * https://github.com/aws/aws-sdk-java/issues/2919
 */
export const putParameter = operation<PutParameterRequest>({
  api,
  input: structure(
    {
      Name: string({ min: 1, max: 2048 }),
      Value: string({ min: 1 }),
      Type: string({ enum: ["String", "StringList", "SecureString"] }),
      DataType: string({ max: 128 }),
      Overwrite: boolean(),
    },
    ["Name", "Value"],
  ),
  demands: ({ place }, { Name }) => [
    { action: `ssm:${api}`, resource: parameterArn(place, Name), context: {} },
  ],
  perform: ({ place, ssm }, { Name, Value, Type, DataType = "text", Overwrite }, caller) => {
    const present = ssm.parameters.latest(Name);
    if (Type !== "String" && (present === undefined || Type !== undefined)) {
      throw new NotModelled(`The rehearsal does not model parameter ${Name} of another type than String.`);
    }
    if (present !== undefined && !Overwrite) {
      throw new AwsError(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
    }
    if (present !== undefined && DataType !== present.DataType) {
      throw new AwsError("ValidationException", `The data type of parameter ${Name} cannot be changed.`);
    }
    const look = { action: "ec2:DescribeImages", resource: "*", context: {} };
    const maySee = decide(place, caller, look) === "allowed";
    return { Version: ssm.parameters.put(Name, Value, maySee, DataType), Tier: "Standard" };
  },
});
