import type { AccountState } from "../state";
import type { LaunchSource, LaunchTemplateSpecification } from "../autoscaling/shapes";
import type { InstanceRecord } from "../ec2";
import type { LaunchTemplateData } from "../ec2/launchTemplateShapes";
import type { InstanceProfile } from "../iam";
import { addLaunchConfiguration } from "./launchConfigurations";
import { addLaunchTemplate, contents } from "./launchTemplates";
import { addInstance, addOwnImage, addPublicImage, usualType } from "./machines";
import type { SourceKind } from "./sourceKinds";

export interface SourceWanted {
  groupName: string;
  golden: InstanceRecord;
  /** What the group launches. */
  imageId: string;
  /** Any other image of the same architecture. */
  otherImageId: string;
  profile: InstanceProfile;
}

const daysOld = 30;

/** The parameter that says what the group launches, where one does. */
export const PARAMETER = "/images/web";

/** Adds what a group launches from, and gives what the group says of it. */
export function addSource(account: AccountState, kind: SourceKind, wanted: SourceWanted): LaunchSource {
  const { groupName, imageId, profile } = wanted;
  switch (kind) {
    case "configuration":
      return addLaunchConfiguration(account, {
        name: `${groupName}-initial`,
        imageId,
        daysOld,
        profileArn: profile.arn,
      });
    case "template":
      return { LaunchTemplate: templateByNumber(account, wanted) };
    case "template-default": {
      const versions = [older(wanted), used(wanted), unused(wanted)];
      return { LaunchTemplate: addTemplate(account, versions, 2)("$Default") };
    }
    case "template-latest": {
      const versions = [older(wanted), unused(wanted), used(wanted)];
      return { LaunchTemplate: addTemplate(account, versions, 1)("$Latest") };
    }
    case "parameter": {
      account.ssm.parameters.add(PARAMETER, imageId);
      const versions = [older(wanted), { ...used(wanted), ImageId: `resolve:ssm:${PARAMETER}` }];
      return { LaunchTemplate: addTemplate(account, versions, 1)("$Latest") };
    }
    case "mixed":
      return addMixed(account, wanted);
  }
}

/** Neither the default version nor the latest is the one in use, so that whoever mixes them up is noticed. */
function templateByNumber(account: AccountState, wanted: SourceWanted): LaunchTemplateSpecification {
  return addTemplate(account, [older(wanted), used(wanted), unused(wanted)], 1)("2");
}

function addTemplate(account: AccountState, versions: LaunchTemplateData[], defaultVersion: number) {
  return addLaunchTemplate(account, { name: "web", daysOld, versions, defaultVersion });
}

function used({ imageId, profile }: SourceWanted): LaunchTemplateData {
  return contents({ imageId, role: "web", profile: { Name: profile.name } });
}

/*
 * Versions that the group does not use. They differ in whatever a template can say, but for what permissions are made for,
 * because look-ups see the latest version only: the instance profile and the types of resources that are tagged.
 */

function older({ otherImageId, profile }: SourceWanted): LaunchTemplateData {
  const data = contents({
    imageId: otherImageId,
    instanceType: "t2.micro",
    role: "web-older",
    profile: { Name: profile.name },
  });
  return { ...data, MetadataOptions: { HttpTokens: "optional" }, Monitoring: { Enabled: false } };
}

function unused({ otherImageId, profile }: SourceWanted): LaunchTemplateData {
  return contents({
    imageId: otherImageId,
    instanceType: "t3.micro",
    role: "web-trial",
    profile: { Name: profile.name },
    volumeSize: 20,
  });
}

/**
 * Two architectures, and every way in which an override can come by its image: the base's, that of a template of its own,
 * or one that it names itself. Whoever gives one override a weight gives all of them one.
 */
function addMixed(account: AccountState, wanted: SourceWanted): LaunchSource {
  const { golden, otherImageId, profile } = wanted;
  const base = templateByNumber(account, wanted);
  const large = addLaunchTemplate(account, {
    name: "web-large",
    daysOld,
    versions: [
      contents({
        imageId: wanted.imageId,
        instanceType: "m5.large",
        role: "web-large",
        profile: { Arn: profile.arn },
      }),
      contents({ imageId: otherImageId, role: "web-large-trial", profile: { Arn: profile.arn } }),
    ],
    defaultVersion: 1,
  });
  const arm = addLaunchTemplate(account, {
    name: "web-arm64",
    daysOld,
    versions: [
      contents({
        imageId: addArmImage(account),
        instanceType: usualType.arm64,
        role: "web",
        profile: { Name: profile.name },
      }),
    ],
    defaultVersion: 1,
  });
  const compute = addOwnImage(account, { name: "initial-compute", daysOld, source: golden, tags: [] });
  return {
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: base,
        Overrides: [
          { InstanceType: "t3.small", WeightedCapacity: "1" },
          { InstanceType: "t3.large", WeightedCapacity: "2" },
          {
            InstanceType: "m5.large",
            WeightedCapacity: "4",
            LaunchTemplateSpecification: large("$Default"),
          },
          {
            InstanceType: usualType.arm64,
            WeightedCapacity: "1",
            LaunchTemplateSpecification: arm("1"),
          },
          { InstanceType: "c5.large", WeightedCapacity: "3", ImageId: compute },
        ],
      },
      InstancesDistribution: {
        OnDemandAllocationStrategy: "prioritized",
        OnDemandBaseCapacity: 1,
        OnDemandPercentageAboveBaseCapacity: 50,
        SpotAllocationStrategy: "price-capacity-optimized",
      },
    },
  };
}

/** The image of another golden machine, with which this rehearsal's golden instance has nothing to do. */
function addArmImage(account: AccountState): string {
  const source = addInstance(account, {
    id: account.ids.next("i"),
    imageId: addPublicImage(account, 90, "arm64"),
    architecture: "arm64",
    daysOld: 60,
    tags: [{ Key: "Name", Value: "golden-arm64" }],
  });
  return addOwnImage(account, { name: "initial-arm64", daysOld, source, tags: [] });
}
