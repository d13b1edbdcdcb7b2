import { expect } from "chai";
import { readFailure } from "../../../components/launch/failure";

/** As the engine hands it to a program. */
function failed(reason: string): Error {
  return new Error(
    "invocation of aws:x:y returned an error: invoking aws:x:y: 1 error occurred:\n" + `\t* ${reason}\n\n`,
  );
}

describe("a look-up that failed", () => {
  for (const reason of [
    "reading Auto Scaling Group (web): empty result",
    "reading IAM Instance Profile (web): couldn't find resource",
    "no matching EC2 Instance found",
    "no matching EC2 Launch Template found",
    "Your query returned no results",
    "reading IAM Instance Profile (web): operation error IAM: GetInstanceProfile, NoSuchEntity: it cannot be found",
    "reading EC2 Instance (i-1): InvalidInstanceID.NotFound: The instance ID 'i-1' does not exist",
    'reading EC2 Launch Template: InvalidLaunchTemplateId.Malformed: Invalid id: "lt-1"',
  ]) {
    it(`found nothing: ${reason}`, () => {
      expect(readFailure(failed(`${reason}.`))).to.deep.equal({ notFound: true, reason });
    });
  }

  for (const reason of [
    "reading Auto Scaling Group (web): operation error Auto Scaling: DescribeAutoScalingGroups, AccessDenied: User is not authorized",
    "reading EC2 Instance: operation error EC2: DescribeInstances, UnauthorizedOperation: You are not authorized",
    "failed to refresh cached credentials, no EC2 IMDS role found",
    "loading configuration: failed to get shared config profile, dev not found",
    "lookup ec2.eu-west-1.amazonaws.com: no such host",
    "reading EC2 Launch Template: ExpiredToken: The security token included in the request is expired",
  ]) {
    it(`says nothing about whether there is one: ${reason}`, () => {
      expect(readFailure(failed(reason))).to.deep.equal({ notFound: false, reason });
    });
  }

  it("is told on one line, whatever it is, and without a stack", () => {
    expect(readFailure("broken").reason).to.equal("broken");
    expect(readFailure(new Error("Error: first\n    at second")).reason).to.equal("first");
    expect(
      readFailure(failed('unable to validate credentials.\nDetails: Invalid AWS Region: ""')).reason,
    ).to.equal('unable to validate credentials. Details: Invalid AWS Region: ""');
    expect(readFailure(failed("x".repeat(5000))).reason).to.equal(`${"x".repeat(2000)}…`);
  });

  it("is told in full where it was denied, but for what only AWS can read", () => {
    const why =
      "reading EC2 Instance (i-0123456789abcdef0): operation error EC2: DescribeInstances, https response error StatusCode: 403, " +
      "RequestID: 4b1fc2e4-e5a3-4fb8-bcd5-ef0f8b9fb0d7, api error UnauthorizedOperation: You are not authorized to perform this " +
      "operation. User: arn:aws:sts::123456789012:assumed-role/preview/GitHubActions is not authorized to perform: " +
      "ec2:DescribeInstances with an explicit deny in a service control policy";
    expect(
      readFailure(failed(`${why}. Encoded authorization failure message: ${"x-Y_9".repeat(900)}`)).reason,
    ).to.equal(why);
  });
});
