import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import type { Account } from "../../rehearsal/account/account";
import type { Image } from "../../rehearsal/account/ec2/shapes";
import type { SourceKind } from "../../rehearsal/account/world/sourceKinds";
import { addGroup } from "../../rehearsal/account/world/groups";
import { addLaunchConfiguration } from "../../rehearsal/account/world/launchConfigurations";
import { addLaunchTemplate, contents } from "../../rehearsal/account/world/launchTemplates";
import { addInstance } from "../../rehearsal/account/world/machines";
import { addVersion, earlierNights } from "./history";
import { launchNewest } from "./interventions";
import { golden, GOLDEN, GROUP, group, template } from "./refresh";
import { deployable, failedChecks, Life, type LifeWanted, tooMany } from "./rules";

/*
 * The tests can fail: each protection of what is in use is broken in the runbook's text, and then a night in which something
 * depends on it shows an offence. As it is, the same night shows none, and keeps the image.
 */

const ARGS = { retainImages: 1, retainLaunchConfigurations: 1 } as const;

interface Protection {
  name: string;
  launchSource?: SourceKind;
  /** Somebody comes to use an old image, or says that it is to be kept. */
  world: (account: Account, image: Image) => void;
  /** What is replaced in the runbook, and by what. */
  broken: [string | RegExp, string][];
  /** What the offence says. */
  offence: RegExp;
  /** Which of the images it is; the oldest unless told otherwise. The newest was never rolled out. */
  which?: "newest";
  /** Not so where it is not the image that is protected. */
  keepsImage?: boolean;
}

const PINNED: [RegExp, string] = [/if .* in pinned\.get\(\(by, template\), \{\}\):/, "if False:"];

/** A template of somebody else's, whose versions have these images. */
function foreign(account: Account, imageIds: string[], defaultVersion: number) {
  const versions = imageIds.map((imageId) => contents({ imageId, role: "foreign" }));
  return addLaunchTemplate(account, { name: "foreign", daysOld: 9, versions, defaultVersion });
}

function pinnedByGroup(account: Account, version: string): void {
  const { LaunchTemplateId, LaunchTemplateName } = template(account);
  const source = { LaunchTemplate: { LaunchTemplateId, LaunchTemplateName, Version: version } };
  addGroup(account, { name: "pinning", size: 0, daysOld: 9, source });
}

/** The number of the version of our template that names an image. */
function versionOf(account: Account, { ImageId }: Image): string {
  const found = [...template(account).versions.values()].find(
    ({ LaunchTemplateData }) => LaunchTemplateData.ImageId === ImageId,
  );
  return String(found?.VersionNumber);
}

const initial = (account: Account) => golden(account).ImageId;

const PROTECTIONS: Protection[] = [
  {
    name: "the newest that were rolled out are kept",
    world: () => undefined,
    broken: [[/\brecent = .*/, "recent = []"]],
    offence: /one of the newest 1 images/,
    keepsImage: false,
  },
  {
    name: "the newest launch configurations that were rolled out are kept",
    world: () => undefined,
    broken: [["at_least_one(events, 'RetainLaunchConfigurations')", "0"]],
    offence: /one of the newest 1 launch configurations/,
    keepsImage: false,
  },
  {
    name: "age alone decides nothing",
    world: (account, { ImageId: imageId }) =>
      void addInstance(account, { id: account.ids.next("i"), imageId, daysOld: 9, tags: [] }),
    broken: [[/\bwhy = .*/, "why = None"]],
    offence: /runs on it/,
  },
  {
    name: "the group refers to it, through a launch configuration",
    world: (account, { Name }) => {
      group(account).LaunchConfigurationName = `web${Name.slice(GOLDEN.length)}`;
    },
    broken: [
      ["if not one['Ours'] or name in attached:", "if not one['Ours']:"],
      [/elif \(all\(\[delete_configuration\(.*/, "elif (True"],
    ],
    offence: /group web-group refers to it/,
  },
  {
    name: "the group refers to it, through a version by its number",
    launchSource: "template",
    world: (account, image) => {
      const { LaunchTemplate } = group(account);
      Object.assign(LaunchTemplate ?? {}, { Version: versionOf(account, image) });
    },
    broken: [PINNED],
    offence: /group web-group refers to it/,
  },
  {
    name: "the default version of a template names it",
    world: (account, { ImageId }) => void foreign(account, [ImageId, initial(account)], 1),
    broken: [[/in naming\(.*'\$Latest'\]\):/, "in []:"], REFERENCES()],
    offence: /the default version of launch template foreign names it/,
  },
  {
    name: "the latest version of a template names it",
    launchSource: "template",
    world: (account, { ImageId }) => void foreign(account, [initial(account), ImageId], 1),
    broken: [["Versions=['$Default', '$Latest']", "Versions=['$Default']"], REFERENCES()],
    offence: /the latest version of launch template foreign names it/,
  },
  {
    name: "another group pins a version of ours",
    launchSource: "template",
    world: (account, image) => pinnedByGroup(account, versionOf(account, image)),
    broken: [PINNED],
    offence: /group pinning refers to it/,
  },
  {
    name: "another group pins a version of another template",
    world: (account, { ImageId }) => {
      const referTo = foreign(account, [initial(account), ImageId, initial(account)], 1);
      addGroup(account, { name: "pinning", size: 0, daysOld: 9, source: { LaunchTemplate: referTo("2") } });
    },
    broken: [PINNED, REFERENCES()],
    offence: /group pinning refers to it/,
  },
  {
    name: "an override names it",
    world: (account, { ImageId }) => {
      const referTo = foreign(account, [initial(account)], 1);
      const LaunchTemplate = {
        LaunchTemplateSpecification: referTo("1"),
        Overrides: [{ InstanceType: "t3.small", ImageId }],
      };
      const source = { MixedInstancesPolicy: { LaunchTemplate } };
      addGroup(account, { name: "mixing", size: 0, daysOld: 9, source });
    },
    broken: [["note(one.get('ImageId'), who)", "pass"]],
    offence: /override 0 of group mixing refers to it/,
  },
  {
    name: "a launch configuration that is not ours names it",
    world: (account, { ImageId: imageId }) =>
      void addLaunchConfiguration(account, { name: "by-hand", imageId, daysOld: 9 }),
    broken: [["if not one['Ours'] or name in attached:", "if name in attached:"]],
    offence: /launch configuration by-hand names it/,
  },
  ...(["ec2", "spot"] as const).map((kind): Protection => ({
    name: `a fleet launches it (${kind})`,
    launchSource: "template",
    world: (account, image) => {
      const { LaunchTemplateName } = template(account);
      const specifications = [{ LaunchTemplateName, Version: versionOf(account, image) }];
      const id = kind === "ec2" ? `fleet-${account.ids.uuid()}` : `sfr-${account.ids.uuid()}`;
      account.ec2.fleets.push({ id, kind, state: "active", type: "maintain", specifications });
    },
    broken: [
      [
        kind === "ec2"
          ? `follow(one, f'fleet {fleet["FleetId"]}')`
          : `follow(one, f'Spot fleet {fleet["SpotFleetRequestId"]}')`,
        "pass",
      ],
    ],
    offence: /fleet .* refers to it/,
  })),
  {
    name: "a running instance was launched from it",
    world: (account, { ImageId: imageId }) =>
      void addInstance(account, { id: account.ids.next("i"), imageId, daysOld: 9, tags: [] }),
    broken: [["note(instance['ImageId'], f'instance {instance[\"InstanceId\"]}')", "pass"]],
    offence: /runs on it/,
  },
  ...(["stopped", "stopping", "pending"] as const).map((state): Protection => ({
    name: `an instance that is ${state} was launched from it`,
    launchSource: "mixed",
    world: (account, { ImageId: imageId }) => {
      const { instance } = addInstance(account, { id: account.ids.next("i"), imageId, daysOld: 9, tags: [] });
      instance.State.Name = state;
    },
    broken: [["not in ('shutting-down', 'terminated')", "== 'running'"]],
    offence: /runs on it/,
  })),
  {
    name: "EC2 reports another reference",
    world: ({ ec2 }, { ImageId }) => {
      const Arn = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/image";
      ec2.otherImageReferences.push({ ImageId, ResourceType: "ssm:Parameter", Arn });
    },
    broken: [REFERENCES()],
    offence: /parameter\/image refers to it/,
  },
  {
    name: "the golden instance was launched from it",
    launchSource: "template",
    world: (account, { ImageId }) => {
      golden(account).ImageId = ImageId;
      golden(account).State = { Code: 80, Name: "stopped" };
    },
    broken: [
      ["users[events['Golden']['ImageId']] = 'the golden instance was launched from it'", "pass"],
      ["not in ('shutting-down', 'terminated')", "== 'running'"],
    ],
    offence: /the golden instance was launched from it/,
  },
  {
    name: "it is shared with another account",
    world: ({ ec2 }, { ImageId }) => void ec2.launchPermissions.set(ImageId, [{ UserId: "444455556666" }]),
    broken: [["shared(old[image_id])", "None"]],
    offence: /shared with another account/,
  },
  {
    name: "it has the tag ami-refresh:keep",
    world: (_account, image) => void image.Tags.push({ Key: "ami-refresh:keep", Value: "for the auditors" }),
    broken: [["if 'ami-refresh:keep' in tags(image):", "if False:"]],
    offence: /has the tag ami-refresh:keep/,
  },
  {
    name: "the run that made it is not finished",
    which: "newest",
    world: (account, { Tags }) => {
      const own = Tags.find(({ Key }) => Key === "ami-refresh:execution-id");
      Object.assign(own ?? {}, { Value: unfinished(account) });
    },
    broken: [["return run['AutomationExecutionStatus'] in", "return run in"]],
    offence: /which made it, has not ended/,
  },
  {
    name: "it is a copy that has our tags",
    world: (_account, image) => void delete image.SourceInstanceId,
    broken: [["re.escape(one.get('SourceInstanceId') or '-') + DATED", "'.*'"]],
    offence: /not the runbook's own/,
  },
  {
    name: "a launch configuration has another name",
    world: (account, { ImageId: imageId }) =>
      void addLaunchConfiguration(account, { name: "web_20xx-by-me", imageId, daysOld: 9 }),
    broken: [["bool(named.fullmatch(one['LaunchConfigurationName'])) and ", ""]],
    offence: /launch configuration web_20xx-by-me must not be deleted: it is not the runbook's own/,
  },
  {
    name: "a version has another description",
    launchSource: "template",
    world: (account, { ImageId: imageId }) => {
      addVersion(account, { imageId, description: "by hand" });
      addVersion(account, { imageId: initial(account) });
    },
    broken: [["bool(re.fullmatch(DESCRIPTION, one.get('VersionDescription', '')))", "True"]],
    offence: /version 7 of launch template web must not be deleted: it is not the runbook's own/,
  },
];

/** A run of what the document was called before. */
function unfinished(account: Account): string {
  const id = account.ids.uuid();
  account.ssm.addExecution({
    AutomationExecutionId: id,
    DocumentName: "web-runbook-before",
    DocumentVersion: "1",
    AutomationExecutionStatus: "InProgress",
    ExecutionStartTime: account.clock.now(),
    ExecutedBy: "somebody",
    Parameters: {},
  });
  return id;
}

/** Where the boto3 does not know how to ask, everything else must do without. */
function REFERENCES(): [string, string] {
  return ["users.setdefault(one['ImageId'], f'used by {one[\"Arn\"]}')", "pass"];
}

/** Three earlier nights; of one's image somebody has made use. */
async function night(
  { launchSource, world, which }: Pick<Protection, "launchSource" | "world" | "which">,
  broken: Protection["broken"],
) {
  const life = await lifeWith({ launchSource }, broken);
  const image = earlierNights(life.account, 3)[which === "newest" ? 2 : 0];
  world(life.account, image);
  const outcome = life.night();
  return { ...outcome, isThere: life.account.ec2.image(image.ImageId) !== undefined };
}

async function lifeWith(wanted: LifeWanted, broken: Protection["broken"] = []): Promise<Life> {
  const runbook = (text: string) => broken.reduce(replacing, text);
  return new Life(
    await deployable({ args: ARGS, ...wanted, runbook: broken.length > 0 ? runbook : undefined }),
  );
}

function replacing(text: string, [what, by]: Protection["broken"][number]): string {
  const changed = text.replaceAll(typeof what === "string" ? what : new RegExp(what, "g"), () => by);
  if (changed === text) {
    throw new Error(`the runbook does not say ${what}`);
  }
  return changed;
}

describe("breaking a protection is noticed", function () {
  this.timeout(60_000);

  for (const protection of PROTECTIONS) {
    const { name, launchSource = "configuration", broken, offence, keepsImage = true } = protection;
    it(`${name} (${launchSource})`, async () => {
      const kept = await night(protection, []);
      expect(failedChecks(kept)).to.deep.equal([]);
      expect(kept.isThere).to.equal(keepsImage);
      const bare = await night(protection, broken);
      expect(bare.run.offences.join("\n"), bare.run.failureMessage).to.match(offence);
    });
  }

  it("answers that only look like success are read", async () => {
    const leaking = async (broken: Protection["broken"]) => {
      const life = await lifeWith({ launchSource: "template" }, broken);
      earlierNights(life.account, 4);
      life.account.ec2.versionDeletionFailure = "Not now.";
      const first = life.night();
      life.account.ec2.versionDeletionFailure = undefined;
      const wrong = [first, life.night(), life.night()].flatMap(failedChecks);
      return [...wrong, ...tooMany(life.account, life.configured)].join("\n");
    };
    expect(await leaking([])).to.equal("");
    const ignoring: [string, string] = [
      "answer.get('UnsuccessfullyDeletedLaunchTemplateVersions', [])",
      "[]",
    ];
    expect(await leaking([ignoring])).to.contain("versions of a launch template");
  });

  it("what was left over goes", async () => {
    const left = async (broken: Protection["broken"]) => {
      const life = await lifeWith({}, broken);
      const images = earlierNights(life.account, 3);
      launchNewest(life.account, images);
      life.account.ec2.removeImage(images[0].ImageId);
      expect(failedChecks(life.night())).to.deep.equal([]);
      return tooMany(life.account, life.configured).join("\n");
    };
    expect(await left([])).to.equal("");
    expect(
      await left([
        [
          "OwnerIds=['self'], Filters=filters",
          "OwnerIds=['self'], Filters=[dict(Name='tag:no', Values=['no'])]",
        ],
      ]),
    ).to.contain("is left without its image");
  });

  it("a dry run changes nothing", async () => {
    const changed = async (broken: Protection["broken"]) => {
      const life = await lifeWith({}, broken);
      earlierNights(life.account, 3);
      const before = life.account.snapshotState();
      expect(
        life.night({ byHand: [{ runbook: "runbook", parameters: { DryRun: ["true"] } }] }).run.status,
      ).to.equal("Success");
      return !isDeepStrictEqual(life.account.snapshotState(), before);
    };
    expect(await changed([])).to.equal(false);
    expect(
      await changed([["answer = {} if self.dry else call(**request)", "answer = call(**request)"]]),
    ).to.equal(true);
  });

  it("of two runs one goes on", async () => {
    const succeeded = async (broken: Protection["broken"]) => {
      const outcomes = (await lifeWith({}, broken)).nights({ further: [0] });
      return outcomes.filter(({ run: { status } }) => status === "Success").length;
    };
    expect(await succeeded([])).to.equal(1);
    expect(await succeeded([["if order(other) < order(own) and", "if False and"]])).to.equal(2);
  });

  it("a group with an active instance refresh is left alone", async () => {
    const world = (account: Account, oldest: Image) => {
      const { LaunchTemplateId, LaunchTemplateName } = template(account);
      const LaunchTemplate = { LaunchTemplateId, LaunchTemplateName, Version: versionOf(account, oldest) };
      const DesiredConfiguration = { LaunchTemplate };
      account.autoscaling.instanceRefreshes.set(GROUP, [
        { InstanceRefreshId: "1", AutoScalingGroupName: GROUP, Status: "InProgress", DesiredConfiguration },
      ]);
    };
    const left = await night({ launchSource: "template", world }, []);
    expect(left.run.status).to.equal("Failed");
    expect([...left.run.offences, left.isThere]).to.deep.equal([true]);
    const bare = await night({ launchSource: "template", world }, [
      ["if refresh['Status'] not in ended:", "if False:"],
    ]);
    expect(bare.run.offences.join()).to.contain("instance refresh 1 of group web-group refers to it");
  });
});
