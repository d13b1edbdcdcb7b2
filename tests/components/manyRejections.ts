// A program of its own, for hostProcess.test.ts: like Pulumi's host it has a debugger session open while components fail.
import { Session } from "node:inspector";
import { AmiRefresh } from "../../components";
import { underMocks } from "../mocks";

async function main(): Promise<void> {
  const session = new Session();
  session.connect();
  await new Promise((resolve) => session.post("Debugger.enable", resolve));
  const { rejections } = await underMocks(
    () =>
      new AmiRefresh("web", {
        instanceId: "i-00000000",
        autoScalingGroupName: "nowhere",
        prefix: "web",
        cron: "30 5 * * ? *",
      }),
    { takes: { "aws:autoscaling/getGroup:getGroup": 30, "aws:ec2/getInstance:getInstance": 30 } },
  );
  process.stdout.write(rejections.map((error) => `${(error as Error).message}\n`).join(""));
  process.exit();
}

void main();
