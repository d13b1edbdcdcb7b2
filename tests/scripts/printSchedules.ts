// Prints, in AWS's own form, the schedules that the smallest use in a time zone registers.
import { AmiRefresh } from "../../components";
import { underMocks } from "../mocks";

/** Pulumi's names for members are AWS's with a small first letter. */
function inAwsForm(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inAwsForm);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.map(([name, member]) => [name[0].toUpperCase() + name.slice(1), inAwsForm(member)]),
  );
}

async function print(): Promise<void> {
  const { resources } = await underMocks(
    () =>
      new AmiRefresh("web", {
        instanceId: "i-0123456789abcdef0",
        autoScalingGroupName: "web",
        prefix: "web",
        cron: "30 14 * * ? *",
        timeZone: "Asia/Tokyo",
        flexibleWindowMinutes: Number(process.argv[2]) || undefined,
      }),
  );
  const schedules = resources.filter(({ type }) => type === "aws:scheduler/schedule:Schedule");
  process.stdout.write(JSON.stringify(schedules.map(({ inputs }) => inAwsForm(inputs))));
}

void print();
