import type { Members } from "../../../rehearsal/account/api";
import type { InstanceRefresh } from "../../../rehearsal/account/autoscaling/instanceRefresh/shapes";
import type {
  AutoScalingGroup,
  LaunchTemplateSpecification,
} from "../../../rehearsal/account/autoscaling/shapes";
import type { SourceKind } from "../../../rehearsal/account/world/sourceKinds";
import { type Call, furnished } from "./support";

/** Replacements come first, and warm up for a minute. */
export const launchFirst = { MinHealthyPercentage: 100, MaxHealthyPercentage: 110, InstanceWarmup: 60 };

export interface RefreshWorld extends ReturnType<typeof furnished> {
  group: AutoScalingGroup;
  /** What the group launches, and what it is to launch. */
  oldImage: string;
  newImage: string;
  start: (preferences?: Members, more?: Members) => Members;
  /** Version 3 of the group's template, which has the new image. */
  desired: Members;
  /** The refresh as AWS describes it after so many seconds, looked at now and then. */
  after: (seconds: number, eachSeconds?: number) => InstanceRefresh;
  /** The images of the group's instances that are in service and healthy. */
  running: () => string[];
  /** The log of the fleet: how many were healthy and how many were not, of the old and of the new image. */
  fleet: () => { old: [number, number]; new: [number, number] }[];
}

const ofWeb = { AutoScalingGroupName: "web" };

/** An account whose group `web` can be refreshed to another image. */
export function refreshWorld(kind: SourceKind = "template", size = 3): RefreshWorld {
  const world = furnished(kind);
  const { account, clock, call } = world;
  const group = account.autoscaling.groups.get("web")!;
  const imageOf = (id: string) => account.ec2.instances.get(id)!.instance.ImageId;
  const oldImage = imageOf(group.Instances[0].InstanceId);
  const newImage = account.ec2.allImages()[0].ImageId;
  resize(world, group, size);
  const after = (seconds: number, each = 10): InstanceRefresh => {
    for (let left = seconds; left > 0; left -= each) {
      clock.advance(Math.min(each, left));
      describe(call);
    }
    return describe(call);
  };
  return {
    ...world,
    group,
    oldImage,
    newImage,
    start: (Preferences = {}, more = {}) => call("StartInstanceRefresh", { ...ofWeb, Preferences, ...more }),
    desired: kind.startsWith("template") ? { LaunchTemplate: version(group.LaunchTemplate!, "3") } : {},
    after,
    running: () =>
      group.Instances.filter(
        ({ LifecycleState, HealthStatus }) => LifecycleState === "InService" && HealthStatus === "Healthy",
      ).map(({ InstanceId }) => imageOf(InstanceId)),
    fleet: () =>
      account.autoscaling.fleet.map(({ images }) => {
        const of = (id: string): [number, number] => {
          const { healthy = 0, other = 0 } = images.find(({ imageId }) => imageId === id) ?? {};
          return [healthy, other];
        };
        return { old: of(oldImage), new: of(newImage) };
      }),
  };
}

/** A template as a request names it. */
export function version({ LaunchTemplateId }: LaunchTemplateSpecification, Version: string): Members {
  return { LaunchTemplateId: LaunchTemplateId!, Version };
}

function describe(call: Call): InstanceRefresh {
  const { InstanceRefreshes: all } = call("DescribeInstanceRefreshes", ofWeb);
  return (all as unknown as InstanceRefresh[])[0];
}

/** Gives the group so many members, copies of its first. */
function resize({ account }: ReturnType<typeof furnished>, group: AutoScalingGroup, size: number): void {
  const [first] = group.Instances;
  const { instances } = account.ec2;
  group.Instances = Array.from({ length: size }, (_, index) => {
    const InstanceId = index === 0 ? first.InstanceId : account.ids.next("i");
    const record = instances.get(first.InstanceId)!;
    instances.set(InstanceId, { ...record, instance: { ...structuredClone(record.instance), InstanceId } });
    return { ...first, InstanceId };
  });
  Object.assign(group, { DesiredCapacity: size, MinSize: 0, MaxSize: 2 * size });
}
