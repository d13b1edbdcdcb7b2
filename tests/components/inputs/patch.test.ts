import { expect } from "chai";
import { AmiRefresh, type AmiRefreshArgs } from "../../../components";
import { load } from "js-yaml";
import { underMocks } from "../../mocks";

const ARGS: AmiRefreshArgs = {
  instanceId: "i-0123456789abcdef0",
  autoScalingGroupName: "web-group",
  prefix: "web",
  cron: "30 5 * * ? *",
};

/** A caller in JavaScript may give anything. */
type Given = Record<string, unknown>;

async function sentenceOf(args: Given): Promise<string> {
  const { rejections } = await underMocks(() => {
    try {
      return new AmiRefresh("web", { ...ARGS, ...args } as AmiRefreshArgs);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }).catch((error: unknown) => ({ rejections: [error] }));
  return rejections.map((one) => (one as Error).message).join("\n");
}

interface PatchDocument {
  CommandDocumentName: { default: string; allowedValues: string[] };
  CommandParameters: { default: string[] };
  StartStopped: { default: boolean; allowedValues?: boolean[] };
}

describe("patch", () => {
  const refused: [string, Given, RegExp][] = [
    [
      "no map",
      { patch: true },
      /^AmiRefresh "web": patch true is not a map: give {} for AWS-RunPatchBaseline, or leave/,
    ],
    [
      "an unknown key",
      { patch: { reboot: true } },
      /patch\.reboot is not known: give any of documentName, rebootOption/,
    ],
    [
      "no document's name",
      { patch: { documentName: "a b" } },
      /patch\.documentName "a b" is not the name of a command doc/,
    ],
    [
      "an ARN that SendCommand does not take",
      { patch: { documentName: `arn:aws:ssm:ap-northeast-1:999999999999:document/${"x".repeat(80)}` } },
      /or the ARN, of at most 128 characters, of one that another account shares/,
    ],
    [
      "no reboot option",
      { patch: { rebootOption: "Always" } },
      /patch\.rebootOption "Always" is not known: give "Reboot/,
    ],
    [
      "a reboot option of another document",
      { patch: { documentName: "Mine", rebootOption: "NoReboot" } },
      /patch\.rebootOption "NoReboot" is a parameter of AWS-RunPatchBaseline and of no other document/,
    ],
    [
      "a reboot option twice",
      { patch: { rebootOption: "NoReboot", parameters: { RebootOption: ["NoReboot"] } } },
      /patch\.rebootOption "NoReboot" and patch\.parameters\.RebootOption mean the same: leave one of them out\./,
    ],
    [
      "parameters that are no map",
      { patch: { parameters: ["a"] } },
      /patch\.parameters \["a"\] is not a map: give/,
    ],
    [
      "a parameter's name",
      { patch: { parameters: { "a b": ["c"] } } },
      /patch\.parameters "a b" is not the name of a/,
    ],
    [
      "a parameter that is no list",
      { patch: { parameters: { a: "b" } } },
      /patch\.parameters\.a "b" cannot be used: give a/,
    ],
    [
      "a variable of Automation's",
      { patch: { parameters: { a: ["{{ b }}"] } } },
      /patch\.parameters\.a .* two braces in a row/,
    ],
    [
      "a long value",
      { patch: { parameters: { a: ["b".repeat(511)] } } },
      /has 513 characters: at most 512 are allowed/,
    ],
    [
      "too many values",
      { patch: { parameters: { a: Array.from({ length: 49 }, String) } } },
      /patch\.parameters has 51 values with those that are always given: at most 50/,
    ],
    [
      "a short time-out",
      { patch: { timeout: 59 } },
      /patch\.timeout 59 cannot be used: give a whole number from 60 to 172800, in seconds/,
    ],
    [
      "a start without patches",
      { startStopped: true },
      /startStopped true has no command to start the golden instance for: give patch/,
    ],
    [
      "a start of what may lie unchanged",
      { patch: {}, startStopped: true, skipUnchanged: true },
      /startStopped true cannot be had with skipUnchanged, because a golden instance that each run starts has always changed/,
    ],
  ];
  for (const [what, args, sentence] of refused) {
    it(`refuses ${what}`, async () => {
      expect(await sentenceOf(args)).to.match(sentence);
    });
  }

  async function documentOf(args: Given): Promise<PatchDocument> {
    const { resources } = await underMocks(
      () => new AmiRefresh("web", { ...ARGS, ...args } as AmiRefreshArgs),
    );
    const document = resources.find(
      ({ name, type }) => name === "web-patch" && type === "aws:ssm/document:Document",
    );
    return (load(String(document?.inputs.content)) as { parameters: PatchDocument }).parameters;
  }

  it("installs patches where nothing else is said, and leaves an instance stopped that is", async () => {
    const found = await documentOf({ patch: {} });
    expect(found.CommandDocumentName).to.include({ default: "AWS-RunPatchBaseline" });
    expect(found.CommandDocumentName.allowedValues).to.deep.equal(["AWS-RunPatchBaseline"]);
    expect(found.CommandParameters.default).to.deep.equal([
      "Operation=Install",
      "RebootOption=RebootIfNeeded",
    ]);
    expect(found.StartStopped.default).to.equal(false);
  });

  it("hands everything on that is given", async () => {
    const parameters = { InstallOverrideList: ["s3://patches/list.yaml"], Operation: ["Scan"] };
    const found = await documentOf({ patch: { rebootOption: "NoReboot", parameters }, startStopped: true });
    expect(found.CommandParameters.default).to.deep.equal([
      "Operation=Scan",
      "RebootOption=NoReboot",
      "InstallOverrideList=s3://patches/list.yaml",
    ]);
    expect(found.StartStopped).to.deep.include({ default: true, allowedValues: [true] });
    const other = await documentOf({ patch: { documentName: "Mine", parameters: { Hosts: ["a", "b"] } } });
    expect(other.CommandParameters.default).to.deep.equal(["Hosts=a", "Hosts=b"]);
  });
});
