import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { expect } from "chai";

const ROOT = path.join(__dirname, "..", "..");

/** What makes components available to other languages reads the source and refuses much of TypeScript. */
describe("Pulumi's component analyser", () => {
  let folder: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "analyser-"));
    fs.cpSync(path.join(ROOT, "components"), path.join(folder, "components"), { recursive: true });
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    fs.copyFileSync(path.join(ROOT, "tsconfig.json"), path.join(folder, "tsconfig.json"));
    fs.writeFileSync(path.join(folder, "index.ts"), 'export { AmiRefresh } from "./components";\n');
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it("takes the component, its arguments and its outputs", () => {
    const packageJson = { name: "ami-refresh", main: "index.ts" };
    const { components } = new Analyzer(
      folder,
      "ami-refresh",
      packageJson,
      new Set(["AmiRefresh"]),
    ).analyze();
    const { inputs, outputs } = components.AmiRefresh;
    const required = Object.entries(inputs).filter(([, input]) => !input.optional);
    expect(required.map(([name]) => name)).to.deep.equal([
      "instanceId",
      "autoScalingGroupName",
      "prefix",
      "cron",
    ]);
    expect(Object.keys(inputs)).to.have.length(31);
    // Private members would be outputs too.
    expect(Object.keys(outputs)).to.deep.equal([
      "autoScalingGroupName",
      "instanceId",
      "prefix",
      "region",
      "documentName",
      "automationRoleArn",
      "rollOutDocumentName",
      "retireDocumentName",
      "watchDocumentName",
      "deadLetterQueueUrl",
      "topicArn",
      "alarmNames",
      "eventsRoleArn",
      "ruleName",
      "scheduleGroupName",
      "startCommand",
      "rollBackCommand",
      "executionsUrl",
    ]);
    for (const [name, { description }] of Object.entries({ ...inputs, ...outputs })) {
      expect(description, name).to.match(/\S/);
    }
  });
});
