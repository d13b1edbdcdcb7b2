import { expect } from "chai";
import { AmiRefresh, type AmiRefreshNotifications } from "../../../components";
import { messageOf, underMocks } from "../../mocks";

const ARGS = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web",
  prefix: "web",
  cron: "30 5 * * ? *",
};
const TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:operations";
const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/00000000-0000-0000-0000-000000000001";

/** The sentence for notifications that cannot be used, whether it comes at once or when the values are known. */
async function refusal(notifications: unknown): Promise<string> {
  const errors: string[] = [];
  const { rejections } = await underMocks(() => {
    const build = () =>
      new AmiRefresh("web", { ...ARGS, notifications: notifications as AmiRefreshNotifications });
    try {
      build();
    } catch (error) {
      errors.push((error as Error).message);
    }
  });
  errors.push(...rejections.map((error) => (error as Error).message));
  expect(errors).to.have.length(1);
  expect(errors[0]).to.match(/^AmiRefresh "web": [^\n]+\.$/);
  return errors[0].replace('AmiRefresh "web": ', "");
}

describe("notifications", () => {
  for (const [what, given, sentence] of [
    [
      "a text",
      "team@example.com",
      /^notifications "team@example.com" is not a map: give topicArn or emails in it/,
    ],
    ["nothing in it", {}, /^notifications \[\] must name one of topicArn and emails/],
    [
      "both",
      { topicArn: TOPIC, emails: ["a@b.example"] },
      /^notifications \["topicArn","emails"\] must name one of/,
    ],
    [
      "a misspelled key",
      { email: ["a@b.example"] },
      /^notifications\.email is not known: give any of .*write emails/,
    ],
    [
      "an empty list",
      { emails: [] },
      /^notifications\.emails \[\] cannot be used: give a plain list of 1 to 20/,
    ],
    [
      "a list that is a text",
      { emails: "a@b.example" },
      /^notifications\.emails "a@b\.example" cannot be used/,
    ],
    [
      "too many",
      { emails: Array.from({ length: 21 }, (_, i) => `a${i}@b.example`) },
      /^notifications\.emails .* cannot/,
    ],
    [
      "no address",
      { emails: ["team"] },
      /^notifications\.emails "team" is not an e-mail address: give one such as/,
    ],
    [
      "an address twice",
      { emails: ["A@b.example", "a@b.example"] },
      /^notifications\.emails "a@b\.example" is there twice/,
    ],
    [
      "no topic",
      { topicArn: "operations" },
      /^notifications\.topicArn "operations" is not the ARN of a topic/,
    ],
    ["a FIFO topic", { topicArn: `${TOPIC}.fifo` }, /^notifications\.topicArn .* is a FIFO topic/],
    [
      "a topic of another Region",
      { topicArn: TOPIC.replace("ap-northeast-1", "eu-west-1") },
      /^notifications\.topicArn .* is of another Region or account: give a topic whose ARN begins with arn:aws:sns:ap-northeast-1:123456789012:/,
    ],
    [
      "AWS's own key by its alias",
      { emails: ["a@b.example"], kmsKeyArn: "alias/aws/sns" },
      /^notifications\.kmsKeyArn "alias\/aws\/sns" is a key of AWS's own, with which neither EventBridge nor CloudWatch can publish/,
    ],
    [
      "AWS's own key by its alias's ARN",
      { emails: ["a@b.example"], kmsKeyArn: KEY.replace(/key\/.*/, "alias/aws/sns") },
      /^notifications\.kmsKeyArn .* is a key of AWS's own/,
    ],
    [
      "no key",
      { emails: ["a@b.example"], kmsKeyArn: "mine" },
      /^notifications\.kmsKeyArn "mine" is not the ARN of a KMS key/,
    ],
    [
      "a key for one's own topic",
      { topicArn: TOPIC, kmsKeyArn: KEY },
      /^notifications\.kmsKeyArn encrypts the topic that is made/,
    ],
  ] as [string, unknown, RegExp][]) {
    it(`refuses ${what}`, async () => expect(await refusal(given)).to.match(sentence));
  }

  it("takes a key by its ARN or by the ARN of an alias of one's own", async () => {
    for (const kmsKeyArn of [KEY, KEY.replace(/key\/.*/, "alias/notices")]) {
      const { rejections } = await underMocks(
        () => new AmiRefresh("web", { ...ARGS, notifications: { emails: ["a@b.example"], kmsKeyArn } }),
      );
      expect(rejections).to.deep.equal([]);
    }
  });

  it("is a plain map, because it decides which resources there are", async () => {
    let message = "";
    await underMocks(() => {
      message = messageOf(
        () =>
          new AmiRefresh("web", { ...ARGS, notifications: Promise.resolve({}) as AmiRefreshNotifications }),
      );
    });
    expect(message).to.match(/notifications is known only later as a whole/);
  });
});
