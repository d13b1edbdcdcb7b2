import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as yaml from "js-yaml";
import { AmiRefresh, type AmiRefreshArgs } from "../../../components";
import { fillIn } from "../../../components/document/fillIn";
import { loadRunbook, RUNBOOK_NAMES } from "../../../components/document/load";
import { changedLines, linesOfDiff } from "../../preview";
import { type Recorded, underMocks } from "../../mocks";

const ARGS: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web",
  prefix: "web",
  cron: "0 1 * * ? *",
};

const isDocument = ({ type }: { type: string }) => type === "aws:ssm/document:Document";

/** The documents' texts by their names. */
async function documents(args: Partial<AmiRefreshArgs> = {}): Promise<Record<string, string>> {
  const { resources } = await underMocks(() => new AmiRefresh("web", { ...ARGS, ...args }));
  const texts = resources
    .filter(isDocument)
    .map(({ name, inputs }: Recorded) => [name, String(inputs.content)]);
  return Object.fromEntries(texts) as Record<string, string>;
}

describe("what a preview shows of a document that changes", () => {
  it("leaves out what the provider computes anew, of every document and of nothing else", async () => {
    const hidden = new Map<string, string[] | undefined>();
    const remember: pulumi.ResourceTransformation = ({ type, name, opts }) => {
      hidden.set(`${type} ${name}`, opts.hideDiffs);
      return undefined;
    };
    await underMocks(() => new AmiRefresh("web", ARGS, { transformations: [remember] }));
    const documents = [...hidden].filter(([key]) => key.startsWith("aws:ssm/document:Document "));
    expect(documents).to.have.length(3);
    for (const [key, hides] of hidden) {
      expect(hides, key).to.deep.equal(
        key.startsWith("aws:ssm/document:Document ")
          ? ["defaultVersion", "documentVersion", "hash", "latestVersion", "parameters"]
          : undefined,
      );
    }
    // Each is the provider's and none an input of ours.
    const known: Record<string, true> = {
      defaultVersion: true,
      documentVersion: true,
      hash: true,
      latestVersion: true,
      parameters: true,
    } satisfies Partial<Record<keyof ssm.Document, true>>;
    expect(documents[0][1]?.every((property) => known[property])).to.equal(true);
  });

  it("has one line for a changed default, in one document", async () => {
    const [before, after] = [await documents(), await documents({ retainImages: 30 })];
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed).to.deep.equal(["web-retire"]);
    expect(changedLines(before["web-retire"], after["web-retire"])).to.deep.equal([
      "-   default: 14",
      "+   default: 30",
    ]);
  });

  /** What stands around a change without a sign is the document, a line for each of its values. */
  const MOST_LINES = {
    "create-image": 300,
    "patch-golden-instance": 370,
    "roll-out-launch-configuration": 320,
    "roll-out-launch-template": 280,
    "roll-out-parameter": 280,
    "roll-out-with-refresh": 410,
    "refresh-instances-launch-configuration": 340,
    "refresh-instances-launch-template": 280,
    "retire-images": 170,
    "retire-images-parameter": 170,
    watch: 130,
    "watch-parameter": 130,
  };
  for (const runbook of RUNBOOK_NAMES) {
    it(`has the document ${runbook} and little more, for a changed line of a script`, () => {
      const text = fillIn(runbook, loadRunbook(runbook), {});
      const lines = text.split("\n");
      const line = lines.find((one) => /^ +def \w+\(event: /.test(one)) ?? "";
      expect(lines.filter((one) => one === line)).to.have.length(1);
      const after = text.replace(line, `${line}  # changed`);
      expect(changedLines(text, after)).to.have.length(2);
      const same = linesOfDiff(yaml.load(text), yaml.load(text));
      const shown = linesOfDiff(yaml.load(text), yaml.load(after));
      // The two lines, and on either side two and a mark for the rest, of which the script's own line is one.
      expect(shown).to.be.within(same + 4, same + 8);
      expect(shown).to.be.at.most(MOST_LINES[runbook]);
    });
  }
});
