import { type EC2Client, paginateDescribeInstances } from "@aws-sdk/client-ec2";
import { look } from "../look";

/** How many running instances of the group have which image, by the image's id. */
export async function countInstances(ec2: EC2Client, group: string): Promise<Map<string, number>> {
  const question = {
    what: `The instances of Auto Scaling group ${group}`,
    permission: "ec2:DescribeInstances",
  };
  return look(question, async () => {
    const input = {
      Filters: [
        { Name: "tag:aws:autoscaling:groupName", Values: [group.replaceAll("\\", "\\\\")] },
        { Name: "instance-state-name", Values: ["running"] },
      ],
    };
    const counts = new Map<string, number>();
    for await (const page of paginateDescribeInstances({ client: ec2, pageSize: 200 }, input))
      for (const instance of (page.Reservations ?? []).flatMap((one) => one.Instances ?? [])) {
        const imageId = instance.ImageId ?? "";
        counts.set(imageId, (counts.get(imageId) ?? 0) + 1);
      }
    return counts;
  });
}
