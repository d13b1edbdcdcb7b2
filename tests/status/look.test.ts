import { expect } from "chai";
import { StatusError } from "../../status/errors";
import { readStatus } from "../../status/status";
import { healthy, NAMES, NOW } from "./healthy";
import { failure, stubClients } from "./stub";

/** What AWS, or what is between, answers to a look at the rule; and what is said of it. */
const FAILURES: [string, Error, RegExp][] = [
  [
    "it is not allowed",
    failure("AccessDeniedException", "User: arn:aws:iam::1:user/a is not authorized."),
    /\(AccessDeniedException: User: arn:aws:iam::1:user\/a is not authorized\): allow events:DescribeRule; status\/policy\.json has all that is needed\.$/,
  ],
  [
    "AWS writes something that only AWS can read",
    failure("UnauthorizedOperation", "You may not. Encoded authorization failure message: AbC-_=="),
    /\(UnauthorizedOperation: You may not\): allow events:DescribeRule/,
  ],
  [
    "nobody is logged in",
    failure("CredentialsProviderError", "None."),
    /: log in to AWS, or set AWS_PROFILE/,
  ],
  ["the log-in is over", failure("ExpiredTokenException", "Expired."), /: log in to AWS/],
  [
    "the network is away",
    Object.assign(new Error("getaddrinfo ENOTFOUND x"), { code: "ENOTFOUND" }),
    /\(getaddrinfo ENOTFOUND x\): see whether AWS can be reached/,
  ],
  [
    "every address refuses",
    new AggregateError([Object.assign(new Error("connect ECONNREFUSED ::1:9"), { code: "ECONNREFUSED" })]),
    /\(connect ECONNREFUSED ::1:9\): see whether AWS can be reached/,
  ],
  ["no answer comes", failure("TimeoutError", "No answer"), /: see whether AWS can be reached/],
  [
    "it is asked too often",
    failure("ThrottlingException", "Rate exceeded"),
    /: AWS was asked too often, try/,
  ],
  ["it has another reason", failure("InternalException", ""), /\(InternalException\): try again, and see/],
];

describe("a look that fails", () => {
  for (const [of, error, sentence] of FAILURES)
    it(`says in one sentence what to do when ${of}`, async () => {
      const { clients } = stubClients(healthy({ "events:DescribeRule": error }));
      const seen = await readStatus(NAMES, { clients, now: NOW }).catch((thrown: unknown) => thrown);
      expect(seen).to.be.instanceOf(StatusError);
      expect((seen as Error).message)
        .to.match(/^Rule rule could not be looked at \(/)
        .and.to.match(sentence);
    });
});
